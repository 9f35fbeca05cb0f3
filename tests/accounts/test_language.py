"""The admin in the language of the reader."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

LANGUAGE = "/admin/language/"


@pytest.mark.parametrize("address", ["/admin/login/", "/admin/", "/admin/profiles/profile/?q=ana"])
def test_switch_leads_back_to_the_same_page_in_the_other_language(staff_client, address):
    client = Client() if "login" in address else staff_client
    page = client.get(address).content.decode()
    assert f'action="{LANGUAGE}"' in page
    assert f'name="next" value="{address}"' in page
    answer = client.post(LANGUAGE, {"language": "es", "next": address})
    assert answer.url == address
    assert '<html lang="es"' in client.get(address).content.decode()


def test_present_language_is_marked(client):
    page = client.get("/admin/login/", headers={"accept-language": "fr"}).content.decode()
    assert 'value="fr" lang="fr" aria-current="true"' in page
    assert page.count("aria-current") == 1


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "http://[", "\x00"]
)
def test_switch_leads_to_no_other_site(client, address):
    answer = client.post(LANGUAGE, {"language": "es", "next": address})
    assert answer.status_code == 302
    assert answer.url.startswith("/")
    assert not answer.url.startswith("//")


def test_unknown_language_changes_nothing(client):
    answer = client.post(LANGUAGE, {"language": "xx'", "next": "/admin/login/"})
    assert answer.url == "/admin/login/"
    assert not answer.cookies


def test_choice_lasts_and_scripts_cannot_read_it(client):
    cookie = client.post(LANGUAGE, {"language": "es", "next": "/admin/"}).cookies["language"]
    assert cookie["max-age"] > 300 * 24 * 60 * 60
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_switch_needs_the_form_of_our_own_page():
    assert Client(enforce_csrf_checks=True).post(LANGUAGE, {"language": "es"}).status_code == 403
