"""The page of a partner organisation."""

import pytest

from tests.factories import EngagementFactory, OrganisationFactory, ProfileFactory, ProgrammeFactory
from tests.pages import addresses, text

pytestmark = pytest.mark.django_db


def test_it_says_what_the_organisation_is_and_what_was_done_together(client):
    union = OrganisationFactory(
        name_en="Dairy Union", acronym_en="DU", slug="dairy-union", country_id="PE", website="https://du.example/"
    )
    made = ProgrammeFactory(name_en="Made.Coop", slug="made")
    made.partners.add(union)
    engagement = EngagementFactory(title_en="Course", country_id="BO", programme=ProgrammeFactory(name_en="Used.Coop"))
    engagement.partners.add(union)
    engagement.staff.add(ProfileFactory(given_name="Ana", family_name="Alva"))
    response = client.get("/en/organisations/dairy-union/")
    shown = text(response)
    for words in ("Dairy Union (DU)", "Peru", "Made.Coop", "Used.Coop", "Course", "Bolivia", "Ana Alva"):
        assert words in shown
    assert {"https://du.example/", "/en/countries/bo/", "/en/programmes/made/"} <= set(addresses(response))


def test_an_unknown_organisation_is_not_found(client):
    assert client.get("/en/organisations/none/").status_code == 404
