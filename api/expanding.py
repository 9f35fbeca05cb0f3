"""Reads `fields` and `expand` of a request, and refuses names that the answer does not have."""

from collections.abc import Iterable
from functools import cache

from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework.fields import Field

from api.parameters import refuse
from api.selecting import DEEPEST, Selection, names_in, outermost, tree
from api.serializers.base import SelectiveSerializer
from api.serializers.relations import RelatedField
from listing.strict import repeated


def selection(query: QueryDict, serializer_class: type[SelectiveSerializer]) -> Selection:
    """What the parameters `fields` and `expand` in `query` ask of records that `serializer_class` sends.

    Raises BadParameters for names that are not known, which says those that are.
    """
    expand = names_in(query.getlist("expand"))
    for name in expand:
        if name not in (known := all_expandable(serializer_class)):
            refuse("expand", not_known(name, known))
    branches = tree(expand)
    fields = names_in(query.getlist("fields"))
    if not fields:
        # Nothing named is everything: a form sends the empty value of a field that was left empty.
        return Selection(None, branches)
    sent = serializer_class(selection=Selection(None, branches))
    for name in fields:
        check_field(name, sent)
    return Selection(tree(outermost(fields)), branches)


@cache
def all_expandable(serializer_class: type[SelectiveSerializer]) -> tuple[str, ...]:
    """Every dotted name that can be expanded in what `serializer_class` sends."""
    return tuple(expandable(serializer_class()))


def expandable(serializer: SelectiveSerializer, levels: int = DEEPEST) -> list[str]:
    """The dotted names that can be expanded in what the `serializer` sends, at most so many `levels` deep."""
    names = []
    for name, field in serializer.fields.items():
        if isinstance(field, RelatedField):
            names.append(name)
        part = field.in_full if isinstance(field, RelatedField) else part_of(field)
        if part and levels > 1:
            names += [f"{name}.{within}" for within in expandable(part, levels - 1)]
    return names


def part_of(field: Field) -> SelectiveSerializer | None:
    """The serializer of what is within the `field`; None for a plain value."""
    part = field.shown if isinstance(field, RelatedField) else getattr(field, "child", field)
    return part if isinstance(part, SelectiveSerializer) else None


def check_field(path: str, serializer: SelectiveSerializer) -> None:
    """Refuse a dotted `path` that leads to no field of what the `serializer` sends."""
    part = serializer
    for name in path.split("."):
        if part is None:
            refuse("fields", _("“%(name)s” leads into a field that has none of its own.") % {"name": repeated(path)})
        if name not in part.fields:
            refuse("fields", not_known(path, part.fields))
        part = part_of(part.fields[name])


def not_known(name: str, known: Iterable[str]) -> str:
    values = {"name": repeated(name), "names": ", ".join(known)}
    return _("“%(name)s” is not known here. Known are: %(names)s.") % values
