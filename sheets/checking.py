"""Holds the rows of a file against the records: what would be new, changed or unchanged, and what is wrong.

Nothing is written here, and nothing is asked of the database for a single row.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from publishing.models import Publishable, Status, WorkingDraft
from publishing.workflow import may_change, permission
from sheets.columns import Column
from sheets.reading import Table
from sheets.resources import AT_ONCE, Sheet

SHOWN = 100  # rows of each outcome on the page


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WRONG = "wrong"


@dataclass
class Problem:
    """What is wrong with a row; `column` is empty where it is the row as a whole."""

    row: int
    column: str
    text: str

    def __str__(self) -> str:
        if self.column:
            return _("Row %(row)s, column %(column)s: %(text)s") % vars(self)
        return _("Row %(row)s: %(text)s") % vars(self)


@dataclass
class Change:
    column: Column
    old: object
    new: object

    @property
    def shown(self) -> tuple[str, str]:
        """The old and the new cell."""
        return str(self.column.widget.render(self.old)), str(self.column.widget.render(self.new))


@dataclass
class Row:
    """A row of the file and the record that it speaks of, which has the new values already but is not saved."""

    number: int
    cells: dict[str, str]
    identity: object = None
    record: Publishable | None = None
    is_new: bool = False
    # A working draft of the record waits to be published: it holds the whole record, and none of what is imported.
    has_draft: bool = False
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def outcome(self) -> Outcome:
        if self.problems:
            return Outcome.WRONG
        if self.is_new:
            return Outcome.NEW
        return Outcome.CHANGED if self.changes else Outcome.UNCHANGED

    @property
    def status(self) -> str:
        return self.record.get_status_display() if self.outcome == Outcome.CHANGED else ""

    @property
    def name(self) -> str:
        return str(self.record)

    def wrong(self, error: ValidationError, column: str = "") -> None:
        self.problems += [Problem(self.number, column, str(text)) for text in error.messages]


class Check:
    """Goes through the rows of a table for `user`; knows then the counts and the first rows of each outcome."""

    def __init__(self, sheet: Sheet, table: Table, user):
        self.sheet, self.table, self.user = sheet, table, user
        self.columns = {name: sheet.columns[name] for name in table.headers if name in sheet.columns}
        self.may_add = user.has_perm(permission(sheet.model, "add"))
        self.counts = Counter()
        self.with_draft = 0  # changed rows of records that have a working draft
        self.shown: dict[Outcome, list[Row]] = {outcome: [] for outcome in Outcome}
        self._rows_by_record: dict[object, int] = {}
        self._digest = hashlib.sha256()

    @property
    def done(self) -> int:
        """Rows that were looked at."""
        return self.counts.total()

    @property
    def to_write(self) -> int:
        return self.counts[Outcome.NEW] + self.counts[Outcome.CHANGED]

    @property
    def digest(self) -> str:
        """The same for the same outcome of every row."""
        return self._digest.hexdigest()

    def batches(self) -> Iterator[list[Row]]:
        """The rows, looked at, some at a time. Raises FileError."""
        while numbered := list(islice(self.table.rows, AT_ONCE)):
            rows = [self._row(number, cells) for number, cells in numbered]
            self._look_up(rows)
            known = [row.record.pk for row in rows if row.record is not None and not row.is_new]
            links = self.sheet.links(known)
            drafts = self._drafts(known)
            for row in rows:
                row.has_draft = row.record is not None and row.record.pk in drafts
                self._compare(row, links)
                self._count(row)
            yield rows

    def _row(self, number: int, cells: list[str]) -> Row:
        row = Row(number, {name: cell for name, cell in zip(self.table.headers, cells, strict=True) if name})
        values = {}
        for name in self.sheet.identifying:
            if name in self.columns:
                try:
                    values[name] = self.columns[name].clean(row.cells)
                except ValidationError:
                    return row  # which says what is wrong with the cell when all cells are read
        try:
            row.identity = self.sheet.identity(values)
        except ValidationError as error:
            for name, errors in error.error_dict.items():
                row.wrong(ValidationError(errors), name)
        return row

    def _look_up(self, rows: list[Row]) -> None:
        """Find the record of each row, or make a new one."""
        found = self.sheet.find({row.identity for row in rows if row.identity is not None})
        for row in rows:
            if row.identity is None:
                continue
            match found.get(row.identity, []):
                case []:
                    self._begin(row)
                case [record]:
                    row.record = record
                case several:
                    ids = ", ".join(sorted(str(record.pk) for record in several))
                    row.wrong(
                        ValidationError(
                            _("Several records are meant by this row: %(ids)s. Add a column “id” and write which.")
                            % {"ids": ids}
                        )
                    )
            if row.record is not None:
                self._once(row)

    def _begin(self, row: Row) -> None:
        try:
            row.record, row.is_new = self.sheet.new(row.identity), True
        except ValidationError as error:
            for name, errors in error.error_dict.items():
                row.wrong(ValidationError(errors), name)
            return
        if not self.may_add:
            row.wrong(ValidationError(_("This would be a new record. You may change records but not add any.")))
        for name, column in self.sheet.columns.items():
            if column.required and name not in self.columns:
                row.wrong(ValidationError(_("A new record needs this. Add the column.")), name)

    def _once(self, row: Row) -> None:
        key = row.identity if row.is_new else row.record.pk
        first = self._rows_by_record.setdefault(key, row.number)
        if first != row.number:
            row.wrong(ValidationError(_("Row %(row)s speaks of the same record. Delete one of them.") % {"row": first}))

    def _drafts(self, pks: list) -> set:
        """Which of these records have a working draft."""
        drafts = WorkingDraft.objects.of_kind(self.sheet.model).filter(object_id__in=pks)
        return set(drafts.values_list("object_id", flat=True)) if pks else set()

    def _compare(self, row: Row, links: dict[str, dict]) -> None:
        """Read every cell, and put what is different into the record."""
        record = row.record if row.record is not None else self.sheet.model()
        said = {problem.column for problem in row.problems}
        for name, column in self.columns.items():
            try:
                new = column.read(row.cells[name], record)
            except ValidationError as error:
                if name not in said:
                    row.wrong(error, name)
                continue
            old = self.sheet.value(column, record, links)
            # The identity stands in a new record already.
            if column.same(old, new):
                continue
            if refusal := self.sheet.refusal(record, name):
                row.wrong(ValidationError(refusal), name)
                continue
            row.changes.append(Change(column, old, new))
            column.put(record, new)
        if row.problems or not (row.changes or row.is_new):
            return
        if not row.is_new and not may_change(self.user, record):
            row.wrong(ValidationError(self._why_not(record)))
            return
        try:
            record.clean()
        except ValidationError as error:
            self._said_by_the_model(row, error)

    def _why_not(self, record: Publishable) -> str:
        if self.user.has_perm(permission(self.sheet.model, "change")):
            return _("This record is not a draft (it is: %(status)s). You may change drafts only.") % {
                "status": Status(record.status).label
            }
        return _("You may add records but not change any.")

    def _said_by_the_model(self, row: Row, error: ValidationError) -> None:
        by_field = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
        for name, errors in by_field.items():
            name = self.sheet.said_in.get(name, name)
            row.wrong(ValidationError(errors), name if name in self.sheet.columns else "")

    def _count(self, row: Row) -> None:
        outcome = row.outcome
        self.counts[outcome] += 1
        self.with_draft += outcome == Outcome.CHANGED and row.has_draft
        if len(self.shown[outcome]) < SHOWN:
            self.shown[outcome].append(row)
        pk = "" if row.record is None or row.is_new else row.record.pk
        changes = [change.shown for change in row.changes] if outcome == Outcome.CHANGED else []
        self._digest.update(repr((row.number, outcome.value, pk, row.has_draft, changes)).encode())
