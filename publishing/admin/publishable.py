"""Base of the admin pages of publishable records."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from multilingual.admin import MissingTranslationFilter
from publishing.admin.filters import PublicationFilter
from publishing.admin.history import HistoryAdmin
from publishing.admin.presence import PresenceAdmin
from publishing.admin.preview import PreviewAdmin
from publishing.admin.recovering import RecoveringAdmin
from publishing.models import Action, Publishable, Status
from publishing.workflow import STEPS, may_publish, take_step


class PublishableAdmin(PreviewAdmin, PresenceAdmin, HistoryAdmin, RecoveringAdmin):
    """Base of the admin pages of `Publishable` models.

    Adds what every one of them has: where the record stands as a list column, the filters, and the steps to
    publication, on the page of the record and as actions of the list.
    """

    actions = ["submit", "publish", "archive"]
    readonly_fields = ("created_at", "updated_at")
    translated_texts: tuple[str, ...] = ()

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if not obj:
            return fieldsets
        return [*fieldsets, (_("Record"), {"fields": [("created_at", "updated_at"), "seen"]})]

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

    def has_publish_permission(self, request) -> bool:
        return may_publish(request.user, self.model)

    @admin.action(permissions=["change"], description=_("Submit selected %(verbose_name_plural)s for review"))
    @transaction.atomic
    def submit(self, request, queryset):
        steps = _Steps(self, request)
        for record in self._locked(queryset):
            steps.take(record, Action.SUBMIT)
        text = ngettext("%(count)d submitted for review.", "%(count)d submitted for review.", len(steps.taken))
        steps.say(text, gettext("Not submitted: %(name)s — %(reason)s"))

    @admin.action(permissions=["publish"], description=_("Publish selected %(verbose_name_plural)s"))
    @transaction.atomic
    def publish(self, request, queryset):
        now, planned = _Steps(self, request), _Steps(self, request)
        for record in self._locked(queryset):
            if record.is_scheduled:
                reason = gettext("It is scheduled for %(date)s. Open it to publish it earlier.")
                now.refused.append((record, reason % {"date": _moment(record.publish_at)}))
            elif record.status == Status.PUBLISHED:
                now.refused.append((record, gettext("It is published already.")))
            elif record.publish_at and record.publish_at > timezone.now():
                # A date that an editor chose for a draft still counts.
                planned.take(record, Action.SCHEDULE, at=record.publish_at)
            else:
                now.take(record, Action.PUBLISH)
        waiting = [record for record in now.taken if not record.is_public]
        now.taken = [record for record in now.taken if record.is_public]
        for record in waiting:
            text = gettext("Published: %(name)s — %(standing)s")
            self.message_user(request, text % {"name": record, "standing": self.standing(record)})
        refused = gettext("Not published: %(name)s — %(reason)s")
        text = ngettext(
            "%(count)d scheduled: it becomes public on its publication date.",
            "%(count)d scheduled: they become public on their publication dates.",
            len(planned.taken),
        )
        planned.say(text, refused)
        now.say(ngettext("%(count)d published.", "%(count)d published.", len(now.taken)), refused)

    @admin.action(permissions=["publish"], description=_("Archive selected %(verbose_name_plural)s"))
    @transaction.atomic
    def archive(self, request, queryset):
        steps = _Steps(self, request)
        for record in self._locked(queryset):
            if record.status == Status.ARCHIVED:
                steps.refused.append((record, gettext("It is archived already.")))
            else:
                steps.take(record, Action.ARCHIVE)
        text = ngettext("%(count)d archived.", "%(count)d archived.", len(steps.taken))
        steps.say(text, gettext("Not archived: %(name)s — %(reason)s"))

    def _locked(self, queryset) -> list[Publishable]:
        """The chosen records, all locked at once, in an order that is always the same.

        Whoever locked them one by one between other work could wait for an editor's save that waits for that work.
        """
        chosen = list(queryset.values_list("pk", flat=True))  # the list counts parts, and groups cannot be locked
        records = self.model._default_manager.filter(pk__in=chosen).order_by("pk")
        return list(records.select_for_update(of=("self",)))


class _Steps:
    """A step taken with many records: with which it was, and why not with the others."""

    def __init__(self, page: PublishableAdmin, request):
        self.page, self.request = page, request
        self.taken: list[Publishable] = []
        self.refused: list[tuple[Publishable, str]] = []

    def take(self, record: Publishable, action: Action, **extra) -> None:
        try:
            take_step(record, action, self.request.user, **extra)
        except ValidationError as error:
            self.refused.append((record, " ".join(error.messages)))
        else:
            self.page.log_change(self.request, record, str(STEPS[action].done))
            self.taken.append(record)

    def say(self, taken: str, refused: str) -> None:
        """Say `taken`, with the number, and `refused` of each other record, with its name and the reason."""
        if self.taken:
            self.page.message_user(self.request, taken % {"count": len(self.taken)})
        for record, reason in self.refused:
            self.page.message_user(self.request, refused % {"name": record, "reason": reason}, messages.WARNING)


def _moment(value) -> str:
    """A date and time in the portal's time zone, in the language of the moment."""
    return date_format(timezone.localtime(value), "DATETIME_FORMAT")
