"""Where training programmes have not been used yet, programme by programme and region by region.

A programme is used in a country where a public engagement with it is, planned and cancelled ones among them, as on
every page. The programmes given to these functions are public ones. Countries that belong to no region are left out.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field

from codelists.models import Country, Region
from engagements.tallies.dimensions import Dimension
from engagements.tallies.reading import Scope, uses_of
from multilingual.text import sort_key
from organisations.models import Office
from programmes.models import Programme


@dataclass(frozen=True)
class Reach:
    """In how many of the `countries` of a region a programme is `used`; of all regions where `region` is None."""

    region: Region | None
    used: int
    countries: int

    @property
    def not_yet(self) -> int:
        return self.countries - self.used

    @property
    def percent(self) -> int:
        """The share of the countries that use it, in whole percent."""
        return round(100 * self.used / self.countries) if self.countries else 0


@dataclass(frozen=True)
class ProgrammeReach:
    """A programme's reach in each region, and in all of them."""

    programme: Programme
    regions: list[Reach]

    @property
    def everywhere(self) -> Reach:
        return Reach(None, sum(reach.used for reach in self.regions), sum(reach.countries for reach in self.regions))


@dataclass(frozen=True)
class Gap:
    """The countries of a region as one programme finds them, each list by name.

    Each country carries `engagement_count`: in `used` that of the programme's public engagements there, else that of
    all public engagements there; and `offices_there`: the offices that work for it. Those that work for every country
    of the region are in `offices`.
    """

    programme: Programme
    region: Region
    offices: list[Office]
    used: list[Country] = field(default_factory=list)
    engaged_otherwise: list[Country] = field(default_factory=list)
    not_engaged: list[Country] = field(default_factory=list)

    @property
    def reach(self) -> Reach:
        not_yet = len(self.engaged_otherwise) + len(self.not_engaged)
        return Reach(self.region, len(self.used), len(self.used) + not_yet)


def reach(programmes: Iterable[Programme], regions: Iterable[Region]) -> list[ProgrammeReach]:
    """How far each of the `programmes` has come in each of the `regions`."""
    region_of = dict(Country.objects.filter(region__in=regions).values_list("pk", "region"))
    countries = Counter(region_of.values())
    used = Counter((programme, region_of.get(country)) for programme, country in uses_of(programmes))
    return [
        ProgrammeReach(
            programme, [Reach(region, used[programme.pk, region.pk], countries[region.pk]) for region in regions]
        )
        for programme in programmes
    ]


def gaps(pairs: list[tuple[Programme, Region]]) -> list[Gap]:
    """The countries of each region that use the programme beside it, and those that do not yet."""
    regions = {region.pk for _programme, region in pairs}
    uses = uses_of({programme.pk: programme for programme, _region in pairs}.values())
    countries = _countries(regions)
    offices = {region: _take_common_offices(those) for region, those in countries.items()}
    found = []
    for programme, region in pairs:
        gap = Gap(programme, region, offices.get(region.pk, []))
        for country in countries.get(region.pk, []):
            if number := uses.get((programme.pk, country.pk)):
                country = copy(country)  # other programmes have other numbers in it
                country.engagement_count = number
                gap.used.append(country)
            elif country.engagement_count:
                gap.engaged_otherwise.append(country)
            else:
                gap.not_engaged.append(country)
        found.append(gap)
    return found


def _countries(regions: set[str]) -> dict[str, list[Country]]:
    """The countries by their region, with `engagement_count` and `offices_there`, in the order of their names."""
    counts = Scope().numbers(Dimension.COUNTRY)
    by_region = defaultdict(list)
    countries = Country.objects.filter(region__in=regions).prefetch_related("offices", "covering_offices")
    for country in sorted(countries, key=lambda country: sort_key(country.name)):
        country.engagement_count = counts.get(country.pk, 0)
        country.offices_there = list(dict.fromkeys([*country.offices.all(), *country.covering_offices.all()]))
        by_region[country.region_id].append(country)
    return dict(by_region)


def _take_common_offices(countries: list[Country]) -> list[Office]:
    """Takes the offices that work for each of the `countries` out of their `offices_there`."""
    common = [office for office in countries[0].offices_there if all(office in one.offices_there for one in countries)]
    for country in countries:
        country.offices_there = [office for office in country.offices_there if office not in common]
    return common
