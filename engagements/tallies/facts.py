"""What an engagement counts for: read from the records as they are, and from what was counted last."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from django.apps import apps
from django.db.models import Model, QuerySet

from engagements.tallies.dimensions import CODES, RECORDS, SCOPES, Dimension
from engagements.tallies.models import Coming, Counted
from publishing.models import Status
from publishing.querysets import published_q


def engagement_model() -> type[Model]:
    """`Engagement`, which cannot be imported here: its querysets read the tallies."""
    return apps.get_model("engagements", "Engagement")


class Facts(NamedTuple):
    """All of an engagement that is counted, as the columns of `Counted` have it."""

    country: str
    region: str
    programme: int | None
    kind: str
    sector: str
    topics: str
    status: str
    year: int
    profiles: str
    organisations: str
    women_trained: int | None
    men_trained: int | None

    def keys(self) -> dict[Dimension, tuple]:
        """The keys that the engagement has in each dimension, as the tables have them."""
        return {
            Dimension.EVERYTHING: ("",),
            Dimension.COUNTRY: (self.country,),
            Dimension.REGION: (self.region,) if self.region else (),
            Dimension.PROGRAMME: (self.programme,) if self.programme is not None else (),
            Dimension.KIND: (self.kind,),
            Dimension.SECTOR: (self.sector,) if self.sector else (),
            Dimension.TOPIC: tuple(self.topics.split(",")) if self.topics else (),
            Dimension.STATUS: (self.status,),
            Dimension.YEAR: (str(self.year),),
            Dimension.PROFILE: _numbers(self.profiles),
            Dimension.ORGANISATION: _numbers(self.organisations),
        }

    def scopes(self) -> Iterator[tuple[int, str]]:
        """The scopes that it belongs to, each with its key."""
        keys = self.keys()
        return ((int(scope), str(key)) for scope in SCOPES for key in keys[scope])

    def codes(self) -> Iterator[tuple[int, str]]:
        """What it has of `CODES`: pairs of dimension and key."""
        keys = self.keys()
        return ((int(dimension), key) for dimension in CODES for key in keys[dimension])

    def records(self) -> Iterator[tuple[int, int]]:
        """What it has of `RECORDS`: pairs of dimension and key."""
        keys = self.keys()
        return ((int(dimension), key) for dimension in RECORDS for key in keys[dimension])


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(","))) if text else ()


class Span(list):
    """The numbers of all engagements from the first to the last of them: asked for by these two, which is faster."""


def _among(name: str, ids: Sequence[int]) -> dict:
    """The condition that the column `name` is among the `ids`."""
    if isinstance(ids, Span):
        return {f"{name}__gte": ids[0], f"{name}__lte": ids[-1]}
    return {f"{name}__in": ids}


def of_records(ids: Sequence[int], now: datetime) -> tuple[dict[int, Facts], dict[int, datetime]]:
    """What those of these engagements count for that are public `now`; and when others will be, that are to come.

    In five queries, however many there are.
    """
    model = engagement_model()
    # Not by the model's manager: modeltranslation looks at every row.
    engagements = QuerySet(model).filter(**_among("pk", ids)).order_by()
    later = engagements.filter(status=Status.PUBLISHED, publish_at__gt=now)
    public = engagements.filter(published_q(at=now)).values_list(
        "pk",
        "country",
        "country__region",
        "programme",
        "kind",
        "sector",
        "activity_status",
        "start_date",
        "women_trained",
        "men_trained",
    )
    topics, profiles, organisations = (_linked(model, name, ids) for name in ("topics", "staff", "partners"))
    facts = {
        pk: Facts(
            country=country,
            region=region or "",
            programme=programme,
            kind=kind,
            sector=sector or "",
            topics=topics[pk],
            status=status,
            year=start.year,
            profiles=profiles[pk],
            organisations=organisations[pk],
            women_trained=women,
            men_trained=men,
        )
        for pk, country, region, programme, kind, sector, status, start, women, men in public
    }
    return facts, dict(later.values_list("pk", "publish_at"))


def _linked(model: type[Model], relation: str, ids: Sequence[int]) -> dict[int, str]:
    """The keys of the records that each engagement has in the `relation`, in their order, with commas."""
    found = defaultdict(list)
    field = model._meta.get_field(relation)
    ends = field.m2m_column_name(), field.m2m_reverse_name()
    links = field.remote_field.through._base_manager.filter(**_among(ends[0], ids))
    for engagement, key in links.order_by().values_list(*ends):
        found[engagement].append(key)
    return defaultdict(str, {pk: ",".join(map(str, sorted(set(keys)))) for pk, keys in found.items()})


def as_counted(ids: Sequence[int]) -> tuple[dict[int, Facts], dict[int, datetime]]:
    """As what these engagements were last counted; and which of them are noted as still to come, and when."""
    rows = Counted._base_manager.filter(**_among("pk", ids)).values_list("pk", *Facts._fields)
    coming = Coming._base_manager.filter(**_among("pk", ids)).values_list("pk", "publish_at")
    return {pk: Facts(*values) for pk, *values in rows}, dict(coming)
