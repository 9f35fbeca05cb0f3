"""What the code lists refuse, and where their rows are shown."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError

from codelists.models import Country, Language, Region, Sector, Subregion, Topic
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


def country(**changes) -> Country:
    """A country that could be saved."""
    return Country(**{"code": "QQ", "alpha3": "QQQ", "m49": "998", "name_en": "Nowhere", **changes})


def test_country_with_well_formed_codes_is_accepted():
    country().full_clean()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", "qq"),
        ("code", "Q"),
        ("code", "Q1"),
        ("alpha3", "qqq"),
        ("alpha3", "QQ"),
        ("m49", "98"),
        ("m49", "9a8"),
    ],
)
def test_country_with_a_malformed_code_is_refused(field, value):
    with pytest.raises(ValidationError) as refusal:
        country(**{field: value}).full_clean()
    assert list(refusal.value.message_dict) == [field]


@pytest.mark.parametrize(
    "row",
    [
        Subregion(code="41", name_en="Somewhere"),
        Sector(code="V", name_en="Something", isic_title="Something"),
        Language(code="EN", name_en="Loud English"),
        Language(code="e", name_en="Short English"),
        Region(code="the moon", position=6, name_en="Moon"),
    ],
    ids=lambda row: f"{row._meta.model_name} {row.code}",
)
def test_row_with_a_malformed_code_is_refused(row):
    with pytest.raises(ValidationError) as refusal:
        row.full_clean()
    assert list(refusal.value.message_dict) == ["code"]


@pytest.mark.parametrize("taken", [{"alpha3": "PER"}, {"m49": "604"}])
def test_database_refuses_a_second_country_with_the_same_code(taken):
    with pytest.raises(IntegrityError):
        country(**taken).save(force_insert=True)


def test_database_refuses_a_second_region_in_the_same_position():
    with pytest.raises(IntegrityError):
        Region.objects.create(code="moon", position=1, name_en="Moon")


def test_database_refuses_a_second_topic_with_the_same_slug():
    with pytest.raises(IntegrityError):
        Topic.objects.create(slug="youth", name_en="Youth again")


def test_country_in_use_cannot_be_deleted():
    OrganisationFactory(country_id="PE")
    with pytest.raises(ProtectedError):
        Country.objects.get(pk="PE").delete()


def test_region_with_countries_cannot_be_deleted():
    with pytest.raises(ProtectedError):
        Region.objects.get(pk="africa").delete()


def test_subregion_with_countries_cannot_be_deleted():
    with pytest.raises(ProtectedError):
        Subregion.objects.get(pk="419").delete()


@pytest.mark.parametrize(
    ("row", "address"),
    [
        (Country(code="PE"), "/en/countries/pe/"),
        (Region(code="arab-states"), "/en/regions/arab-states/"),
        (Topic(slug="youth"), "/en/topics/youth/"),
    ],
    ids=["country", "region", "topic"],
)
def test_row_has_a_page(row, address):
    assert row.get_absolute_url() == address
