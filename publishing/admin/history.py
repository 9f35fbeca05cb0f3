"""The history of a record: what it was like and who did what, what differs between two versions, bringing one back."""

from dataclasses import dataclass, replace
from datetime import datetime

from django import forms
from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.admin.utils import unquote
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import models, transaction
from django.db.models import F, Q, Value
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publishing.admin.editing import EditingAdmin, seen
from publishing.comparing import Change, compare
from publishing.models import Action, Publishable, Status, Transition, Version, WorkingDraft
from publishing.snapshots import keep_numbers, restore, take

SHOWN = 50  # versions and steps on a page
WIDTH = 320  # pixels of a thumbnail; shown half as wide
# What stands in an address in the place of a version's number.
NOW, DRAFT = "now", "draft"
LONGEST_NUMBER = 18  # digits


@dataclass(frozen=True)
class Entry:
    """A line of the history: a version that was kept, or a step that was taken."""

    at: datetime
    who: str
    what: str
    comment: str
    version: Version | None = None


@dataclass(frozen=True)
class Side:
    """One side of a comparison."""

    key: str
    label: str
    data: dict


class PersonForm(forms.Form):
    """Whose versions and steps to show."""

    person = forms.ModelChoiceField(
        label=_("Person"),
        queryset=None,
        required=False,
        empty_label=_("Everybody"),
        error_messages={"invalid_choice": _("This person is not in the history. All are shown.")},
    )

    def __init__(self, people: models.QuerySet, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people


class HistoryAdmin(EditingAdmin):
    """Mixin of the admin pages of publishable records: the pages of a record's history."""

    def get_urls(self):
        name, wrap = f"{self.opts.app_label}_{self.opts.model_name}", self.admin_site.admin_view
        return [
            path("<path:object_id>/history/compare/", wrap(self.compare_view), name=f"{name}_compare"),
            path(
                "<path:object_id>/history/<int:version_id>/bring-back/",
                wrap(self.bring_back_view),
                name=f"{name}_bring_back",
            ),
            *super().get_urls(),
        ]

    # The history

    def history_view(self, request, object_id, extra_context=None):
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        self._must_see(request, record)
        versions, transitions = Version.objects.of(record), Transition.objects.of(record)
        form = PersonForm(_people_of(versions, transitions), request.GET or None)
        person = form.cleaned_data["person"] if form.is_valid() else None
        if person:
            versions, transitions = versions.filter(user=person), transitions.filter(user=person)
        paginator = Paginator(_timeline(versions, transitions), SHOWN)
        page = paginator.get_page(request.GET.get("page"))
        draft, entries = self.draft_of(request, record), _entries(page.object_list)
        numbers = [str(entry.version.pk) for entry in entries if entry.version]
        context = self._context(request, record, gettext("History: %(name)s")) | {
            "person_form": form,
            "kept": f"person={person.pk}&" if person else "",
            "entries": entries,
            "page": page,
            "page_range": paginator.get_elided_page_range(page.number),
            "draft": draft,
            # What one would most often ask: what is about to be published, else what the last change was.
            "chosen_before": NOW if draft else (numbers[1:] or numbers or [""])[0],
            "chosen_after": DRAFT if draft else NOW,
            "may_bring_back": self.has_change_permission(request, record),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/publishing/history.html", context)

    def _must_see(self, request, record: Publishable) -> None:
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied

    def _context(self, request, record: Publishable, title: str) -> dict:
        request.current_app = self.admin_site.name
        return {
            **self.admin_site.each_context(request),
            "title": title % {"name": record},
            "subtitle": None,
            "opts": self.opts,
            "original": record,
            "history_address": reverse(admin_urlname(self.opts, "history"), args=[record.pk]),
        }

    # Comparing

    def compare_view(self, request, object_id):
        """What differs between two versions, named by number, or "now" or "draft", in `from` and `to`."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        self._must_see(request, record)
        before, after = (self._side(request, record, request.GET.get(name, "")) for name in ("from", "to"))
        if before is None or after is None or before.key == after.key:
            messages.error(request, gettext("Choose two different versions: one under “Before”, one under “After”."))
            return redirect(admin_urlname(self.opts, "history"), record.pk)
        changes = compare(self.model, before.data, after.data)
        context = self._context(request, record, gettext("Compare versions: %(name)s")) | {
            "before": before,
            "after": after,
            "changes": self._with_pictures(request, record, changes),
            "may_bring_back": before.key not in (NOW, DRAFT) and self.has_change_permission(request, record),
        }
        return TemplateResponse(request, "admin/publishing/compare.html", context)

    def _side(self, request, record: Publishable, key: str) -> Side | None:
        """What `key` names, or None where it names nothing of this record."""
        if key == NOW:
            return Side(NOW, gettext("What it is now"), take(record))
        if key == DRAFT:
            draft = self.draft_of(request, record)
            return draft and Side(DRAFT, gettext("Working draft"), draft.data)
        if not key.isdecimal() or len(key) > LONGEST_NUMBER:
            return None
        version = Version.objects.of(record).filter(pk=int(key)).select_related("user").first()
        return version and Side(str(version.pk), _label(version), version.data)

    def _with_pictures(self, request, record: Publishable, changes: list[Change]) -> list[Change]:
        """The changes with the addresses of the pictures that the user may see: those that a record still has."""
        files = {name for change in changes for name in change.files if name}
        found = {}
        wholes = [self.model, *(self.model._meta.get_field(part).related_model for part in self.model.parts)]
        for model in wholes if files else ():
            for field in model._meta.concrete_fields:
                if not isinstance(field, models.ImageField):
                    continue
                for owner in model._default_manager.visible_to(request.user).filter(**{f"{field.name}__in": files}):
                    picture = getattr(owner, field.name)
                    if picture.storage.exists(picture.name):
                        found[picture.name] = picture.url_for_width(WIDTH)
        return [replace(change, addresses=tuple(found.get(name, "") for name in change.files)) for change in changes]

    # Bringing back

    def bring_back_view(self, request, object_id, version_id):
        """Ask whether the record shall be what it was in a version, and show what would change; POST does it."""
        with transaction.atomic():
            record = self.get_object(request, unquote(object_id))
            if record is None:
                return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
            version = Version.objects.of(record).filter(pk=version_id).select_related("user").first()
            if version is None:
                raise Http404
            if request.method == "POST":
                # Of two who save at once, one comes after the other.
                record = self.model._base_manager.select_for_update(of=("self",)).get(pk=record.pk)
            draft = self.draft_of(request, record)
            if not self.has_change_permission(request, record):
                raise PermissionDenied
            if request.method == "POST":
                if request.POST.get("seen") != seen(record, draft):
                    messages.warning(request, gettext("Somebody has saved meanwhile. This is what would change now."))
                elif self._bring_back(request, record, draft, version):
                    return redirect(admin_urlname(self.opts, "change"), record.pk)
            return self._ask(request, record, draft, version)

    def _ask(self, request, record: Publishable, draft: WorkingDraft | None, version: Version) -> TemplateResponse:
        now = draft.data if draft else take(record)
        context = self._context(request, record, gettext("Bring back a version: %(name)s")) | {
            "version": version,
            "after_label": _label(version),
            "before_label": gettext("Working draft") if draft else gettext("What it is now"),
            "draft": draft,
            "becomes_draft": draft is not None or record.is_public,
            "seen": seen(record, draft),
        }
        try:
            data, context["lost"] = self._tried(record, draft, version)
        except ValidationError as error:
            context["refusal"] = error.messages
            data = version.data
        context["changes"] = self._with_pictures(request, record, compare(self.model, now, data))
        return TemplateResponse(request, "admin/publishing/bring_back.html", context)

    def _tried(self, record: Publishable, draft: WorkingDraft | None, version: Version) -> tuple[dict, list[str]]:
        """What the record would be, and what would be missing. Nothing is saved. Raises ValidationError."""
        try:
            with transaction.atomic():
                lost = restore(record, version.data)
                if not (draft or record.is_public):
                    record.clean()
                data = take(record)
                transaction.set_rollback(True)
        finally:
            record.refresh_from_db()
        return data, lost

    def _bring_back(self, request, record: Publishable, draft: WorkingDraft | None, version: Version) -> bool:
        """Do it; False where it is not possible."""
        text = gettext("Brought back: version of %(when)s.") % {"when": _moment(version.created_at)}
        try:
            data, lost = self._tried(record, draft, version)
        except ValidationError:
            return False
        # It may have been changed by other ways than the admin.
        Version.keep(record, None, gettext("As it was before."))
        if draft or record.is_public:
            if draft:
                draft.keep(gettext("The working draft before an older version was brought back."))
            keep_numbers(data, self.model)
            request.change_message = text
            self._store(request, record, draft, data)
        else:
            restore(record, version.data)
            Version.keep(record, request.user, text)
            self.log_change(request, record, text)
        for name in lost:
            messages.warning(request, gettext("Left out, because it exists no more: %(name)s.") % {"name": name})
        messages.success(request, text)
        return True


def _people_of(versions: models.QuerySet, transitions: models.QuerySet) -> models.QuerySet:
    occurs = Q(pk__in=versions.order_by().values("user")) | Q(pk__in=transitions.order_by().values("user"))
    return get_user_model()._default_manager.filter(occurs).order_by(get_user_model().USERNAME_FIELD)


def _timeline(versions: models.QuerySet, transitions: models.QuerySet) -> models.QuerySet:
    """Versions and steps together, newest first, as `{"kind": "version" or "step", "pk": …, "moment": …}`."""
    both = [
        records.order_by().annotate(kind_of_entry=Value(kind), moment=F(moment)).values("kind_of_entry", "pk", "moment")
        for records, kind, moment in ((versions, "version", "created_at"), (transitions, "step", "at"))
    ]
    return both[0].union(both[1], all=True).order_by("-moment", "-kind_of_entry", "-pk")


def _entries(rows) -> list[Entry]:
    """The lines for `rows` of the timeline."""
    rows = list(rows)
    numbers = {kind: [row["pk"] for row in rows if row["kind_of_entry"] == kind] for kind in ("version", "step")}
    versions = Version.objects.select_related("user").defer("data").in_bulk(numbers["version"])
    steps = Transition.objects.select_related("user").in_bulk(numbers["step"])
    entries = []
    for row in rows:
        if row["kind_of_entry"] == "version":
            version = versions[row["pk"]]
            what, comment = version.get_kind_display(), version.comment
            if comment and version.kind == Version.Kind.SAVED:  # it says why, which is more
                what, comment = comment, ""
            entries.append(Entry(version.created_at, version.who, what, comment, version))
        else:
            step = steps[row["pk"]]
            entries.append(Entry(step.at, step.who, _step_in_words(step), step.comment))
    return entries


def _step_in_words(step: Transition) -> str:
    text = step.get_action_display()
    if step.action == Action.SCHEDULE and step.publish_at and step.to_status == Status.PUBLISHED:
        return f"{text}: {_moment(step.publish_at)}"
    return f"{text} ({gettext('working draft')})" if step.is_about_draft else text


def _label(version: Version) -> str:
    """Which version it is, over its column."""
    words = {"when": _moment(version.created_at), "who": version.who}
    if version.who:
        return gettext("Version of %(when)s, %(who)s") % words
    return gettext("Version of %(when)s") % words


def _moment(value: datetime) -> str:
    """A date and time in the portal's time zone, in the language of the moment."""
    return date_format(timezone.localtime(value), "DATETIME_FORMAT")
