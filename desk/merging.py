"""Makes two records of one person or organisation into one.

One record is kept: its address, status and number stand. What points to the other one is turned to it, whatever table
it stands in: every foreign key that leads to the model is found in the models themselves, so that a relation made
later is not forgotten. Links between two records are rows with two foreign keys, so these go the same way. Then the
other record is deleted, and its public address leads to the kept one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _
from django.utils.translation import override
from modeltranslation.fields import TranslationField
from modeltranslation.settings import DEFAULT_LANGUAGE

from desk.models import MERGEABLE, FormerAddress, PossibleDuplicate
from intake import merging as articles
from publishing.images import RenditionsField
from publishing.models import Publishable, WorkingDraft
from publishing.snapshots import repoint, take
from search import indexing
from search.relations import key_of
from search.waiting import naming

# What the kept record keeps, whatever the other one has.
STAYS = {"id", "slug", "status", "publish_at", "created_at", "updated_at", "withdrawn_on", "withdrawn_reason"}
# Columns that belong together begin with one of these words: an alternative text belongs to its own portrait.
TOGETHER = ("portrait", "consent")
# Nobody chooses between two consents: what the person agreed to stands with the record.
NEVER_CHOSEN = {"consent"}
EMPTY = (None, "", [], {})


class GoneError(Exception):
    """One of the two records is not there any more: somebody merged or deleted it."""


def may_merge(user, model: type[models.Model]) -> bool:
    """Whether `user` may merge records of this kind: it takes the rights to change, to publish and to delete."""
    label, name = model._meta.app_label, model._meta.model_name
    return user.has_perms([f"{label}.{verb}_{name}" for verb in ("change", "delete", "publish")])


@dataclass(frozen=True)
class Fact:
    """What two records say about one thing: a column, or several that belong together."""

    name: str
    columns: tuple[models.Field, ...]
    kept: tuple
    other: tuple

    @property
    def conflicts(self) -> bool:
        """Whether the two say different things, so that only one can stand."""
        return any(
            mine not in EMPTY and theirs not in EMPTY and mine != theirs
            for mine, theirs in zip(self.kept, self.other, strict=True)
        )

    @property
    def is_asked(self) -> bool:
        """Whether an editor chooses."""
        return self.conflicts and self.name not in NEVER_CHOSEN

    @property
    def filled(self) -> list[models.Field]:
        """The columns that are empty in the kept record and not in the other, where nothing speaks against it."""
        if self.conflicts:
            return []
        return [
            column
            for column, mine, theirs in zip(self.columns, self.kept, self.other, strict=True)
            if mine in EMPTY and theirs not in EMPTY
        ]


class Merge:
    """The merging of the record `other` into the record `kept` of the same model."""

    def __init__(self, kept: Publishable, other: Publishable):
        self.kept, self.other = kept, other
        self.model = type(kept)
        self.kind = kind_of(self.model)

    @classmethod
    def of(cls, model: type[Publishable], kept: int, other: int, *, locked: bool = False) -> "Merge":
        """The merging of the records with these keys; `locked` until the end of the transaction.

        Raises GoneError where one of them is not there.
        """
        if max(kept, other) > models.BigIntegerField.MAX_BIGINT:  # SQLite cannot be asked for that
            raise GoneError
        rows = model._base_manager.order_by("pk")
        if locked:
            rows = rows.select_for_update(of=("self",))
        found = {record.pk: record for record in rows.filter(pk__in=[kept, other])}
        if found.keys() != {kept, other}:
            raise GoneError
        return cls(found[kept], found[other])

    @cached_property
    def facts(self) -> list[Fact]:
        """What the two say, thing by thing, in the order of the model."""
        things: dict[str, list[models.Field]] = {}
        for column in self._columns():
            things.setdefault(_thing(column), []).append(column)
        return [
            Fact(
                name,
                tuple(columns),
                tuple(stored(self.kept, column) for column in columns),
                tuple(stored(self.other, column) for column in columns),
            )
            for name, columns in things.items()
        ]

    def _columns(self) -> Iterable[models.Field]:
        translated = {
            column.translated_field.name for column in self.model._meta.fields if isinstance(column, TranslationField)
        }
        for column in self.model._meta.concrete_fields:
            if column.name not in STAYS | translated and not isinstance(column, RenditionsField):
                yield column

    @property
    def fingerprint(self) -> str:
        """Is another one as soon as one of the two records was saved."""
        return " ".join(record.updated_at.isoformat() for record in (self.kept, self.other))

    def carry_out(self, chosen: Mapping[str, str]) -> None:
        """Merge. `chosen` says “other” for the facts, by name, in which the other record is right.

        To be called with locked records in a transaction. Raises ValidationError where the kept record would not be
        valid with what it takes over.
        """
        for record in (self.kept, self.other):
            if getattr(record, "withdrawn_on", None):
                text = _("%(name)s has withdrawn the consent. Record a new consent or erase the person, then merge.")
                raise ValidationError(text % {"name": record})
        with indexing.together():
            were = take(self.kept), take(self.other)
            self._take_over(chosen)
            for key in keys_to(self.model):
                _turn(key, self.kept, self.other)
            self._remember()
            self._turn_drafts()
            articles.turn(self.kept, self.other, *were)
            self.other.delete()
            # Rows were turned without signals: whoever named the other record names the kept one now.
            indexing.follow({key_of(self.kept)} | naming(self.model, [self.kept.pk]))

    def _take_over(self, chosen: Mapping[str, str]) -> None:
        for fact in self.facts:
            columns = fact.columns if fact.is_asked and chosen.get(fact.name) == "other" else fact.filled
            for column in columns:
                setattr(self.kept, column.attname, stored(self.other, column))
        # modeltranslation copies the text in the language of the moment to the original column: keep to one language.
        with override(DEFAULT_LANGUAGE):
            self.kept.full_clean()
            self._let_go_of_files()
            self.kept.save()

    def _let_go_of_files(self) -> None:
        """What the kept record has of the other's files now must not go with the other record."""
        released = {}
        for field in self.model._meta.concrete_fields:
            if isinstance(field, models.FileField):
                file = getattr(self.other, field.name)
                if file and file.name == getattr(self.kept, field.name).name:
                    released[field.name] = ""
        for field in self.model._meta.concrete_fields:
            if isinstance(field, RenditionsField) and field.picture in released:
                released[field.name] = None
        if released:
            self.model._base_manager.filter(pk=self.other.pk).update(**released)
            for name, value in released.items():
                setattr(self.other, name, value)

    def _turn_drafts(self) -> None:
        """The unpublished changes of other records name the kept record; those of the other one go into its history."""
        for draft in WorkingDraft.objects.select_related("content_type").select_for_update(of=("self",)):
            model = draft.content_type.model_class()
            if model is self.model and draft.object_id == self.other.pk:
                draft.keep(_("The working draft at the merging."))
                draft.delete()
            elif repoint(draft.data, model, self.model, self.other.pk, self.kept.pk):
                draft.save(update_fields=["data"])

    def _remember(self) -> None:
        """That the other's address leads to the kept record, and which pairs somebody set aside."""
        kind = ContentType.objects.get_for_model(self.model)
        FormerAddress.objects.filter(content_type=kind, object_id=self.other.pk).update(object_id=self.kept.pk)
        path = without_language(self.other.get_absolute_url())
        FormerAddress.objects.update_or_create(path=path, defaults={"content_type": kind, "object_id": self.kept.pk})
        pairs = PossibleDuplicate.objects.with_record(self.kind, self.other.pk)
        for pair in pairs.filter(set_aside_at__isnull=False):
            third = pair.second if pair.first == self.other.pk else pair.first
            if third != self.kept.pk:
                first, second = sorted((third, self.kept.pk))
                values = {name: getattr(pair, name) for name in ("reason", "set_aside_at", "set_aside_by")}
                PossibleDuplicate.objects.update_or_create(kind=pair.kind, first=first, second=second, defaults=values)
        pairs.delete()


