"""The language of an answer."""

import pytest
from django.test import Client

from tests.api.asking import ROOT, answer, faults
from tests.factories import EngagementFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def engagement():
    return EngagementFactory(title_en="Course", title_es="Curso", summary_en="Ten trainers.", summary_es="")


def title(response) -> str:
    return response.json()["results"][0]["title"]


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("es", "es"),
        ("es-PE", "es"),
        ("fr-CA, es;q=0.9", "fr"),
        ("de, es;q=0.5, en;q=0.4", "es"),
        ("de", "en"),
        ("*", "en"),
        ("es;q=0", "en"),
        ("x" * 10_000, "en"),
        ("es;q=x", "en"),
        ("é\x00", "en"),
        ("", "en"),
    ],
)
def test_the_header_chooses_the_language(client, engagement, asked, language):
    response = client.get(f"{ROOT}engagements/", headers={"Accept-Language": asked})
    assert response["Content-Language"] == language
    assert "Accept-Language" in response["Vary"]
    assert title(response) == {"es": "Curso"}.get(language, "Course")


def test_the_parameter_wins_over_the_header(client, engagement):
    response = client.get(f"{ROOT}engagements/?lang=es", headers={"Accept-Language": "fr"})
    assert (response["Content-Language"], title(response)) == ("es", "Curso")
    assert "Accept-Language" in response["Vary"]


def test_no_cookie_chooses_the_language(engagement):
    client = Client()
    client.cookies["language"] = "es"
    response = client.get(f"{ROOT}engagements/")
    assert (response["Content-Language"], title(response)) == ("en", "Course")
    assert not response.cookies


def test_a_text_without_translation_is_in_english(engagement):
    found = answer(f"engagements/{engagement.pk}/?lang=es")
    assert (found["title"], found["summary"]) == ("Curso", "Ten trainers.")
    assert found["country"]["name"] == "Perú"
    assert found["kind"] == {"code": "workshop", "name": "Taller o evento"}
    assert found["page"] == f"http://testserver/es/engagements/{engagement.pk}-course/"


def test_one_answer_leaves_no_language_to_the_next(client, engagement):
    client.get(f"{ROOT}engagements/?lang=es")
    assert title(client.get(f"{ROOT}engagements/")) == "Course"


@pytest.mark.parametrize("code", ["de", "EN", "es-PE", "%00", "x" * 3000])
def test_a_language_that_the_site_does_not_have_is_refused(code):
    assert faults(f"engagements/?lang={code}") == {"lang": "This language is not known here. Known are: en, es, fr."}


def test_what_is_wrong_is_told_in_the_language_asked_for(client):
    response = client.get(f"{ROOT}engagements/?lang=es&year_from=1")
    assert response.status_code == 400
    assert response["Content-Language"] == "es"


def test_lists_are_in_the_order_of_the_language():
    ProgrammeFactory(name_en="A", name_es="Z")
    ProgrammeFactory(name_en="B", name_es="Y")
    assert [record["name"] for record in answer("programmes/?fields=name")["results"]] == ["A", "B"]
    assert [record["name"] for record in answer("programmes/?fields=name&lang=es")["results"]] == ["Y", "Z"]
