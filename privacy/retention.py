"""What is kept for a time only, and for how long.

Each rule says what is kept, why, and for how many days; `manage.py forget_old` applies them. A rule without a period
applies only where somebody gives it one: what it deletes is history, which most want to keep.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db.models import Exists, Model, OuterRef, QuerySet

from privacy.unused import unused_files
from publishing.models import Presence, Transition, Version
from publishing.passing_files import left_behind

AT_ONCE = 1000  # rows in one transaction, so that nobody waits for a deletion


@dataclass(frozen=True)
class Rule:
    """`older_than(moment)` answers what is too old: rows, or files as pairs of storage and name.

    `days` is the period where nobody names another one; None: kept without end.
    """

    option: str
    what: str
    why: str
    days: int | None
    older_than: Callable[[datetime], QuerySet | list]

    def count(self, moment: datetime) -> int:
        """How much is older than `moment`."""
        found = self.older_than(moment)
        return found.count() if isinstance(found, QuerySet) else len(found)

    def apply(self, moment: datetime) -> int:
        """Delete what is older than `moment`; answers how much it was. Can be repeated, also where it broke off."""
        found = self.older_than(moment)
        if isinstance(found, QuerySet):
            return _delete_rows(found)
        for storage, name in found:
            storage.delete(name)
        return len(found)


def _delete_rows(rows: QuerySet) -> int:
    deleted = 0
    while keys := list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        rows.model._base_manager.filter(pk__in=keys).delete()
        deleted += len(keys)
    return deleted


def _before(model: type[Model], field: str) -> Callable[[datetime], QuerySet]:
    return lambda moment: model._base_manager.filter(**{f"{field}__lt": moment})


def _superseded_versions(moment: datetime) -> QuerySet:
    """Versions that are old and not the last of their record, which is what a deleted one is recovered from."""
    newer = Version._base_manager.filter(
        content_type=OuterRef("content_type"), object_id=OuterRef("object_id"), pk__gt=OuterRef("pk")
    )
    return Version._base_manager.filter(Exists(newer), created_at__lt=moment)


RULES = (
    Rule("sessions", "sessions that have ended", "to keep somebody signed in", 0, _before(Session, "expire_date")),
    Rule(
        "attempts",
        "counts of failed sign-ins, with name and address",
        "to lock out who guesses passwords; they count for 15 minutes",
        1,
        _before(AccessAttempt, "attempt_time"),
    ),
    Rule(
        "sign-ins",
        "log of sign-ins, with name and address",
        "to find out about a break-in",
        90,
        _before(AccessLog, "attempt_time"),
    ),
    Rule(
        "failed-sign-ins",
        "log of failed sign-ins, with name and address",
        "to find out about a break-in",
        90,
        _before(AccessFailureLog, "attempt_time"),
    ),
    Rule("presence", "who had a record open", "to warn two editors of each other", 1, _before(Presence, "seen_at")),
    Rule("imports", "sheets uploaded and not imported", "to import them after the preview", 1, left_behind),
    Rule(
        "unused-files",
        "uploaded files that no record, draft or version names",
        "none: they are left of forms that were not saved",
        None,
        unused_files,
    ),
    Rule(
        "versions",
        "older versions of records, but the last of each",
        "to compare and to bring back",
        None,
        _superseded_versions,
    ),
    Rule("transitions", "log of steps to publication", "to know who published what", None, _before(Transition, "at")),
    Rule("log", "the admin's log of changes", "to know who changed what", None, _before(LogEntry, "action_time")),
)
