"""Admin pages of partner organisations and offices."""

import pytest
from django.urls import reverse

from organisations.models import Office, Organisation
from tests.factories import EducationFactory, OfficeFactory, OrganisationFactory, ProfileFactory, ProgrammeFactory
from tests.publishing.admin_forms import errors, filled_in

pytestmark = pytest.mark.django_db

LIST = reverse("admin:organisations_organisation_changelist")
OFFICES = reverse("admin:organisations_office_changelist")


def found(client, query: str, address=LIST) -> list:
    return list(client.get(address, {"q": query}).context["cl"].queryset)


@pytest.mark.parametrize(
    "query", ["ministry", "producción", "PRODUCE", "produce peru", "pérou", "ministry perú", "ministère"]
)
def test_organisation_is_found_by_name_acronym_and_country_in_any_language(staff_client, query):
    ministry = OrganisationFactory(
        name_en="Ministry of Production",
        name_es="Ministerio de la Producción",
        name_fr="Le ministère de la Production",
        acronym_es="PRODUCE",
    )
    OrganisationFactory(name_en="Union of Kenya", country_id="KE")
    assert found(staff_client, query) == [ministry]


def test_organisation_is_found_by_the_code_of_its_country(staff_client):
    kenyan = OrganisationFactory(name_en="Union", country_id="KE")
    OrganisationFactory(name_en="Federation")
    assert found(staff_client, "ke") == [kenyan]


def test_organisation_is_suggested_by_its_acronym(staff_client):
    federation = OrganisationFactory(acronym_en="INTECOOP")
    OrganisationFactory()
    query = {"term": "intecoop", "app_label": "programmes", "model_name": "programme", "field_name": "partners"}
    answer = staff_client.get(reverse("admin:autocomplete"), query).json()
    assert [choice["id"] for choice in answer["results"]] == [str(federation.pk)]


@pytest.mark.parametrize("lacking", ["country", "website"])
def test_organisations_that_lack_something_are_found(staff_client, lacking):
    complete = {"country_id": "PE", "website": "https://example.org"}
    name = "country_id" if lacking == "country" else lacking
    incomplete = OrganisationFactory(**complete | {name: None if lacking == "country" else ""})
    OrganisationFactory(**complete)
    assert list(staff_client.get(LIST, {"without": lacking}).context["cl"].queryset) == [incomplete]


def test_same_acronym_in_all_languages_is_no_missing_translation(staff_client):
    OrganisationFactory(name_es="Federación", acronym_en="INTECOOP")
    assert not staff_client.get(LIST, {"untranslated": "es"}).context["cl"].queryset.exists()


def test_address_that_is_taken_is_refused_at_the_field(staff_client):
    OrganisationFactory(slug="union")
    address = reverse("admin:organisations_organisation_add")
    typed = filled_in(staff_client.get(address), name_en="Union", slug="union", kind="federation")
    assert list(errors(staff_client.post(address, typed))) == ["slug"]


def test_website_without_a_scheme_is_taken_as_https(staff_client):
    address = reverse("admin:organisations_organisation_add")
    typed = {"name_en": "Union", "slug": "union", "kind": "federation", "website": "union.example.org"}
    staff_client.post(address, filled_in(staff_client.get(address), **typed))
    assert Organisation.objects.get().website == "https://union.example.org"


def test_deleting_an_organisation_that_a_career_names_is_refused_on_a_page(staff_client):
    organisation = OrganisationFactory()
    EducationFactory(organisation=organisation, title_en="Degree in economics")
    address = reverse("admin:organisations_organisation_delete", args=[organisation.pk])
    page = staff_client.post(address, {"post": "yes"})
    assert page.status_code == 200
    assert "Degree in economics" in page.content.decode()
    assert Organisation.objects.filter(pk=organisation.pk).exists()


def test_deleting_a_partner_is_refused_on_a_page(staff_client):
    organisation = OrganisationFactory()
    ProgrammeFactory().partners.add(organisation)
    address = reverse("admin:organisations_organisation_delete", args=[organisation.pk])
    page = staff_client.post(address, {"post": "yes"})
    assert page.status_code == 200
    assert "Cannot delete organisation" in page.content.decode()
    assert Organisation.objects.filter(pk=organisation.pk).exists()


def test_deleting_offices_in_the_list_is_refused_on_a_page(staff_client):
    office = OfficeFactory()
    ProfileFactory(office=office)
    chosen = {"action": "delete_selected", "_selected_action": [office.pk], "post": "yes"}
    assert staff_client.post(OFFICES, chosen).status_code == 200
    assert Office.objects.filter(pk=office.pk).exists()


def test_offices_without_translations_may_be_many(staff_client):
    address = reverse("admin:organisations_office_add")
    for city in ("Quito", "La Paz"):
        typed = {"name_en": f"Office in {city}", "city_en": city, "country": "EC"}
        assert staff_client.post(address, filled_in(staff_client.get(address), **typed)).status_code == 302
    assert Office.objects.count() == 2


def test_list_of_offices_counts_the_countries_covered(staff_client):
    OfficeFactory().countries_covered.set(["PE", "BO", "EC"])
    assert '<td class="field-covered">3</td>' in staff_client.get(OFFICES).content.decode()


def test_office_is_found_by_city_and_country(staff_client):
    lima = OfficeFactory(name_en="CO-Lima", city_en="Lima")
    OfficeFactory(name_en="CO-Nairobi", city_en="Nairobi", country_id="KE")
    assert found(staff_client, "lima perú", OFFICES) == [lima]
