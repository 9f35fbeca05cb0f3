"""The columns of a sheet: fields of django-import-export that know their model field, and links to other records.

A link is written with the record it starts from and read for many records at once, which the library's
`ManyToManyWidget` cannot do; with bulk writing the library leaves links out altogether.
"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from import_export.fields import Field
from modeltranslation.fields import TranslationField

from sheets.cells import SEVERAL, canonical


class Column(Field):
    """A column that holds one column of the model. `writes` names the attributes of the record that it fills."""

    leads_to_several = False

    def bind(self, model: type[Model]) -> None:
        """Look up the model's field."""
        self.model_field = model._meta.get_field(self.attribute)
        self.writes = [self.attribute]
        if isinstance(self.model_field, TranslationField):
            # The untranslated column holds the English text, too: see multilingual.admin.
            self.writes.append(self.model_field.translated_field.name)

    @property
    def required(self) -> bool:
        """Whether the cell of every record has to be filled in."""
        field = self.model_field
        if isinstance(field, TranslationField):
            return field.language == "en" and not field.translated_field.blank
        return not field.blank and not field.has_default()

    @property
    def label(self) -> str:
        return self.model_field.verbose_name

    @property
    def help(self) -> str:
        return self.model_field.help_text

    @property
    def allowed(self) -> str:
        return self.widget.allowed

    def get_value(self, record):
        return getattr(record, self.model_field.attname)

    def read(self, cell: str, record: Model):
        """The value of a cell for `record`, as its model field wants it.

        Raises ValidationError with what to write instead.
        """
        value = self.clean({self.column_name: cell})
        if value in self.empty_values:
            value = None if self.model_field.null else ""
            if not self.model_field.blank and self.model_field.has_default():
                value = self.model_field.get_default() if record._state.adding else value
        if value in self.empty_values:
            if self.required or not self.model_field.blank:
                raise ValidationError(_("Fill in this cell."))
            return value
        return self.model_field.clean(value, record)

    def same(self, one, other) -> bool:
        """Whether nothing would change. What a cell cannot hold, such as a space at the end, is no difference."""
        if isinstance(one, str | None) and isinstance(other, str | None):
            return one == other or canonical(one or "") == canonical(other or "")
        return one == other

    def put(self, record: Model, value) -> None:
        setattr(record, self.model_field.attname, value)


class ReferenceColumn(Column):
    """Another record, by its key. The widget has looked it up: asking for each row again would be a query a row."""

    def read(self, cell, record):
        value = self.clean({self.column_name: cell})
        if value is None and not self.model_field.null:
            raise ValidationError(_("Fill in this cell."))
        return value

    def bind(self, model):
        super().bind(model)
        self._targets = {None: None}

    def put(self, record, value):
        # With a record behind the relation, asking whether there is one asks no query.
        if value not in self._targets:
            self._targets[value] = self.model_field.related_model(pk=value)
        setattr(record, self.model_field.name, self._targets[value])


class SlugColumn(Column):
    """The slug: for a new record it may be left empty, and is then made of the name."""

    required = False
    allowed = _("small letters without accents, digits and hyphens; left empty, it is made of the name")

    def read(self, cell, record):
        return super().read(cell or record.slug, record) if cell or record.slug else ""


class StatusColumn(Column):
    """The status, to read only: what is published is decided with the buttons."""

    required = False

    def read(self, cell, record):
        value = self.clean({self.column_name: cell}) or record.status
        if value != record.status:
            raise ValidationError(
                _(
                    "An import does not change the status, which is “%(status)s”. Empty the cell, and use the buttons "
                    "on the record’s page to publish or archive."
                ),
                params={"status": record.status},
            )
        return value

    @property
    def help(self) -> str:
        return _("To read only: it changes with the buttons on the record’s page. New records are drafts.")


class KeyColumn(Column):
    """The number of the record in the database: it names the record, and is never written."""

    required = False

    def read(self, cell, record):
        return record.pk

    @property
    def help(self) -> str:
        return _("The number of an existing record. Leave it empty for a new one.")


