"""Admin pages of staff profiles and their interviews."""

from django.contrib import admin
from django.db.models import Count, Q
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from listing.admin import LongListAdmin, UsedRecordsFilter
from multilingual.admin import (
    MissingTranslationFilter,
    PortalAdmin,
    PortalStackedInline,
    PortalTabularInline,
    WithoutFilter,
    in_every_language,
)
from multilingual.text import lacks
from profiles.forms import ProfileForm
from profiles.models import Education, Exchange, Interview, InterviewPhoto, Position, Profile, ProfileLink, Series
from publishing.admin import OrderedStackedInline, PublishableAdmin
from publishing.images.admin import FramedPictureAdmin
from publishing.models import Status

WITHDRAWAL_FIELDS = ["withdrawn_on", "withdrawn_reason"]
WIDTH_IN_ADMIN = 320  # pixels; shown half as wide


class WithoutFilterOfProfiles(WithoutFilter):
    attention = ("words", "consent")
    conditions = [
        ("portrait", _("No portrait"), Q(portrait="")),
        ("words", _("Portrait not in words"), ~Q(portrait="") & lacks("portrait_alt_en")),
        ("consent", _("No consent"), Q(consent_date__isnull=True) | Q(withdrawn_on__isnull=False)),
        ("interview", _("No interview"), Q(interviews__isnull=True)),
        ("topics", _("No topics"), Q(topics__isnull=True)),
    ]


class WithoutFilterOfInterviews(WithoutFilter):
    attention = ("words",)
    conditions = [
        ("questions", _("No questions and answers"), Q(exchanges__isnull=True)),
        ("photos", _("No photos"), Q(photos__isnull=True)),
        (
            "words",
            _("Photo not in words"),
            Q(pk__in=InterviewPhoto.objects.filter(lacks("alt_en")).values("interview")),
        ),
        ("date", _("No date"), Q(published_on__isnull=True)),
        ("source", _("No source"), Q(source_url="")),
    ]


class InterviewInline(PortalTabularInline):
    """The interviews of a person, to look at: each has a page, drafts and a history of its own."""

    model = Interview
    template = "admin/profiles/_interviews.html"
    fields = ["title", "series", "published_on", "standing", "conversation"]
    readonly_fields = fields
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("series").annotate(exchange_count=Count("exchanges"))

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("publication"))
    def standing(self, interview: Interview) -> str:
        return admin.site.get_model_admin(Interview).standing(interview)

    @admin.display(description=_("questions and answers"))
    def conversation(self, interview: Interview) -> str:
        """How many there are."""
        text = ngettext("%(count)d question", "%(count)d questions", interview.exchange_count)
        return text % {"count": interview.exchange_count}


class EducationInline(PortalStackedInline):
    model = Education
    fields = [in_every_language("title"), ("organisation", "country"), ("from_year", "to_year")]
    autocomplete_fields = ["organisation", "country"]


class PositionInline(PortalStackedInline):
    model = Position
    fields = [in_every_language("title"), ("organisation", "countries"), ("from_year", "to_year")]
    autocomplete_fields = ["organisation", "countries"]


class ProfileLinkInline(PortalStackedInline):
    model = ProfileLink
    fields = [in_every_language("label"), "url"]


@admin.register(Profile)
class ProfileAdmin(LongListAdmin, FramedPictureAdmin, PublishableAdmin):
    form = ProfileForm
    change_form_template = "admin/profiles/profile/change_form.html"
    fieldsets = [
        (
            _("The person"),
            {"fields": (("given_name", "family_name"), "slug", in_every_language("post_title"), "office")},
        ),
        (_("The consent"), {"fields": (("consent_date", "consent_by"), "consent_scope", "consent_document")}),
        (
            _("The portrait"),
            {
                "fields": (
                    "portrait_shown",
                    ("portrait", "portrait_credit"),
                    "portrait_framing",
                    in_every_language("portrait_alt"),
                )
            },
        ),
        (_("What the person does"), {"fields": (in_every_language("summary"), ("languages", "topics"))}),
        (_("Where and how to show it"), {"fields": (("featured", "is_example"),)}),
    ]
    readonly_fields = [*PublishableAdmin.readonly_fields, "portrait_shown"]
    pictures_shown = {"portrait_framing": "portrait_shown"}
    inlines = [EducationInline, PositionInline, InterviewInline, ProfileLinkInline]
    prepopulated_fields = {"slug": ["given_name", "family_name"]}
    autocomplete_fields = ["office", "languages", "topics"]
    list_display = ["name", "office", "has_portrait", "has_consent", "interview_number", "updated_at"]
    list_filter = [
        WithoutFilterOfProfiles,
        ("office", UsedRecordsFilter),
        ("office__country", UsedRecordsFilter),
        ("topics", UsedRecordsFilter),
        ("languages", UsedRecordsFilter),
        "featured",
        "is_example",
    ]
    list_select_related = ["office"]
    translated_texts = ("post_title", "summary", "portrait_alt", "education__title", "positions__title")
    search_fields = [
        "given_name",
        "family_name",
        *in_every_language("post_title"),
        *(f"office__{name}" for name in (*in_every_language("name"), *in_every_language("city"))),
        *(f"office__country__{name}" for name in in_every_language("name")),
    ]
    search_help_text = _("Name, post title, office or its country, in any language.")

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(interview_count=Interview.objects.number_for("profile"))

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj and obj.withdrawn_on:
            withdrawn = (_("The consent was withdrawn"), {"fields": (("withdrawn_on", "withdrawn_reason"),)})
            fieldsets.insert(1, withdrawn)
        return fieldsets

    def get_readonly_fields(self, request, obj=None):
        """What holds at once is not for a draft, and a withdrawn consent not repaired here: there is a page for it."""
        fields = super().get_readonly_fields(request, obj)
        if obj and obj.withdrawn_on:
            return [*fields, *Profile.at_once, *WITHDRAWAL_FIELDS]
        return [*fields, *Profile.at_once] if obj and self.takes_draft(request, obj) else fields

    def save_model(self, request, obj, form, change):
        form.forget_replaced()
        super().save_model(request, obj, form, change)

    @admin.display(description=_("name"), ordering="family_name")
    def name(self, profile: Profile) -> str:
        return f"{profile.family_name}, {profile.given_name}"

    @admin.display(description=_("portrait"), boolean=True, ordering="portrait")
    def has_portrait(self, profile: Profile) -> bool:
        return bool(profile.portrait)

    @admin.display(description=_("consent"), boolean=True, ordering="consent_date")
    def has_consent(self, profile: Profile) -> bool:
        return profile.consent_date is not None and profile.withdrawn_on is None

    @admin.display(description=_("interviews"), ordering="interview_count")
    def interview_number(self, profile: Profile) -> int:
        return profile.interview_count

    @admin.display(description=_("present portrait"))
    def portrait_shown(self, profile: Profile) -> str:
        return shown(profile.portrait, profile.portrait_alt)


