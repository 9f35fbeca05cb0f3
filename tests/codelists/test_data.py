"""The rows that every installation starts with."""

import csv
from collections import Counter

import pytest
import yaml
from django.conf import settings
from django.utils import translation

from charts.world import world
from codelists.loading import DATA, TOPICS, read
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
from scripts.build_map import project

SAMPLE = settings.BASE_DIR / "sample" / "data"
MODELS = [Country, DeliveryMode, Language, Region, Sector, Subregion, SustainableDevelopmentGoal, Topic]

pytestmark = pytest.mark.django_db


def members() -> list[dict[str, str]]:
    with (DATA / "ilo_regions.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def used_in_sample(*names: str) -> set:
    """The values under any of the keys `names` anywhere in the sample content."""
    found = set()

    def collect(node):
        if isinstance(node, list):
            for item in node:
                collect(item)
        elif isinstance(node, dict):
            for key, value in node.items():
                if key in names:
                    found.update(value if isinstance(value, list) else [value])
                collect(value)

    for path in SAMPLE.glob("*.yaml"):
        collect(yaml.safe_load(path.read_text(encoding="utf-8")))
    return found


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_every_row_is_named_in_every_language(model, language):
    names = model.objects.values_list(f"name_{language}", flat=True)
    assert names
    assert all(name and name == name.strip() for name in names)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_no_two_rows_of_a_list_have_the_same_name(model, language):
    names = Counter(model.objects.values_list(f"name_{language}", flat=True))
    assert [name for name, count in names.items() if count > 1] == []


def test_there_are_249_countries():
    assert Country.objects.count() == 249


@pytest.mark.parametrize("model", MODELS)
def test_every_row_passes_its_models_validation(model):
    for row in model.objects.all():
        row.full_clean()


@pytest.mark.parametrize(
    ("code", "alpha3", "m49", "subregion"),
    [
        ("PE", "PER", "604", "419"),
        ("JM", "JAM", "388", "419"),
        ("US", "USA", "840", "021"),
        ("DZ", "DZA", "012", "015"),
        ("KE", "KEN", "404", "202"),
        ("AF", "AFG", "004", "034"),
        ("KZ", "KAZ", "398", "143"),
        ("PS", "PSE", "275", "145"),
        ("FJ", "FJI", "242", "054"),
        ("AQ", "ATA", "010", None),
    ],
)
def test_country_has_its_un_m49_code_and_subregion(code, alpha3, m49, subregion):
    country = Country.objects.get(pk=code)
    assert (country.alpha3, country.m49, country.subregion_id) == (alpha3, m49, subregion)


def test_every_country_but_antarctica_has_a_subregion():
    assert list(Country.objects.filter(subregion=None).values_list("pk", flat=True)) == ["AQ"]


def test_every_country_but_antarctica_has_a_point():
    assert list(Country.objects.filter(latitude=None).values_list("pk", flat=True)) == ["AQ"]


@pytest.mark.parametrize("code", ["PE", "BO", "FJ", "KI", "NZ", "RU", "US", "MV", "VA"])
def test_the_point_of_a_country_lies_on_its_land(code):
    country = Country.objects.get(pk=code)
    x, y = project(float(country.longitude), float(country.latitude))
    box = world().shapes[code].box
    assert box.left - 3 <= x <= box.right + 3
    assert box.top - 3 <= y <= box.bottom + 3


def test_every_subregion_has_countries():
    assert not Subregion.objects.filter(countries=None).exists()


@pytest.mark.parametrize(
    ("code", "english", "spanish", "french"),
    [
        ("DE", "Germany", "Alemania", "Allemagne"),
        ("PE", "Peru", "Perú", "Pérou"),
        ("CI", "Côte d'Ivoire", "Côte d'Ivoire", "Côte d'Ivoire"),
        ("TR", "Türkiye", "Türkiye", "Türkiye"),
        (
            "PS",
            "Occupied Palestinian Territory",
            "Territorio Palestino Ocupado",
            "Territoire palestinien occupé",
        ),
        (
            "CD",
            "Democratic Republic of the Congo",
            "República Democrática del Congo",
            "République démocratique du Congo",
        ),
        ("VN", "Viet Nam", "Viet Nam", "Viet Nam"),
        ("LC", "Saint Lucia", "Santa Lucía", "Sainte-Lucie"),
        ("TT", "Trinidad and Tobago", "Trinidad y Tobago", "Trinité-et-Tobago"),
    ],
)
def test_country_is_named_as_people_write_it(code, english, spanish, french):
    country = Country.objects.get(pk=code)
    assert (country.name_en, country.name_es, country.name_fr) == (english, spanish, french)


@pytest.mark.parametrize("sign", ["&", "St. ", "’", " - "])
def test_no_country_name_has_the_shorthand_of_cldr(sign):
    for language in ("en", "es", "fr"):
        assert not Country.objects.filter(**{f"name_{language}__contains": sign}).exists()


def test_regions_are_the_organisations_five_in_their_order():
    assert list(Region.objects.values_list("pk", flat=True)) == [
        "africa",
        "americas",
        "arab-states",
        "asia-pacific",
        "europe-central-asia",
    ]


def test_every_member_state_has_its_region():
    regions = dict(Country.objects.values_list("pk", "region_id"))
    assert {row["code"]: regions[row["code"]] for row in members()} == {row["code"]: row["region"] for row in members()}


def test_regions_have_as_many_member_states_as_the_organisation_says():
    states = Counter(row["region"] for row in members() if row["member"] == "yes")
    assert states == {
        "africa": 54,
        "americas": 35,
        "arab-states": 11,
        "asia-pacific": 36,
        "europe-central-asia": 51,
    }


def test_areas_that_the_organisation_has_not_assigned_have_no_region():
    assigned = {row["code"] for row in members()}
    assert set(Country.objects.filter(region=None).values_list("pk", flat=True)) == set(
        Country.objects.exclude(pk__in=assigned).values_list("pk", flat=True)
    )


@pytest.mark.parametrize(
    ("code", "region"),
    [
        ("EG", "africa"),
        ("MR", "africa"),
        ("TR", "europe-central-asia"),
        ("KZ", "europe-central-asia"),
        ("AF", "asia-pacific"),
        ("PS", "arab-states"),
    ],
)
def test_region_differs_from_geography_where_the_organisation_does(code, region):
    assert Country.objects.get(pk=code).region_id == region


def test_sectors_are_the_21_sections_of_isic():
    assert "".join(Sector.objects.values_list("pk", flat=True)) == "ABCDEFGHIJKLMNOPQRSTU"


def test_sector_has_a_plain_name_beside_its_official_title():
    sector = Sector.objects.get(pk="N")
    assert (sector.isic_title, sector.name_en) == (
        "Administrative and support service activities",
        "Business support services",
    )


def test_goals_are_numbered_from_1_to_17():
    assert list(SustainableDevelopmentGoal.objects.values_list("pk", flat=True)) == list(range(1, 18))


def test_all_184_languages_with_two_letters_are_there():
    assert Language.objects.filter(code__regex=r"^[a-z]{2}$").count() == 184


@pytest.mark.parametrize("code", ["mul", "und", "zxx", "tlh", "grc"])
def test_what_nobody_works_in_is_no_language(code):
    assert not Language.objects.filter(pk=code).exists()


@pytest.mark.parametrize(
    ("model", "keys"),
    [
        (Country, ["country", "countries", "countries_covered"]),
        (DeliveryMode, ["delivery_modes"]),
        (Language, ["language", "languages"]),
        (Sector, ["sector", "sectors"]),
        (SustainableDevelopmentGoal, ["sdgs"]),
    ],
)
def test_sample_content_uses_only_codes_of_the_list(model, keys):
    used = used_in_sample(*keys)
    assert used
    assert used <= set(model.objects.values_list("pk", flat=True))


def test_sample_content_uses_only_topics_of_the_list():
    used = used_in_sample("topics")
    assert used
    assert used <= set(Topic.objects.values_list("slug", flat=True))


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_every_topic_is_described_in_one_sentence(language):
    for row in read(TOPICS):
        description = row[f"description_{language}"]
        assert description.endswith(".")
        assert description.count(".") == 1


def test_name_reads_the_language_of_the_moment():
    country = Country.objects.get(pk="DE")
    with translation.override("fr"):
        assert str(country) == "Allemagne"


def test_goal_is_shown_with_its_number():
    assert str(SustainableDevelopmentGoal.objects.get(pk=8)) == "8. Decent work and economic growth"