class DateColumn(Column):
    """A date and its precision, which are two columns of the model: `name` and `precision`."""

    def __init__(self, *, name: str, precision: str, **kwargs):
        super().__init__(attribute=name, **kwargs)
        self.precision = precision

    def bind(self, model):
        super().bind(model)
        self.writes = [self.attribute, self.precision]

    @property
    def required(self) -> bool:
        return not self.model_field.null

    def get_value(self, record):
        value = getattr(record, self.attribute)
        return value and (value, getattr(record, self.precision))

    def read(self, cell, record):
        value = self.clean({self.column_name: cell})
        if value is None and self.required:
            raise ValidationError(_("Fill in this cell."))
        return value

    def put(self, record, value):
        day, precision = value or (None, record._meta.get_field(self.precision).get_default())
        setattr(record, self.attribute, day)
        setattr(record, self.precision, precision)


class LinksColumn(Column):
    """A field that leads to several records. Its value is a tuple of their primary keys."""

    leads_to_several = True
    required = False

    def bind(self, model):
        super().bind(model)
        self.writes = []
        self.through = self.model_field.remote_field.through
        self.source = self.through._meta.get_field(self.model_field.m2m_field_name()).attname
        self.target = self.through._meta.get_field(self.model_field.m2m_reverse_field_name()).attname

    @property
    def allowed(self) -> str:
        return f"{self.widget.allowed}{SEVERAL}"

    def load(self, pks: Iterable) -> dict[object, tuple]:
        """The value of each of these records, in one query; nothing for a record without links."""
        found = defaultdict(tuple)
        for source, value in self._links(pks):
            found[source] += (value,)
        return found

    def _links(self, pks):
        links = self.through._base_manager.filter(**{f"{self.source}__in": list(pks)}).order_by("pk")
        return links.values_list(self.source, self.target)

    def read(self, cell, record):
        return self.clean({self.column_name: cell})

    def same(self, one, other):
        return set(one) == set(other)

    def put(self, record, value):
        """Nothing: links are written after the record, which has no key before."""

    def write(self, changes: list[tuple[Model, tuple, tuple]]) -> None:
        """Make the links those of the new values: each change is a record, its old and its new value."""
        gone = {(record.pk, self._pk(value)) for record, old, new in changes for value in _without(self, old, new)}
        if gone:
            links = self.through._base_manager.filter(**{f"{self.source}__in": {source for source, _target in gone}})
            wrong = [pk for pk, *ends in links.values_list("pk", self.source, self.target) if tuple(ends) in gone]
            # No signal for each of many links: the records themselves are indexed anew.
            wrong_links = self.through._base_manager.filter(pk__in=wrong)
            wrong_links._raw_delete(wrong_links.db)
        added = chain.from_iterable(
            (self._link(record, value) for value in new if value not in set(old)) for record, old, new in changes
        )
        self._add(list(added))

    def _pk(self, value):
        return value

    def _link(self, record, value):
        return self.through(**{self.source: record.pk, self.target: value})

    def _add(self, links):
        self.through._base_manager.bulk_create(links, batch_size=1000)


class RolesColumn(LinksColumn):
    """Links that have a role each. Its value is a tuple of pairs: primary key and role."""

    def _links(self, pks):
        links = self.through._base_manager.filter(**{f"{self.source}__in": list(pks)}).order_by("pk")
        ends_and_role = links.values_list(self.source, self.target, "role")
        return ((source, (target, role)) for source, target, role in ends_and_role)

    def _pk(self, value):
        return value[0]

    def _link(self, record, value):
        target, role = value
        return self.through(**{self.source: record.pk, self.target: target, "role": role})

    def _add(self, links):
        ends = [self.model_field.m2m_field_name(), self.model_field.m2m_reverse_field_name()]
        self.through._base_manager.bulk_create(
            links, batch_size=1000, update_conflicts=True, unique_fields=ends, update_fields=["role"]
        )


def _without(column: LinksColumn, old: tuple, new: tuple) -> list:
    """The old links whose record is not among the new ones at all."""
    kept = {column._pk(value) for value in new}
    return [value for value in old if column._pk(value) not in kept]
