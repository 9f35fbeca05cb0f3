"""The page on which a publishable record is edited.

Saving a record that is public changes nothing that the public sees: what was typed is kept as a working draft, until
somebody who may publishes it. To show or save a working draft, the record is made what the draft says in a
transaction that is then rolled back, so that the page, its forms and its parts are Django's own.
"""

import json

from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.utils.text import Truncator
from django.utils.translation import gettext

from multilingual.admin import PortalAdmin
from publishing.admin.forms import PublishableForm, StepForm
from publishing.comparing import compare
from publishing.models import Action, Presence, Publishable, Transition, Version, WorkingDraft
from publishing.snapshots import keep_numbers, restore, take
from publishing.workflow import STEPS, Step, may_edit, may_take, steps_for, take_step

LOG_SHOWN = 20  # steps


class EditingAdmin(PortalAdmin):
    """Base of `PublishableAdmin`: the page of a record, with working drafts, steps and two editors."""

    form = PublishableForm
    change_form_template = "admin/publishing/change_form.html"

    # Who may

    def has_change_permission(self, request, obj=None):
        if obj is None:
            return super().has_change_permission(request)
        return may_edit(request.user, obj, self.draft_of(request, obj))

    def draft_of(self, request, record: Publishable) -> WorkingDraft | None:
        """The working draft of the record, asked for once a request."""
        known = request.__dict__.setdefault("working_drafts", {})
        key = (type(record), record.pk)
        if key not in known:
            known[key] = WorkingDraft.objects.of(record).select_related("user").first()
        return known[key]

    def takes_draft(self, request, record: Publishable) -> bool:
        """Whether what is typed into the form of the record becomes a working draft."""
        return record.is_public or self.draft_of(request, record) is not None

    def _restored(self, request, record: Publishable, draft: WorkingDraft) -> bool:
        """Make the record what its working draft says; whether that was possible."""
        try:
            with transaction.atomic():
                lost = restore(record, draft.data)
        except ValidationError as error:
            text = gettext("The working draft cannot be used any more. It stands in the history. %(why)s")
            messages.error(request, text % {"why": " ".join(error.messages)})
            return False
        for name in lost:
            messages.warning(request, gettext("Left out, because it exists no more: %(name)s.") % {"name": name})
        return True

    def _can_stand(self, request, record: Publishable, draft: WorkingDraft) -> bool:
        with transaction.atomic():
            answer = self._restored(request, record, draft)
            transaction.set_rollback(True)
        record.refresh_from_db()
        return answer

    def _set_aside(self, request, record: Publishable, draft: WorkingDraft) -> None:
        """Keep a working draft that cannot stand any more in the history alone."""
        Version.set_aside(record, draft.user, draft.data)
        draft.delete()
        request.working_drafts[(type(record), record.pk)] = None
        request.seen = seen(record, None)

    # The page

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        context = dict(extra_context or {})
        if request.method == "POST":
            with transaction.atomic():
                return self._post(request, object_id, form_url, context)
        record = self.get_object(request, unquote(object_id)) if object_id else None
        if record is None:
            return super().changeform_view(request, object_id, form_url, context)
        draft = self.opened(request, record, context)
        if self.has_change_permission(request, record):
            Presence.note(record, request.user)
        if draft is None:
            return super().changeform_view(request, object_id, form_url, context)
        response = None
        with transaction.atomic():
            if self._restored(request, record, draft):
                response = super().changeform_view(request, object_id, form_url, context)
                _rendered(response)
            transaction.set_rollback(True)
        if response is None:
            with transaction.atomic():
                self._set_aside(request, record, draft)
            response = super().changeform_view(request, object_id, form_url, context)
        return response

    def opened(self, request, record: Publishable, context: dict) -> WorkingDraft | None:
        """Note what the record is like before anything is done to it; the answer is its working draft."""
        draft = self.draft_of(request, record)
        request.seen = seen(record, draft)
        context["draft_is_behind"] = draft is not None and record.updated_at > draft.updated_at
        return draft

    def _post(self, request, object_id, form_url, context):
        record = self.get_object(request, unquote(object_id)) if object_id else None
        if record is None and object_id:
            return super().changeform_view(request, object_id, form_url, context)
        draft = None
        if record:
            # Of two who save at once, one comes after the other.
            record = self.model._base_manager.select_for_update(of=("self",)).get(pk=record.pk)
            draft = self.opened(request, record, context)
            if draft and not self._can_stand(request, record, draft):
                self._set_aside(request, record, draft)
                draft = None
            if not Version.objects.of(record).exists():
                Version.keep(record, None, gettext("As it was before."))
        step = self._step(request, record, draft)
        context["step_form"] = step_form = StepForm(request.POST)
        request.refusal = self._refused(step, step_form)
        if record and request.POST.get("seen", request.seen) != request.seen:
            return self._stale(request, object_id, form_url, context, record, draft)
        if record and self.takes_draft(request, record):
            return self._save_draft(request, object_id, form_url, context, record, draft)
        return super().changeform_view(request, object_id, form_url, context)

    def _save_draft(self, request, object_id, form_url, context, record, draft):
        """Save what was typed as the working draft of the record, and then take the step asked for."""
        response, data = self._typed(request, object_id, form_url, context, record, draft)
        if data is None:
            return response
        keep_numbers(data, self.model)
        self._store(request, record, draft, data)
        self._take_step(request, record)
        return response

    def _typed(self, request, object_id, form_url, context, record, draft):
        """The answer to what was typed, and the snapshot of it, or None where it was refused. Nothing is saved."""
        data = None
        with transaction.atomic():
            if draft:
                restore(record, draft.data)
            request.is_for_draft = True
            response = super().changeform_view(request, object_id, form_url, context)
            if request.__dict__.pop("was_saved", False):
                data = take(record)
            _rendered(response)
            transaction.set_rollback(True)
        request.is_for_draft = False
        return response, data

    def _store(self, request, record: Publishable, draft: WorkingDraft | None, data: dict) -> None:
        if data == take(record):  # nothing was changed, or all was undone again
            if draft:
                draft.delete()
            draft = None
        else:
            draft = draft or WorkingDraft(record=record)
            draft.data, draft.user = data, request.user
            draft.save()
            if "_step" not in request.POST:
                messages.info(request, gettext("It is a working draft: the public sees it once it is published."))
        request.working_drafts[(type(record), record.pk)] = draft
        super().log_change(request, record, request.__dict__.pop("change_message", ""))

    def _stale(self, request, object_id, form_url, context, record, draft):
        """Somebody saved while this page was open: nothing is saved, nothing is lost, and both are shown."""
        request.refusal = None
        _response, data = self._typed(request, object_id, form_url, context, record, draft)
        by = self._last_user(record, draft)
        if data is not None:
            keep_numbers(data, self.model)
            Version.set_aside(record, request.user, data)
            context["conflict"] = compare(self.model, draft.data if draft else take(record), data)
        for uploaded in request.FILES.values():
            uploaded.seek(0)
        request.refusal = (
            gettext(
                "%(name)s has saved this record since you opened it. What you typed is not saved yet; it stands below."
            )
            % {"name": by}
            if by
            else gettext("This record was saved since you opened it. What you typed is not saved yet; it stands below.")
        )
        context |= {"is_stale": True, "refusal": request.refusal}
        request.POST = request.POST.copy()
        request.POST["seen"] = request.seen
        response, _data = self._typed(request, object_id, form_url, context, record, draft)
        return response

    def _last_user(self, record: Publishable, draft: WorkingDraft | None) -> str:
        """Who saved last, "" where nobody knows."""
        if draft:
            return draft.who
        last = Version.objects.of(record).filter(kind=Version.Kind.SAVED).select_related("user").first()
        return last.who if last else ""

    # What is saved

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        if "seen" in form.base_fields:
            form.base_fields["seen"].initial = getattr(request, "seen", "")
        return form

    def log_change(self, request, obj, message):
        request.change_message = message
        if getattr(request, "is_for_draft", False):  # written once it is saved for good
            return None
        return super().log_change(request, obj, message)

    def response_add(self, request, obj, post_url_continue=None):
        self._saved(request, obj)
        response = super().response_add(request, obj, post_url_continue)
        if "_step" in request.POST and IS_POPUP_VAR not in request.POST:
            return redirect(admin_urlname(self.opts, "change"), obj.pk)
        return response

    def response_change(self, request, obj):
        self._saved(request, obj)
        response = super().response_change(request, obj)
        if "_step" in request.POST and IS_POPUP_VAR not in request.POST:
            return redirect(request.get_full_path())
        return response

    def _saved(self, request, record: Publishable) -> None:
        request.was_saved = True
        if not getattr(request, "is_for_draft", False):
            Version.keep(record, request.user, _in_words(getattr(request, "change_message", [])) or gettext("Saved."))
            self._take_step(request, record)

    # Steps

    def _step(self, request, record: Publishable | None, draft: WorkingDraft | None) -> Step | None:
        """The step asked for. Raises PermissionDenied for whoever may not take it, or made it up."""
        if "_step" not in request.POST:
            return None
        step = STEPS.get(request.POST["_step"])
        if step is None or not may_take(request.user, step, record or self.model(), draft):
            raise PermissionDenied
        return step

    def _refused(self, step: Step | None, form: StepForm) -> str | None:
        """Why nothing is done yet: what belongs to the step is missing or wrong. The form says it at the field."""
        form.full_clean()
        if step is None:
            return None
        comment, at = form.cleaned_data.get("step_comment"), form.cleaned_data.get("step_at")
        try:
            if not form.errors:
                step.check(comment or "", at)
        except ValidationError as error:
            form.add_error(None, {f"step_{name}": texts for name, texts in error.message_dict.items()})
        return gettext("See “Next step”, at the end of the page.") if form.errors else None

    def _take_step(self, request, record: Publishable) -> None:
        """Take the step that was asked for. Where it is not possible, what was typed is kept all the same."""
        if "_step" not in request.POST:
            return
        form = StepForm(request.POST)
        form.full_clean()
        step = STEPS[request.POST["_step"]]
        comment, at = form.cleaned_data.get("step_comment", ""), form.cleaned_data.get("step_at")
        try:
            with transaction.atomic():
                take_step(record, step.action, request.user, comment=comment, at=at)
        except ValidationError as error:
            text = gettext("What you typed is saved, but not this: %(step)s. %(why)s")
            messages.error(request, text % {"step": step.label, "why": " ".join(error.messages)})
        else:
            super().log_change(request, record, str(step.done))
            messages.success(request, step.done)

    # What the page shows besides the form

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            draft = self.draft_of(request, obj)
            context |= {
                "draft": draft,
                "missing": self._where(context["adminform"].form, obj.missing_for_publication()),
                "standing": self.standing(obj),
                "transitions": Transition.objects.of(obj).select_related("user")[:LOG_SHOWN],
                "others": Presence.others(obj, request.user),
            }
        steps = steps_for(request.user, obj or self.model(), context.get("draft"))
        if obj is None:
            steps = [step for step in steps if step.action in (Action.SUBMIT, Action.PUBLISH, Action.SCHEDULE)]
        context |= {"steps": steps, "asks_moment": any(step.asks_moment for step in steps)}
        context.setdefault("step_form", StepForm())
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _where(self, form, missing: dict[str, str]) -> list[tuple[str, str]]:
        """What is missing, each with the `id` on the page where it is to be filled in; "" where there is none."""
        found = []
        for name, text in missing.items():
            field = getattr(form, "asked_in", {}).get(name, name)
            if field in form.fields:
                found.append((form[field].id_for_label, text))
            else:
                found.append((f"{name}-group" if name in self.model.parts else "", text))
        return found


def seen(record: Publishable, draft: WorkingDraft | None) -> str:
    """What the record is like, in few letters: another text wherever somebody saved it."""
    return f"{record.updated_at.isoformat()} {draft.updated_at.isoformat() if draft else ''}".strip()


def _in_words(message: list | str) -> str:
    """What the log says was changed, as a comment of the version; "" where nothing was."""
    if not message:
        return ""
    entry = LogEntry(change_message=message if isinstance(message, str) else json.dumps(message))
    return Truncator(entry.get_change_message()).chars(Version._meta.get_field("comment").max_length)


def _rendered(response) -> None:
    if hasattr(response, "render"):
        response.render()
