"""Pages for what goes wrong: in the site's clothes, in the visitor's language, with a way on."""

from unittest.mock import patch

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client

from tests.pages import addresses, text


@pytest.mark.django_db
def test_a_page_that_is_not_there(client):
    response = client.get("/en/nowhere/")
    assert response.status_code == 404
    assert "Page not found" in text(response)
    assert {"/en/", "/en/countries/", "/es/"} <= set(addresses(response))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fault", "status", "words"),
    [(PermissionDenied, 403, "No access"), (SuspiciousOperation, 400, "could not be understood")],
)
def test_a_refused_request(client, fault, status, words):
    with patch("coopportal.views.HomeView.get", side_effect=fault):
        response = client.get("/en/")
    assert response.status_code == status
    assert words in text(response)


@pytest.mark.django_db
def test_a_fault_of_ours_tells_nothing_of_its_cause():
    browser = Client(raise_request_exception=False)
    with patch("coopportal.views.HomeView.get", side_effect=RuntimeError("secret cause")):
        response = browser.get("/en/")
    assert response.status_code == 500
    assert "Something went wrong" in text(response)
    assert "secret cause" not in response.content.decode()


@pytest.mark.django_db
def test_a_form_without_its_token():
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a", "password": "b"})
    assert response.status_code == 403
    assert "The form was too old" in text(response)


@pytest.mark.django_db
def test_a_wrong_host_is_refused(client):
    assert client.get("/en/", headers={"host": "evil.example"}).status_code == 400
