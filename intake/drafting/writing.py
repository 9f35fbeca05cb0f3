"""Writes drafts as editors' saves do: with versions, the log and working drafts, and so that it can be taken back."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext, override
from modeltranslation.fields import TranslationField
from modeltranslation.settings import DEFAULT_LANGUAGE

from intake.models import Change, Intake, Source
from intake.review import Item
from publishing.models import Publishable, Version, WorkingDraft
from publishing.snapshots import keep_numbers, restore, take
from publishing.workflow import may_edit, permission

# A record or a part of one, and the item of the review that says so.
Fact = tuple[models.Model, Item]

# The fields of records that have another name, or none, in the review.
_NAMES = {"start_date": "year", "end_date": "to_year", "slug": "name", "profile": "include", "__all__": "include"}


class Writer:
    """Writes the records of one intake for `by`, or for the system where that is None; to be used in a transaction."""

    def __init__(self, intake: Intake, by):
        self.intake, self.by = intake, by
        # Without its title, which names a person: comments and logs of other records outlive an erasure.
        self.comment = gettext("From an article that was taken in.")
        self.sources: set[tuple[int, int, int, int]] = set()

    def add(self, record: Publishable, item: Item, fill: Callable[[], Iterable[Fact]] | None = None) -> None:
        """Save the new `record` with the parts that `fill` adds to it, and where the article says them."""
        if self.by and not self.by.has_perm(permission(record, "add")):
            text = gettext("You may not add records of this kind: %(kind)s.")
            raise ValidationError({f"{item['id']}.include": text % {"kind": record._meta.verbose_name}})
        with at(item):
            save(record)
        facts = fill() if fill else ()
        self._note(record, Change.Kind.ADDED, None, None, state_of(record))
        if isinstance(record, Publishable):
            Version.keep(record, self.by, self.comment)
        self._log(record, ADDITION)
        self.remember(record, item, facts)

    def change(self, record: Publishable, item: Item, fill: Callable[[Publishable], Iterable[Fact]]) -> None:
        """Let `fill` change the record that is there: itself, or in its working draft where it is public.

        Raises ValidationError where `by` may not change it.
        """
        record = type(record)._base_manager.select_for_update(of=("self",)).get(pk=record.pk)
        draft = WorkingDraft.objects.select_for_update().of(record).first()
        may = self.by is None or may_edit(self.by, record, draft)
        was = take(record)
        with at(item, instead="match"):
            if record.is_public or draft:
                facts, now = self._tried(record, draft, fill)
            else:
                facts = [*fill(record)]
                now = take(record)
        before = draft.data if draft else was
        if now != before:
            if not may:
                text = gettext("You may not change “%(name)s” as it stands now: %(status)s.")
                told = {"name": record, "status": record.get_status_display()}
                raise ValidationError({f"{item['id']}.match": text % told})
            self._keep(record, draft, was, now)
            self._log(record, CHANGE)
        self.remember(record, item, facts)

    def _tried(self, record: Publishable, draft: WorkingDraft | None, fill) -> tuple[list[Fact], dict]:
        """Make the record what its draft will say, read it, and undo that: forms of the admin do the same."""
        with transaction.atomic():
            if draft:
                restore(record, draft.data)
            facts = [*fill(record)]
            now = take(record)
            transaction.set_rollback(True)
        record.refresh_from_db()
        return facts, now

    def _keep(self, record: Publishable, draft: WorkingDraft | None, was: dict, now: dict) -> None:
        """Keep what became of the record, which was changed already unless it has a working draft or is public."""
        if not Version.objects.of(record).exists():
            comment = gettext("As it was before.")
            Version.objects.create(record=record, user=None, name=str(record)[:300], data=was, comment=comment)
        if not (record.is_public or draft):
            self._note(record, Change.Kind.CHANGED, was, None, now)
            Version.keep(record, self.by, self.comment)
            return
        keep_numbers(now, type(record))
        self._note(record, Change.Kind.DRAFTED, draft.data if draft else None, was, now)
        draft = draft or WorkingDraft(record=record)
        draft.data, draft.user = now, self.by
        draft.save()

    def _note(self, record: models.Model, kind: str, before: dict | None, public: dict | None, after: dict) -> None:
        Change.objects.create(
            intake=self.intake,
            record=record,
            user=self.by,
            kind=kind,
            name=str(record)[:300],
            before=before,
            public=public,
            after=after,
        )

    def _log(self, record: models.Model, flag: int) -> None:
        if self.by:
            LogEntry.objects.log_actions(self.by.pk, [record], flag, self.comment)

    def remember(self, record: models.Model, item: Item, facts: Iterable[Fact] = ()) -> None:
        """Note where in the article it stands: of the record and of its parts."""
        length = len(self.intake.text)
        for each, its_item in ((record, item), *facts):
            kind = ContentType.objects.get_for_model(each).pk
            places = (place for place in its_item["evidence"] if 0 <= place[0] < place[1] <= length)
            self.sources |= {(kind, each.pk, start, end) for start, end in places}

    def keep_sources(self) -> None:
        Source.objects.bulk_create(
            Source(intake=self.intake, content_type_id=kind, object_id=pk, start=start, end=end, user=self.by)
            for kind, pk, start, end in sorted(self.sources)
        )


def save(record: models.Model) -> None:
    """Check and save a record of which some texts are there in another language than English alone.

    Raises ValidationError. English stays for the editor: it is asked for at the publication.
    """
    texts = [field for field in record._meta.concrete_fields if isinstance(field, TranslationField)]
    unchecked = {field.translated_field.name for field in texts}
    unchecked |= {field.name for field in texts if getattr(record, field.name) in (None, "")}
    with override(DEFAULT_LANGUAGE):
        record.full_clean(exclude=unchecked)
        record.save()


def state_of(record: models.Model) -> dict:
    """What a record is like: a snapshot of one that is published, or its name."""
    return take(record) if isinstance(record, Publishable) else {"name": str(record)}


@contextmanager
def at(item: Item, instead: str = "include") -> Iterator[None]:
    """Let a ValidationError within name the field of the item, as “id.field”, or the field `instead` of it."""
    try:
        yield
    except ValidationError as error:
        found: dict[str, list[str]] = {}
        by_field = error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}
        for name, messages in by_field.items():
            if "." in name:  # said already
                found[name] = messages
                continue
            own = _own_name(item, name)
            found.setdefault(f"{item['id']}.{own or instead}", []).extend(messages)
        raise ValidationError(found) from error


def _own_name(item: Item, name: str) -> str:
    """What the item calls the field `name` of its record; "" for what it does not have."""
    for candidate in (name, _NAMES.get(name, ""), name.rpartition("_")[0]):
        if candidate in item:
            return candidate
    return ""
