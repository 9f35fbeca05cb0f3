"""Filters that the desk adds to the lists of the admin."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desk.links.using import with_broken_link
from multilingual.admin import ConditionFilter
from publishing.models import Status

STALE_AFTER = timedelta(days=2 * 365)


class LastChangeFilter(ConditionFilter):
    """Records that nobody has looked after for long. Archived ones need nobody."""

    title = _("last change")
    parameter_name = "changed"
    attention = ("long-ago",)

    @classmethod
    def conditions_for(cls, page):
        long_ago = Q(updated_at__lt=timezone.now() - STALE_AFTER) & ~Q(status=Status.ARCHIVED)
        return [("long-ago", _("Not changed for two years"), long_ago)]


class LinkFilter(ConditionFilter):
    """Records with a link that was broken when `check_links` last asked."""

    title = _("links")
    parameter_name = "links"
    attention = ("broken",)

    @classmethod
    def conditions_for(cls, page):
        return [("broken", _("A link is broken"), with_broken_link(page.model))]
