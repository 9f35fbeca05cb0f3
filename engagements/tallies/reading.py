"""What pages ask of the tallies: the answers of `EngagementQuerySet`, in a fixed number of small queries."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Self

from django.db.models import Exists, F, Model, OuterRef, QuerySet, Sum

from codelists.models import Country, Region, Sector, Topic
from engagements.numbered import countries_with, regions_with, with_counts, years_with
from engagements.tallies.counting import count_what_has_come_due
from engagements.tallies.dimensions import RECORDS, Dimension
from engagements.tallies.facts import engagement_model
from engagements.tallies.models import RecordTally, Tally, Total, Use
from listing.facets import count_rows, read_values
from organisations.models import Organisation
from profiles.models import Profile
from programmes.models import Programme

MODELS: dict[Dimension, type[Model]] = {
    Dimension.COUNTRY: Country,
    Dimension.REGION: Region,
    Dimension.PROGRAMME: Programme,
    Dimension.SECTOR: Sector,
    Dimension.TOPIC: Topic,
    Dimension.PROFILE: Profile,
    Dimension.ORGANISATION: Organisation,
}
# The path from an engagement to what its scope is.
PATHS = {
    Dimension.COUNTRY: "country",
    Dimension.REGION: "country__region",
    Dimension.PROGRAMME: "programme",
    Dimension.SECTOR: "sector",
    Dimension.TOPIC: "topics",
}
# The figures that are numbers of different records.
COUNTED = {"programmes": Dimension.PROGRAMME, "people": Dimension.PROFILE, "partners": Dimension.ORGANISATION}


def rows(scope: Dimension, keys: Collection[str], dimension: Dimension) -> QuerySet:
    """The rows of a scope, or of several with these `keys`, that have a public value in `dimension`."""
    model = RecordTally if dimension in RECORDS else Tally
    found = model.objects.filter(scope=scope, scope_key__in=keys, dimension=dimension)
    if dimension in RECORDS:
        found = found.filter(Exists(MODELS[dimension].objects.published().filter(pk=OuterRef("key"))))
    return found


def numbers(rows: QuerySet, most: int | None = None, *, one_scope: bool = True) -> QuerySet:
    """The keys in `rows` as `facet_value`, with their numbers as `facet_number`: all, or only the `most` frequent."""
    if one_scope:
        found = rows.values(facet_value=F("key"), facet_number=F("number"))
    else:
        found = rows.values(facet_value=F("key")).annotate(facet_number=Sum("number"))
    return found if most is None else found.order_by("-facet_number", "key")[:most]


@dataclass(frozen=True)
class Scope:
    """All public engagements, or those that have the `key` in `dimension`."""

    dimension: Dimension = Dimension.EVERYTHING
    key: str = ""

    @classmethod
    def of(cls, record: Model) -> Self:
        """Those of a country, region, programme, sector or topic."""
        dimension = next(dimension for dimension in PATHS if MODELS[dimension] is type(record))
        return cls(dimension, str(record.pk))

    def engagements(self) -> QuerySet:
        """The engagements themselves."""
        published = engagement_model().objects.published()
        return published if self == Scope() else published.filter(**{PATHS[self.dimension]: self.key})

    # What follows from them, as the methods of `EngagementQuerySet` with the same names say it.

    def countries(self) -> list[Country]:
        return countries_with(self.numbers(Dimension.COUNTRY), Country.objects.select_related("region"))

    def regions(self) -> list[Region]:
        return regions_with(self.numbers(Dimension.COUNTRY))

    def figures(self, *, of_records: Iterable[str] = COUNTED) -> dict[str, int | None]:
        """Of programmes, people and partners only those named in `of_records` are counted."""
        count_what_has_come_due()
        return self._figures(Tally.objects.filter(**self._row, dimension=Dimension.COUNTRY).count(), of_records)

    def overview(self, newest: int = 20) -> dict:
        count_what_has_come_due()
        found = read_values(
            {
                "countries": self._numbers(Dimension.COUNTRY),
                "programmes": self._numbers(Dimension.PROGRAMME, 50),
                "people": self._numbers(Dimension.PROFILE, 24),
                "partners": self._numbers(Dimension.ORGANISATION, 40),
                "years": self._numbers(Dimension.YEAR),
            }
        )
        countries, years = found.pop("countries"), found.pop("years")
        records = {name: {int(key): number for key, number in counts.items()} for name, counts in found.items()}
        return {
            "figures": self._figures(len(countries), COUNTED),
            "countries": countries_with(countries),
            "programmes": with_counts(Programme.objects.all(), records["programmes"]),
            "people": with_counts(Profile.objects.for_cards(), records["people"]),
            "partners": with_counts(Organisation.objects.all(), records["partners"]),
            "years": years_with({int(year): number for year, number in years.items()}),
            "engagements": self.engagements().newest_first().for_cards()[:newest],
        }

    def numbers(self, dimension: Dimension) -> dict[str, int]:
        """How many of the engagements have each value of `dimension`, by its key as text."""
        count_what_has_come_due()
        return read_values({"numbers": self._numbers(dimension)})["numbers"]

    @property
    def _row(self) -> dict:
        return {"scope": self.dimension, "scope_key": self.key}

    def _numbers(self, dimension: Dimension, most: int | None = None) -> QuerySet:
        return numbers(rows(self.dimension, [self.key], dimension), most)

    def _figures(self, countries: int, of_records: Iterable[str]) -> dict[str, int | None]:
        total = Total.objects.filter(**self._row).first()
        counted = {name: rows(self.dimension, [self.key], COUNTED[name]).values("key") for name in of_records}
        return {
            "engagements": total.number if total else 0,
            "countries": countries,
            "women_trained": total.women_trained if total and total.women_counted else None,
            "men_trained": total.men_trained if total and total.men_counted else None,
            **count_rows(counted),
        }


def uses_of(programmes: Iterable[Programme]) -> dict[tuple[int, str], int]:
    """The number of public engagements by the keys of programme and country."""
    count_what_has_come_due()
    found = Use.objects.filter(programme__in=[programme.pk for programme in programmes])
    return {(use.programme_id, use.country_id): use.number for use in found}
