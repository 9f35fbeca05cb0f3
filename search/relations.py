"""Which entries a record stands in besides its own: what has to be indexed anew when it changes."""

from collections.abc import Iterable, Iterator

from django.db.models import Model, QuerySet

from codelists.models import (
    Country,
    DeliveryMode,
    Language,
    Region,
    Sector,
    Subregion,
    SustainableDevelopmentGoal,
    Topic,
)
from engagements.models import Engagement, EngagementStaff
from organisations.models import Office, Organisation
from profiles.models import (
    Education,
    Exchange,
    InterviewPhoto,
    Position,
    Profile,
    ProfileLink,
    Series,
)
from programmes.models import Material, Module, Programme
from search.kinds import KINDS, Kind

# Kind and key of a record, as in ("engagement", "7").
Key = tuple[str, str]

# Parts of a record, whose words are in its entry: the kind of the whole, and the relation that leads there.
PARTS: dict[type[Model], tuple[str, str]] = {
    Exchange: ("interview", "interview"),
    InterviewPhoto: ("interview", "interview"),
    Module: ("programme", "programme"),
    Material: ("programme", "programme"),
    ProfileLink: ("profile", "profile"),
    Education: ("profile", "profile"),
    Position: ("profile", "profile"),
    EngagementStaff: ("engagement", "engagement"),
}

# Records named in the entries of others: the kind of those, and the path from them to the record.
NAMED_IN: dict[type[Model], list[tuple[str, str]]] = {
    Country: [
        ("engagement", "country"),
        ("organisation", "country"),
        ("profile", "office__country"),
        ("profile", "positions__countries"),
        ("profile", "education__country"),
    ],
    DeliveryMode: [("programme", "delivery_modes")],
    Language: [("profile", "languages"), ("programme", "languages"), ("interview", "language")],
    Office: [("profile", "office")],
    Organisation: [
        ("engagement", "partners"),
        ("programme", "partners"),
        ("profile", "positions__organisation"),
        ("profile", "education__organisation"),
    ],
    Profile: [("interview", "profile"), ("engagement", "staff")],
    Programme: [("engagement", "programme")],
    Region: [("country", "region")],
    Sector: [("programme", "sectors"), ("engagement", "sector")],
    Series: [("interview", "series")],
    Subregion: [("country", "subregion")],
    SustainableDevelopmentGoal: [("programme", "sdgs")],
    Topic: [("profile", "topics"), ("programme", "topics"), ("engagement", "topics")],
}

# Models whose links to many others are in entries.
LINKING: list[type[Model]] = [Profile, Programme, Engagement, Position]

KIND_OF: dict[type[Model], str] = {kind.model: kind.name for kind in KINDS.values()}


def key_of(record: Model) -> Key:
    """The key of the entry that `record` has, or that its whole has."""
    model = type(record)
    if model in PARTS:
        kind, relation = PARTS[model]
        return kind, str(getattr(record, model._meta.get_field(relation).attname))
    return KIND_OF[model], str(record.pk)


def keys_of(model: type[Model], pks: Iterable) -> Iterator[Key]:
    """The keys of the entries of these records of `model`, or of their wholes."""
    if model in PARTS:
        kind, relation = PARTS[model]
        pks = model._base_manager.filter(pk__in=pks).values_list(relation, flat=True).distinct()
    else:
        kind = KIND_OF[model]
    return ((kind, str(pk)) for pk in pks)


def naming(model: type[Model], pks: Iterable) -> Iterator[tuple[Kind, QuerySet]]:
    """The records in whose entries these records of `model` are named: by kind and relation, some twice."""
    pks = list(pks)
    for name, path in NAMED_IN.get(model, []):
        records = KINDS[name].model._base_manager.filter(**{f"{path}__in": pks})
        yield KINDS[name], records.order_by().values_list("pk", flat=True).distinct()