def without_language(path: str) -> str:
    """A public path without the language that it begins with: “profiles/ana-ruiz/” of “/en/profiles/ana-ruiz/”."""
    return path.lstrip("/").partition("/")[2]


def stored(record: models.Model, column: models.Field):
    """What stands in the column: of a file its name."""
    value = getattr(record, column.attname)
    return (value.name or "") if isinstance(value, FieldFile) else value


def _thing(column: models.Field) -> str:
    """What the column is about: translations of a text are about one thing."""
    name = column.translated_field.name if isinstance(column, TranslationField) else column.name
    return next((word for word in TOGETHER if name == word or name.startswith(f"{word}_")), name)


def kind_of(model: type[models.Model]) -> str:
    """The name that addresses of the desk have for this kind of records."""
    return next(kind for kind, each in MERGEABLE.items() if each is model)


def links_to(model: type[models.Model], pks: Iterable[int]) -> dict[int, list[tuple[str, int]]]:
    """What points to each of these records, in words, and how often."""
    found = {pk: [] for pk in pks}
    for key in keys_to(model):
        counted = key.model._base_manager.filter(**{f"{key.name}__in": found}).order_by().values_list(key.name)
        for pk, number in counted.annotate(number=Count("pk")):
            found[pk].append((_plural(key), number))
    return found


