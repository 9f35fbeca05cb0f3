"""The accessibility statement."""

import pytest

from tests.pages import addresses, text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_every_page_leads_to_it(client, language):
    assert f"/{language}/accessibility/" in addresses(client.get(f"/{language}/"))
    assert client.get(f"/{language}/accessibility/").status_code == 200


def test_it_says_how_far_the_portal_conforms_how_that_is_known_and_since_when(client):
    words = text(client.get("/en/accessibility/"))
    for part in (
        "WCAG) 2.2",
        "level AA",
        "conforms partially",
        "axe-core",
        "Known limits",
        "This statement was made on",
    ):
        assert part in words


def test_barriers_are_reported_to_the_address_in_the_settings(client, settings):
    settings.CONTACT_EMAIL = "coop@example.org"
    assert "mailto:coop@example.org" in addresses(client.get("/en/accessibility/"))


def test_without_an_address_in_the_settings_the_unit_is_named(client, settings):
    settings.CONTACT_EMAIL = ""
    response = client.get("/en/accessibility/")
    assert not [address for address in addresses(response) if address.startswith("mailto:")]
    assert "Tell the cooperatives unit" in text(response)
