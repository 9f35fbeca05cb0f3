"""The page of a programme and its cards."""

import pytest
from django.core.files.base import ContentFile

from codelists.models import Topic
from tests.documents import pdf
from tests.factories import (
    EngagementFactory,
    MaterialFactory,
    ModuleFactory,
    OrganisationFactory,
    ProfileFactory,
    ProgrammeFactory,
)
from tests.pages import addresses, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def my_coop():
    return ProgrammeFactory(
        name_en="My.Coop", slug="my-coop", audience_en="Managers.", duration_en="Five days", launch_year=2012,
        source_url="https://www.example.org/my-coop",
    )  # fmt: skip


def page(client, language="en"):
    response = client.get(f"/{language}/programmes/my-coop/")
    assert response.status_code == 200
    return response


def test_the_facts_are_at_a_glance(client, my_coop):
    my_coop.languages.add("es", "fr")
    my_coop.delivery_modes.add("online")
    my_coop.sectors.add("A")
    my_coop.sdgs.add(8)
    my_coop.topics.add(Topic.objects.get(slug="youth"))
    my_coop.partners.add(OrganisationFactory(name_en="FAO", slug="fao"))
    response = page(client)
    shown = text(response)
    for words in ("My.Coop", "Participants learn", "Management", "Managers.", "Five days", "French, Spanish", "2012"):
        assert words in shown
    assert "8. Decent work" in shown
    assert "www.example.org" in shown
    assert {"/en/organisations/fao/", "/en/topics/youth/", "https://www.example.org/my-coop"} <= set(
        addresses(response)
    )


def test_modules_are_in_order(client, my_coop):
    ModuleFactory(programme=my_coop, order=2, title_en="Services")
    ModuleFactory(programme=my_coop, order=1, title_en="Basics")
    shown = text(page(client))
    assert shown.index("Basics") < shown.index("Services")


def test_materials_lead_to_the_link_or_the_file(client, my_coop):
    MaterialFactory(programme=my_coop, title_en="Guide", url="https://example.org/guide", edition="Lima, 2014")
    MaterialFactory(programme=my_coop, title_en="Manual", url="", file=ContentFile(pdf(), name="manual.pdf"))
    response = page(client)
    assert "https://example.org/guide" in addresses(response)
    assert any(address.startswith("/media/materials/") for address in addresses(response))
    assert "Lima, 2014" in text(response)


def test_used_in_is_what_the_public_engagements_say(client, my_coop):
    EngagementFactory(programme=my_coop, country_id="PE", title_en="Course in Cusco")
    EngagementFactory(programme=my_coop, country_id="PE")
    EngagementFactory(programme=my_coop, country_id="BO", archived=True)
    EngagementFactory(country_id="CL")
    response = page(client)
    assert [(country.pk, country.engagement_count) for country in response.context["countries"]] == [("PE", 2)]
    assert "/en/countries/pe/" in addresses(response)
    assert "Course in Cusco" in text(response)
    assert "Used in 1 country" in text(client.get("/en/programmes/"))


def test_people_who_worked_with_it_are_shown_once(client, my_coop):
    ana = ProfileFactory(given_name="Ana", family_name="Alva")
    for _twice in range(2):
        EngagementFactory(programme=my_coop).staff.add(ana)
    assert text(page(client)).count("Ana Alva") == 1


def test_a_programme_without_engagements_says_nothing_about_use(client, my_coop):
    assert "Used in" not in text(page(client))
    assert "No use reported yet" in text(client.get("/en/programmes/"))


def test_the_page_speaks_the_language_of_its_address(client, my_coop):
    my_coop.name_es, my_coop.aim_es = "Mi.Coop", "Dirigir una cooperativa."
    my_coop.save()
    spanish = page(client, "es")
    assert 'lang="es"' in spanish.content.decode()
    assert "Dirigir una cooperativa." in text(spanish)
    assert "Participants learn" in text(page(client, "fr"))
