"""Pages for what goes wrong: in the site's clothes, in the visitor's language, with a way on."""

import json
import os
import subprocess
import sys
from unittest.mock import patch

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.test import Client

from tests.pages import addresses, text
from tests.scaling.processes import ROOT


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


GONE = """
import json
from django.test import Client
from coopportal.wsgi import application

browser = Client(raise_request_exception=False)
def ask(path, **headers):
    response = browser.get(path, headers=headers)
    told = {name: response.headers.get(name, "") for name in ("Retry-After", "Content-Type", "Cache-Control")}
    return [response.status_code, *told.values(), response.content.decode()]
asked = ["/en/", "/es/programmes/", "/media/portraits/a.webp", "/api/v1/programmes/?lang=fr", "/data/programmes.csv"]
asked += ["/sitemap.xml"]
print(json.dumps({path: ask(path, accept_language="fr") for path in asked}))
"""


@pytest.fixture(scope="module")
def answers_without_database() -> dict[str, list]:
    """What a portal answers whose database nobody can reach: status, when to ask again, type, cache rules, text."""
    environment = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "ALLOWED_HOSTS": "testserver", "HTTPS": "0"}
    environment |= {
        "SECRET_KEY": "x" * 50,
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "tests.scaling.settings",
    }
    done = subprocess.run([sys.executable, "-c", GONE], env=environment, cwd=ROOT, capture_output=True, text=True)
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def test_without_a_database_every_page_asks_to_come_again(answers_without_database):
    for path, (status, again, _type, kept, content) in answers_without_database.items():
        assert (status, again, kept) == (503, "30", "no-store"), path
        assert "OperationalError" not in content


@pytest.mark.parametrize(("path", "language"), [("/en/", "en"), ("/es/programmes/", "es"), ("/sitemap.xml", "fr")])
def test_it_does_so_in_the_language_of_the_reader(answers_without_database, path, language):
    assert f'<html lang="{language}">' in answers_without_database[path][-1]


def test_the_api_tells_it_as_a_problem(answers_without_database):
    *_others, media_type, _kept, content = answers_without_database["/api/v1/programmes/?lang=fr"]
    assert media_type == "application/problem+json"
    assert (json.loads(content)["type"], json.loads(content)["status"]) == ("about:blank", 503)


@pytest.mark.django_db
def test_what_the_database_refuses_stays_a_fault_of_ours():
    browser = Client(raise_request_exception=False)
    with patch("coopportal.views.HomeView.get", side_effect=OperationalError("a query was cancelled")):
        assert browser.get("/en/").status_code == 500
