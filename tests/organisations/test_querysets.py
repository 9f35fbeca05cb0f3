"""Which offices work for a country."""

import pytest
from django.utils.translation import override

from codelists.models import Country
from organisations.models import Office
from tests.factories import OfficeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def bolivia() -> Country:
    return Country.objects.get(pk="BO")


def covering(country: Country) -> list[str]:
    return [office.name for office in Office.objects.covering(country)]


def office(name: str, country: str, covers: tuple[str, ...] = (), **fields) -> Office:
    made = OfficeFactory(name_en=name, country_id=country, **fields)
    made.countries_covered.set(covers)
    return made


def test_an_office_covers_the_countries_that_it_works_for(bolivia):
    office("Lima", "PE", covers=("PE", "BO", "EC"))
    assert covering(bolivia) == ["Lima"]


def test_an_office_covers_the_country_where_it_stands(bolivia):
    office("La Paz", "BO")
    assert covering(bolivia) == ["La Paz"]


def test_an_office_elsewhere_covers_nothing_here(bolivia):
    office("Harare", "ZW", covers=("ZM",))
    assert covering(bolivia) == []


def test_an_office_that_stands_in_the_country_and_works_for_it_comes_once(bolivia):
    office("La Paz", "BO", covers=("BO", "PE", "EC"))
    assert covering(bolivia) == ["La Paz"]


def test_offices_come_by_name_in_the_language_of_the_reader(bolivia):
    office("Andes", "PE", covers=("BO",), name_es="Países Andinos")
    office("Brasilia", "BR", covers=("BO",), name_es="Brasilia")
    assert covering(bolivia) == ["Andes", "Brasilia"]
    with override("es"):
        assert covering(bolivia) == ["Brasilia", "Países Andinos"]


def test_offices_come_with_their_countries_in_one_query(bolivia, django_assert_num_queries):
    office("Lima", "PE", covers=("BO",))
    office("La Paz", "BO")
    with django_assert_num_queries(1):
        assert {str(office.country) for office in Office.objects.covering(bolivia)} == {"Bolivia", "Peru"}