class ExchangeInline(OrderedStackedInline):
    model = Exchange
    fields = ["position", in_every_language("question"), in_every_language("answer")]


class InterviewPhotoInline(FramedPictureAdmin, PortalStackedInline):
    model = InterviewPhoto
    fields = [
        "photo_shown",
        ("image", "exchange", "credit"),
        "image_framing",
        in_every_language("alt"),
        in_every_language("caption"),
    ]
    readonly_fields = ["photo_shown"]
    pictures_shown = {"image_framing": "photo_shown"}

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "exchange":
            kwargs["queryset"] = Exchange.objects.filter(interview=request.resolver_match.kwargs.get("object_id"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=_("present photo"))
    def photo_shown(self, photo: InterviewPhoto) -> str:
        return shown(photo.image, photo.alt)


@admin.register(Interview)
class InterviewAdmin(LongListAdmin, PublishableAdmin):
    fieldsets = [
        (
            _("The interview"),
            {"fields": (("profile", "series"), in_every_language("title"), in_every_language("pull_quote"))},
        ),
        (_("Where it comes from"), {"fields": (("published_on", "language"), "source_url")}),
    ]
    inlines = [ExchangeInline, InterviewPhotoInline]
    autocomplete_fields = ["profile", "series", "language"]
    date_hierarchy = "published_on"
    list_display = ["title", "profile", "series", "published_on", "exchange_number"]
    list_filter = [
        WithoutFilterOfInterviews,
        ("series", UsedRecordsFilter),
        ("language", UsedRecordsFilter),
    ]
    list_select_related = ["profile", "series"]
    translated_texts = (
        "title",
        "pull_quote",
        "exchanges__question",
        "exchanges__answer",
        "photos__alt",
        "photos__caption",
    )
    search_fields = [
        *in_every_language("title"),
        "profile__given_name",
        "profile__family_name",
        *(f"series__{name}" for name in in_every_language("name")),
    ]
    search_help_text = _("Title, person or series, in any language.")

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(exchange_count=Count("exchanges"))

    def save_related(self, request, form, formsets, change):
        # Photos before questions: a photo may still point at a question that is about to be deleted.
        super().save_related(request, form, reversed(formsets), change)

    @admin.display(description=_("publication"), ordering="status")
    def standing(self, record: Interview) -> str:
        if record.status == Status.PUBLISHED and not (record.is_public or record.is_scheduled):
            return gettext("Public as soon as the profile is")
        return super().standing(record)

    @admin.display(description=_("questions"), ordering="exchange_count")
    def exchange_number(self, interview: Interview) -> int:
        return interview.exchange_count


@admin.register(Series)
class SeriesAdmin(PortalAdmin):
    alphabetical = "name"
    fieldsets = [(None, {"fields": (in_every_language("name"), "slug", in_every_language("introduction"))})]
    prepopulated_fields = {"slug": ["name_en"]}
    list_display = ["name", "interview_number"]
    translated_texts = ("name", "introduction")
    list_filter = [MissingTranslationFilter]
    search_fields = in_every_language("name")
    search_help_text = _("Name in any language.")

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(interview_count=Count("interviews"))

    @admin.display(description=_("interviews"), ordering="interview_count")
    def interview_number(self, series: Series) -> int:
        return series.interview_count


def shown(picture, words: str) -> str:
    """The uploaded `picture`, small."""
    if not picture or not picture.storage.exists(picture.name):
        return gettext("None yet.")
    address = picture.url_for_width(WIDTH_IN_ADMIN)
    return format_html('<img class="portal-picture" src="{}" alt="{}" loading="lazy">', address, words)