def keys_to(model: type[models.Model]) -> list[models.ForeignKey]:
    """Every foreign key that leads to `model`, those in tables of links included."""
    return [
        relation.field
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)
    ]


def _pointing(key: models.ForeignKey, record: models.Model) -> models.QuerySet:
    return key.model._base_manager.filter(**{key.name: record})


def _plural(key: models.ForeignKey) -> str:
    """What the rows with this key are, in words; where they are links, what is at their other end."""
    for one_end in key.remote_field.model._meta.get_fields(include_hidden=True):
        if one_end.many_to_many and getattr(one_end, "through", None) is key.model:
            return one_end.related_model._meta.verbose_name_plural
        if one_end.many_to_many and not one_end.auto_created and one_end.remote_field.through is key.model:
            return one_end.verbose_name
    return key.model._meta.verbose_name_plural


def _turn(key: models.ForeignKey, kept: models.Model, other: models.Model) -> None:
    """Turn the rows that point to `other` to `kept`; of two that would say the same only one stays."""
    theirs = _pointing(key, other)
    for twin, row in _twins(key, kept, theirs):
        if hasattr(twin, "take_over"):
            twin.take_over(row)
        articles.turn_sources(twin, row)
        row.delete()
    theirs.update(**{key.name: kept})


def _twins(key: models.ForeignKey, kept: models.Model, theirs: models.QuerySet) -> list[tuple]:
    """Pairs of a row of the kept record and one of the other's that cannot or need not stand beside it."""
    unique = [[name for name in names if name != key.name] for names in _unique_together(key) if key.name in names]
    if unique:
        ours = list(_pointing(key, kept))
        taken = [(names, {_values(mine, names): mine for mine in ours}) for names in unique]
        found = ((_first(rows.get(_values(row, names)) for names, rows in taken), row) for row in theirs)
    elif key.remote_field.on_delete is models.CASCADE:  # parts of the two: few rows
        ours = list(_pointing(key, kept))
        found = ((_first(mine for mine in ours if _is_copy(key, mine, row)), row) for row in theirs)
    else:
        return []
    return [(twin, row) for twin, row in found if twin is not None]


def _first(rows: Iterable[models.Model | None]) -> models.Model | None:
    return next((row for row in rows if row is not None), None)


def _unique_together(key: models.ForeignKey) -> list[tuple[str, ...]]:
    options = key.model._meta
    total = [tuple(constraint.fields) for constraint in options.total_unique_constraints]
    return [*total, *map(tuple, options.unique_together), *([(key.name,)] if key.unique else [])]


def _values(row: models.Model, names: Iterable[str]) -> tuple:
    return tuple(getattr(row, row._meta.get_field(name).attname) for name in names)


def _is_copy(key: models.ForeignKey, mine: models.Model, row: models.Model) -> bool:
    """Whether the two parts say the same in every column and link."""
    options = row._meta
    names = [field.name for field in options.concrete_fields if not field.primary_key and field.name != key.name]
    return _values(mine, names) == _values(row, names) and all(
        set(getattr(mine, link.name).values_list("pk")) == set(getattr(row, link.name).values_list("pk"))
        for link in options.many_to_many
    )
