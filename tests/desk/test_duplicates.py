"""Who may be there twice: found by names, with the country."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from desk.duplicates import find_again, organisations_twice, people_twice
from desk.models import PossibleDuplicate
from organisations.models import Organisation
from profiles.models import Profile
from tests.factories import OfficeFactory, OrganisationFactory, ProfileFactory
from tests.publishing.admin_forms import messages
from tests.timing import assert_takes_less_than

pytestmark = pytest.mark.django_db

PAGE = reverse("admin:duplicates")


def person(name: str, country: str | None = "PE") -> Profile:
    given_name, family_name = name.split(" ", 1)
    office = OfficeFactory(country_id=country) if country else None
    return ProfileFactory(given_name=given_name, family_name=family_name, office=office)


def reasons_for_people(*names: str) -> list[str]:
    for name in names:
        person(name)
    return list(people_twice(Profile.objects.all()).values())


def reasons_for_organisations(*facts: dict) -> list[str]:
    for each in facts:
        OrganisationFactory(**each)
    return list(organisations_twice(Organisation.objects.all()).values())


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (("Lucía Álvarez", "Lucia ALVAREZ"), "same"),
        (("Ana Ruiz", "Ruiz Ana"), "same"),
        (("Jean-Paul Ngo", "Jean Paul Ngo"), "same"),
        (("Ana Ruiz", "Ana María Ruiz"), "longer"),
        (("Mariam Diallo", "Mariam Dialo"), "nearly"),
        (("Berber-Agtaş Simel", "Berber Agtas Simmel"), "nearly"),
    ],
)
def test_people_of_like_names_are_found(names, reason):
    assert reasons_for_people(*names) == [reason]


@pytest.mark.parametrize("names", [("Ana Ruiz", "Eva Ruiz"), ("Ana Ruiz", "Ana Rojas"), ("Ana Li", "Bo Li")])
def test_people_of_other_names_are_not(names):
    assert reasons_for_people(*names) == []


def test_a_slip_in_the_name_of_somebody_in_another_country_is_no_slip():
    person("Maria Silva", "BR")
    person("Mario Silva", "MZ")
    assert people_twice(Profile.objects.all()) == {}


def test_one_name_in_two_countries_may_be_one_person_who_moved():
    one, other = person("Maria Silva", "BR"), person("Maria Silva", "MZ")
    assert people_twice(Profile.objects.all()) == {(one.pk, other.pk): "same"}


def test_a_ministry_of_another_country_is_another_ministry():
    ministry = {"name_en": "Ministry of Labour"}
    assert reasons_for_organisations(ministry | {"country_id": "PE"}, ministry | {"country_id": "BO"}) == []


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (({"name_en": "Ministry of Labour"}, {"name_en": "The Ministry of Labour"}), "same"),
        (({"name_en": "Ministry of Labour"}, {"name_en": "Ministry of Labour", "country_id": None}), "same"),
        (({"name_en": "Ministry of Labour"}, {"name_en": "Ministry of Labor"}), "nearly"),
        (({"name_en": "Co-operative Union"}, {"name_en": "Cooperative Union"}), "same"),
        (({"name_en": "Swiss Contact"}, {"name_en": "Swisscontact"}), "same"),
        (({"name_en": "A", "name_es": "Unión Rural"}, {"name_en": "B", "name_es": "Union rural"}), "same"),
        (({"name_en": "One", "acronym_en": "CONACOOP"}, {"name_en": "Two", "acronym_es": "Conacoop"}), "acronym"),
        (({"name_en": "Confederation", "acronym_en": "CONACOOP"}, {"name_en": "CONACOOP"}), "acronym"),
    ],
)
def test_organisations_of_like_names_are_found(facts, reason):
    assert reasons_for_organisations(*facts) == [reason]


@pytest.mark.parametrize(
    "facts",
    [
        ({"name_en": "Federation 1"}, {"name_en": "Federation 2"}),
        ({"name_en": "Union of farmers"}, {"name_en": "Union of fishers"}),
        ({"name_en": "One", "acronym_en": "ANC"}, {"name_en": "Two", "acronym_en": "ANC", "country_id": "ZA"}),
        (
            {"name_en": "International Confederation of Free Trade Unions"},
            {"name_en": "International Trade Union Confederation"},
        ),
    ],
)
def test_organisations_of_other_names_are_not(facts):
    assert reasons_for_organisations(*facts) == []


def test_many_of_one_name_do_not_become_a_crowd_of_pairs():
    Profile.objects.bulk_create(
        [Profile(given_name="Ana", family_name="Ruiz", slug=f"ana-{number}") for number in range(100)]
    )
    assert len(people_twice(Profile.objects.all())) == 99


def test_twenty_thousand_people_take_no_time():
    given = [f"{a}{b}{c}" for a in ("Ma", "Jo", "Lu", "Ti") for b in "aeioul" for c in ("na", "ro", "s", "la", "ne")]
    family = [f"{a}{b}{c}" for a in ("Ga", "Ro", "Fe", "Si", "Wa", "Ng") for b in "bcdfgklmnprstv" for c in "aeiouy"]
    Profile.objects.bulk_create(
        [
            Profile(given_name=given[n % 120], family_name=f"{family[n % 499]}{n // 499}", slug=f"p-{n}")
            for n in range(20_000)
        ],
        batch_size=1000,
    )
    assert_takes_less_than(8, people_twice, Profile.objects.all())  # 1 to 2 s on a quiet machine


def test_what_was_found_to_be_two_stays_two():
    OrganisationFactory(name_en="The same")
    OrganisationFactory(name_en="The same")
    find_again()
    PossibleDuplicate.objects.get().set_aside(None)
    assert find_again() == {"profile": 0, "organisation": 0}
    assert PossibleDuplicate.objects.count() == 1


def test_what_no_longer_looks_alike_is_forgotten():
    OrganisationFactory(name_en="The same")
    other = OrganisationFactory(name_en="The same")
    assert find_again()["organisation"] == 1
    other.name_en = "Another one"
    other.save()
    assert find_again()["organisation"] == 0
    assert not PossibleDuplicate.objects.exists()


def test_the_command_says_what_it_found(capsys):
    person("Ana Ruiz")
    person("Ana Ruiz")
    call_command("find_duplicates")
    assert capsys.readouterr().out == "Possible duplicates: 1 of profiles, 0 of organisations.\n"


@pytest.fixture
def pair():
    one, other = OrganisationFactory(name_en="The same"), OrganisationFactory(name_en="The same")
    find_again()
    return one, other


def test_the_page_shows_the_pair_and_the_way_to_merge_it(staff_client, pair):
    one, other = pair
    html = staff_client.get(PAGE).content.decode()
    assert "The same name" in html
    assert reverse("admin:merge", args=["organisation", one.pk, other.pk]) in html


def test_the_public_record_is_the_one_to_keep(staff_client):
    one, other = OrganisationFactory(name_en="The same", draft=True), OrganisationFactory(name_en="The same")
    find_again()
    assert reverse("admin:merge", args=["organisation", other.pk, one.pk]) in staff_client.get(PAGE).content.decode()


def test_two_different_ones_are_not_shown_again(staff_client, editor, pair):
    number = PossibleDuplicate.objects.get().pk
    page = staff_client.post(PAGE, {"two": number}, follow=True)
    assert messages(page) == ["Remembered: these are two different ones."]
    assert page.context["pairs"] == []
    assert PossibleDuplicate.objects.get().set_aside_by == editor


@pytest.mark.parametrize("number", ["", "x", "999", "-1", "9" * 40])
def test_a_pair_that_is_not_there_is_said_to_be_gone(staff_client, pair, number):
    (text,) = messages(staff_client.post(PAGE, {"two": number}, follow=True))
    assert "gone" in text


def test_a_deleted_record_takes_its_pairs_off_the_page(staff_client, pair):
    pair[1].delete()
    assert staff_client.get(PAGE).context["page"].paginator.count == 0


def test_one_looks_again_by_a_button(staff_client):
    OrganisationFactory(name_en="The same")
    OrganisationFactory(name_en="The same")
    page = staff_client.post(PAGE, {"look-again": "1"}, follow=True)
    assert messages(page) == ["1 possible duplicate."]
    assert len(page.context["pairs"]) == 1


def test_the_page_is_for_those_who_may_merge(client_who_may, pair):
    assert client_who_may("change_organisation", "view_organisation").get(PAGE).status_code == 403
    people = client_who_may("change_profile", "delete_profile", "publish_profile")
    assert people.get(PAGE).context["pairs"] == []
    assert "gone" in messages(people.post(PAGE, {"two": PossibleDuplicate.objects.get().pk}, follow=True))[0]
    assert PossibleDuplicate.objects.open().count() == 1


def test_query_count_of_the_page_does_not_grow(staff_client):
    def count() -> int:
        find_again()
        with CaptureQueriesContext(connection) as queries:
            assert staff_client.get(PAGE).status_code == 200
        return len(queries)

    def grow(number: int) -> None:
        for name in ("Ana", "Ána"):
            ProfileFactory(given_name=name, family_name=f"Person {number} B")
        OrganisationFactory(name_en=f"Same {number}")
        OrganisationFactory(name_en=f"Same {number}")

    grow(0)
    count()
    before = count()
    for number in range(1, 15):
        grow(number)
    assert count() == before
