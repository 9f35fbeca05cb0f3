"""Records with the number of engagements that each has, in the order in which pages show them."""

from collections import defaultdict
from typing import Any

from django.db.models import QuerySet

from codelists.models import Country, Region
from multilingual.text import sort_key


def with_counts(records: QuerySet, counts: dict[Any, int]) -> list:
    """The `records` that are keys of `counts`, each with its number as `engagement_count`: most first, then by name."""
    found = records.in_bulk(counts)
    for key, record in found.items():
        record.engagement_count = counts[key]
    return sorted(found.values(), key=lambda record: (-record.engagement_count, sort_key(str(record))))


def countries_with(counts: dict[str, int], countries: QuerySet[Country] | None = None) -> list[Country]:
    """The countries that are keys of `counts`, by name, each with its number as `engagement_count`.

    `countries` fetches them, where more than the countries alone is wanted.
    """
    countries = with_counts(Country.objects.all() if countries is None else countries, counts)
    return sorted(countries, key=lambda country: sort_key(country.name))


def regions_with(counts: dict[str, int]) -> list[Region]:
    """The regions of these countries in their order, with the sums of `counts` and the number of countries."""
    numbers = defaultdict(list)
    for country, region in Country.objects.filter(pk__in=counts, region__isnull=False).values_list("pk", "region"):
        numbers[region].append(counts[country])
    regions = sorted(Region.objects.in_bulk(numbers).values(), key=lambda region: region.position)
    for region in regions:
        region.engagement_count, region.country_count = sum(numbers[region.pk]), len(numbers[region.pk])
    return regions


def years_with(counts: dict[int, int]) -> list[tuple[int, int]]:
    """The years from the first to the last one of `counts` without a gap, each with its number."""
    return [(year, counts.get(year, 0)) for year in range(min(counts), max(counts) + 1)] if counts else []
