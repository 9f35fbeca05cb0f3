"""What the admin pages of publishable records share: the way to publication."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from multilingual.admin import MissingTranslationFilter, PortalAdmin, PortalStackedInline
from publishing.models import Publishable, Status
from publishing.ordering import Ordered, OrderedForm, OrderedInlineFormSet


class PublicationFilter(admin.SimpleListFilter):
    """Where records stand on their way to the public."""

    title = _("publication")
    parameter_name = "publication"

    def lookups(self, request, model_admin):
        return [
            ("draft", _("Draft")),
            ("in_review", _("In review")),
            ("scheduled", _("Scheduled")),
            ("public", _("Public")),
            ("archived", _("Archived")),
        ]

    def queryset(self, request, queryset):
        match self.value():
            case "public":
                return queryset.published()
            case "scheduled":
                return queryset.filter(status=Status.PUBLISHED, publish_at__gt=timezone.now())
            case "draft" | "in_review" | "archived" as status:
                return queryset.filter(status=status)


class PublishableForm(forms.ModelForm):
    """Form of a publishable record, whichever of its fields it has.

    A subclass that asks for something in a field of its own names in `asked_in` where: column to form field.
    """

    asked_in: dict[str, str] = {}

    def add_error(self, field, error):
        """Add an error; what is wrong with a column that is not in this form is said above the form."""
        if field is None and hasattr(error, "error_dict"):
            named = {}
            for column, errors in error.error_dict.items():
                name = self.asked_in.get(column, column)
                named.setdefault(name if name in self.fields else NON_FIELD_ERRORS, []).extend(errors)
            error = ValidationError(named)
        super().add_error(field, error)


class OrderedStackedInline(PortalStackedInline):
    """Parts in an order, which editors change by typing positions; `position` is their first field."""

    form = OrderedForm
    formset = OrderedInlineFormSet

    @admin.display(description=_("Position"))
    def position(self, part: Ordered) -> int:
        """Shown to who may look and not change."""
        return part.order


class PublishableAdmin(PortalAdmin):
    """Base of the admin pages of `Publishable` models.

    Adds what every one of them has: the fieldset on publication after the subclass's own, where the record stands as
    a list column, the filters, and the actions to publish and archive.
    """

    form = PublishableForm
    actions = ["publish", "archive"]
    readonly_fields = ("still_missing", "created_at", "updated_at")
    translated_texts: tuple[str, ...] = ()

    def get_fieldsets(self, request, obj=None):
        rows = ["still_missing", ("status", "publish_at")]
        if obj:
            rows.append(("created_at", "updated_at"))
        return [*super().get_fieldsets(request, obj), (_("Publication"), {"fields": rows})]

    def get_list_display(self, request):
        first, *others = super().get_list_display(request)
        return [first, "standing", *others]

    def get_list_filter(self, request):
        return [PublicationFilter, MissingTranslationFilter, *super().get_list_filter(request)]

    @admin.display(description=_("publication"), ordering="status")
    def standing(self, record: Publishable) -> str:
        """Where the record stands, in words."""
        if record.is_scheduled:
            return gettext("Scheduled for %(date)s") % {"date": _moment(record.publish_at)}
        if record.is_public:
            return gettext("Public")
        return record.get_status_display()

    @admin.display(description=_("needed before publishing"))
    def still_missing(self, record: Publishable) -> str:
        """What stops publication."""
        missing = record.missing_for_publication()
        if not missing:
            return gettext("Nothing is missing.")
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((text,) for text in missing.values())))

    @admin.action(permissions=["change"], description=_("Publish selected %(verbose_name_plural)s"))
    def publish(self, request, queryset):
        published, scheduled, waiting, skipped = 0, 0, [], []
        with transaction.atomic():
            for record in _locked(queryset):
                if record.is_scheduled:
                    reason = gettext("It is scheduled for %(date)s. Change its publication date to publish it earlier.")
                    skipped.append((record, reason % {"date": _moment(record.publish_at)}))
                    continue
                if record.status == Status.PUBLISHED:
                    skipped.append((record, gettext("It is published already.")))
                    continue
                # A date that an editor chose for a draft still counts.
                planned = record.publish_at if record.publish_at and record.publish_at > timezone.now() else None
                try:
                    record.publish(at=planned)
                except ValidationError as error:
                    skipped.append((record, " ".join(error.messages)))
                    continue
                self.log_change(request, record, [{"changed": {"fields": ["status", "publication date"]}}])
                if planned:
                    scheduled += 1
                elif record.is_public:
                    published += 1
                else:
                    waiting.append(record)
        if published:
            self.message_user(
                request, ngettext("%(count)d published.", "%(count)d published.", published) % {"count": published}
            )
        if scheduled:
            text = ngettext(
                "%(count)d scheduled: it becomes public on its publication date.",
                "%(count)d scheduled: they become public on their publication dates.",
                scheduled,
            )
            self.message_user(request, text % {"count": scheduled})
        for record in waiting:
            text = gettext("Published: %(name)s — %(standing)s") % {"name": record, "standing": self.standing(record)}
            self.message_user(request, text)
        for record, reason in skipped:
            text = gettext("Not published: %(name)s — %(reason)s") % {"name": record, "reason": reason}
            self.message_user(request, text, messages.WARNING)

    @admin.action(permissions=["change"], description=_("Archive selected %(verbose_name_plural)s"))
    def archive(self, request, queryset):
        archived, skipped = 0, []
        with transaction.atomic():
            for record in _locked(queryset):
                if record.status == Status.ARCHIVED:
                    skipped.append(record)
                    continue
                record.archive()
                self.log_change(request, record, [{"changed": {"fields": ["status"]}}])
                archived += 1
        if archived:
            self.message_user(
                request, ngettext("%(count)d archived.", "%(count)d archived.", archived) % {"count": archived}
            )
        for record in skipped:
            text = gettext("Not archived: %(name)s — It is archived already.") % {"name": record}
            self.message_user(request, text, messages.WARNING)


def _locked(queryset):
    """The records, all locked at once until the end of the transaction, in an order that is always the same.

    Whoever locked them one by one between other work could wait for an editor's save that waits for that work.
    """
    chosen = list(queryset.values_list("pk", flat=True))  # the list counts its parts, and groups cannot be locked
    return queryset.model._default_manager.filter(pk__in=chosen).order_by("pk").select_for_update(of=("self",))


def _moment(value) -> str:
    """A date and time in the portal's time zone, in the language of the moment."""
    return date_format(timezone.localtime(value), "DATETIME_FORMAT")
