"""What the desk adds to the admin pages of the floors below, which do not know it.

Each page is registered anew, as a subclass of itself: with filters for links and long-forgotten records, with the
broken links on the record's own page, with merging where records may be there twice, and with the captions of articles.
"""

from django.contrib import admin, messages
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from desk.filters import LastChangeFilter, LinkFilter
from desk.links.using import broken_links_of
from desk.merging import may_merge
from desk.views import address_of_merge
from engagements.admin import EngagementAdmin
from engagements.models import Engagement
from intake.captions import PhotoToAdd, photos_to_add
from multilingual.admin import PortalAdmin
from organisations.admin import OfficeAdmin, OrganisationAdmin
from organisations.models import Office, Organisation
from profiles.admin import InterviewAdmin, ProfileAdmin
from profiles.models import Interview, Profile
from programmes.admin import ProgrammeAdmin
from programmes.models import Programme


class CheckedLinks(PortalAdmin):
    """Mixin of pages of records with links: says which are broken, above everything else."""

    def get_list_filter(self, request):
        return [*super().get_list_filter(request), LinkFilter]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "broken_links"]

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not broken_links_of(obj):
            return fieldsets
        return [(_("Broken links"), {"fields": ["broken_links"]}), *fieldsets]

    @admin.display(description=_("to put right"))
    def broken_links(self, record) -> str:
        """Which links did not work when they were last checked, and why."""
        rows = ((link.url, link.url, link.why) for link in broken_links_of(record))
        return format_html("<ul>{}</ul>", format_html_join("", '<li><a href="{}">{}</a> – {}</li>', rows))


class LastChanges(PortalAdmin):
    """Mixin of pages of records that tell when they were changed: finds those that nobody has looked after."""

    def get_list_filter(self, request):
        return [*super().get_list_filter(request), LastChangeFilter]


class Merging(PortalAdmin):
    """Mixin of lists of records that may be there twice: two of them can be merged."""

    @property
    def actions(self) -> list:
        # Asked late: other apps add theirs to the page below.
        return [*super().actions, "merge"]

    def has_merge_permission(self, request) -> bool:
        return may_merge(request.user, self.model)

    @admin.action(permissions=["merge"], description=_("Merge selected %(verbose_name_plural)s…"))
    def merge(self, request, queryset):
        if queryset.count() != 2:
            text = gettext("Select exactly two to merge. To merge more, merge two first, and the result with the next.")
            self.message_user(request, text, messages.WARNING)
            return None
        return redirect(address_of_merge(*queryset))


class DeskProfileAdmin(Merging, LastChanges, CheckedLinks, ProfileAdmin):
    pass


class DeskOrganisationAdmin(Merging, LastChanges, CheckedLinks, OrganisationAdmin):
    pass


class DeskInterviewAdmin(LastChanges, CheckedLinks, InterviewAdmin):
    """With the captions of the article that the interview came from, until their photos are there."""

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "photos_to_add"]

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not photos_to_add(obj):
            return fieldsets
        return [(_("Photos of the article"), {"fields": ["photos_to_add"]}), *fieldsets]

    @admin.display(description=_("captions"))
    def photos_to_add(self, interview: Interview) -> str:
        """The captions, each with the place of its photo."""
        rows = ((photo.caption, _place_of(photo)) for photo in photos_to_add(interview))
        items = format_html_join("", "<li>{} – {}</li>", rows)
        return format_html("<p>{}</p><ul>{}</ul>", gettext("Add these photos below, each with its caption."), items)


def _place_of(photo: PhotoToAdd) -> str:
    if photo.after is None:
        return gettext("before the first question")
    return gettext("after question %(number)d") % {"number": photo.after}


class DeskProgrammeAdmin(LastChanges, CheckedLinks, ProgrammeAdmin):
    pass


class DeskEngagementAdmin(LastChanges, CheckedLinks, EngagementAdmin):
    pass


class DeskOfficeAdmin(CheckedLinks, OfficeAdmin):
    pass


for model, page in {
    Profile: DeskProfileAdmin,
    Interview: DeskInterviewAdmin,
    Programme: DeskProgrammeAdmin,
    Organisation: DeskOrganisationAdmin,
    Engagement: DeskEngagementAdmin,
    Office: DeskOfficeAdmin,
}.items():
    admin.site.unregister(model)
    admin.site.register(model, page)
