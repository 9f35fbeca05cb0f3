"""What a table of the data package is: columns, from which its CSV, its schema and its import follow."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db import connection, models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Collate
from modeltranslation.fields import TranslationField

from bundle.cells import Cell, cell_of
from bundle.stored import is_stored
from publishing.images.fields import FramingField, framing_of
from publishing.querysets import published_q

AT_ONCE = 2000  # rows fetched from the database
# In which texts sort as their characters are numbered, whatever the database and its language.
PLAIN_ORDER = {"postgresql": "C", "sqlite": "BINARY"}

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Extent:
    """How much a package holds: what is public at one moment, and of people's pictures all or those for reuse."""

    at: datetime
    reusable_only: bool = False

    def public(self, relation: str = "") -> Q:
        return published_q(relation, self.at)


class Reference(NamedTuple):
    """The table and the column of the key that a cell holds."""

    table: str
    column: str


@dataclass(frozen=True)
class Column:
    """A column: its name, the model field that keeps its values, and what they mean.

    `shown` is the condition under which a row's value is in the package, if not always; else the cell has `hidden`.
    """

    name: str
    field: models.Field
    description: str = ""
    reference: Reference | None = None
    shown: Callable[[Extent], Q | None] | None = None
    hidden: Any = None

    @cached_property
    def cell(self) -> Cell:
        return cell_of(self.field)

    def read(self, text: str) -> Any:
        """The value that a cell holds. Raises ValueError, saying what is wrong with it."""
        return self.cell.read(text)

    @property
    def title(self) -> str:
        original = self.field.translated_field if isinstance(self.field, TranslationField) else self.field
        return str(original.verbose_name or self.name.replace("_", " ")).capitalize()

    @property
    def language(self) -> str:
        """The language of a translated text, "" for anything else."""
        return self.field.language if isinstance(self.field, TranslationField) else ""

    @cached_property
    def is_required(self) -> bool:
        """Whether no cell is empty: neither NULL nor an empty text."""
        is_text = isinstance(self.field, models.CharField | models.TextField | models.FileField)
        return not self.field.null and not (is_text and self.field.blank)


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table: rows sorted by `key`, which is their primary key."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    def rows(self, extent: Extent) -> Iterator[Row]:
        """The values of all rows in the extent, in the order of the key."""
        raise NotImplementedError

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


@dataclass(frozen=True, kw_only=True)
class ModelTable(Table):
    """The public records of a model, which `public` tells from others.

    Where `file` names the column of a file, what belongs to a file that is not stored is not in the package: all
    columns whose names begin with it are empty then, or where it is the `whole_row`, the row is missing.
    """

    model: type[models.Model]
    public: Callable[[Extent], models.QuerySet]
    file: str = ""
    whole_row: bool = True

    def rows(self, extent: Extent) -> Iterator[Row]:
        shown, names = {}, []
        for column in self.columns:
            name = column.field.attname
            if column.shown and (condition := column.shown(extent)) is not None:
                value = When(condition, then=F(name))
                # Another name than the field's, whose values it replaces.
                shown[f"shown_{name}"] = Case(value, default=Value(column.hidden), output_field=_plain(column.field))
                name = f"shown_{name}"
            names.append(name)
        records = self.public(extent).annotate(**shown).order_by(*map(self._in_order, self.key))
        for row in records.values_list(*names).iterator(chunk_size=AT_ONCE):
            if not self.file or (row := self._with_file(row)):
                yield row

    def _in_order(self, key: str):
        kept = self.column(key).field
        while kept.remote_field:
            kept = kept.target_field
        name = self.column(key).field.attname
        is_text = isinstance(kept, models.CharField)
        return Collate(F(name), PLAIN_ORDER[connection.vendor]) if is_text else F(name)

    def _with_file(self, row: Row) -> Row | None:
        values = dict(zip([column.name for column in self.columns], row, strict=True))
        name = values[self.file]
        if name and not is_stored(name):
            if self.whole_row:
                return None
            values |= {column.name: column.hidden for column in self.columns if column.name.startswith(self.file)}
        for column in self.columns:
            if isinstance(column.field, FramingField) and framing_of(values[column.name], values[self.file]) is None:
                values[column.name] = None
        return tuple(values.values())


def _plain(kept: models.Field) -> models.Field:
    """A field that reads the same values from the database and adds nothing to them."""
    return kept.target_field if kept.remote_field else kept


def columns(
    model: type[models.Model], names: str, described: dict[str, str] | None = None, **changed: dict
) -> tuple[Column, ...]:
    """Columns for the fields of `model` in `names`, a translated one in every language.

    `described` says what they mean, and `changed` more about some of them, by name of the field.
    """
    made = []
    for name in names.split():
        kept = model._meta.get_field(name)
        translations = [one for one in model._meta.fields if getattr(one, "translated_field", None) is kept]
        for one in sorted(translations, key=lambda each: each.language) or [kept]:
            more = changed.get(name, {})
            made.append(Column(one.name, one, (described or {}).get(name, ""), **more))
    return tuple(made)
