"""The reference of the API for people, and the forms that ask it."""

from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup

from api.openapi.document import document
from api.openapi.reading import in_words
from api.views import openapi
from tests.factories import EngagementFactory, ProfileFactory
from tests.pages import text

pytestmark = pytest.mark.django_db

DOCS = "/api/v1/docs/"


def soup(client, address=DOCS, **headers) -> BeautifulSoup:
    response = client.get(address, headers={"accept": "text/html"} | headers)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser")


def test_it_has_every_operation_with_every_parameter_as_a_field(client):
    page = soup(client)
    for address, methods in document()["paths"].items():
        operation = methods["get"]
        article = page.find(id=operation["operationId"])
        assert f"GET {address}" in article.get_text()
        fields = {field["name"] for field in article.select("input:not([type=hidden]), select")}
        shared = document()["components"]["parameters"]
        taken = [shared.get(each.get("$ref", "").rpartition("/")[2], each) for each in operation["parameters"]]
        assert fields == {each["name"] for each in taken if each["in"] != "header"}


def test_it_has_every_field_of_every_kind_of_answer(client):
    page = soup(client)
    for name, schema in document()["components"]["schemas"].items():
        article = page.find(id=f"kind-{name}").find_parent("article")
        shown = [term.code.get_text() for term in article.select("dt")]
        assert shown == list(schema["properties"])


def test_links_within_it_lead_to_a_part_of_it(client):
    page = soup(client)
    assert [link["href"] for link in page.select("main a[href^='#']") if not page.find(id=link["href"][1:])] == []


def test_names_in_it_are_unique(client):
    ids = [tag["id"] for tag in soup(client).select("[id]")]
    assert len(ids) == len(set(ids))


def test_the_form_of_a_list_asks_it(client):
    EngagementFactory(title_en="Milk in Peru")
    form = soup(client).find(id="engagements_list").form
    assert form["action"] == "/api/v1/engagements/"
    assert form.get("method", "get") == "get"
    # As a browser sends it: every field, also those that were left empty.
    query = "&".join(f"{field['name']}=" for field in form.select("input, select:not([multiple])"))
    assert "Milk in Peru" in soup(client, f"{form['action']}?{query}").pre.get_text()


def test_the_form_of_a_record_leads_to_it(client):
    profile = ProfileFactory()
    form = soup(client).find(id="profiles_retrieve").form
    hidden = {field["name"]: field["value"] for field in form.select("[type=hidden]")}
    response = client.get(form["action"], hidden | {"id": str(profile.pk), "lang": "es", "format": ""})
    assert response.status_code == 302
    assert response["Location"] == f"/api/v1/profiles/{profile.pk}/?lang=es"


@pytest.mark.parametrize("value", ["../../admin", "//evil.example", "%2e%2e", "\x00", "é", "", "x" * 5000])
def test_the_form_of_a_record_leads_nowhere_else(client, value):
    response = client.get(DOCS, {"operation": "countries_retrieve", "id": value})
    assert response["Location"].startswith("/api/v1/countries/")
    assert response["Location"].count("/") == 5
    assert client.get(response["Location"]).status_code == 404


def test_an_operation_that_does_not_exist_is_the_reference_itself(client):
    assert soup(client, f"{DOCS}?operation=nonsense").h1.get_text() == "API reference"


def test_the_page_of_an_answer_has_the_question_filled_in(client):
    EngagementFactory()
    address = "/api/v1/engagements/?country=PE&kind=workshop&kind=research&q=trainers&page_size=1&expand=country"
    form = soup(client, address).select_one("form.ask-form")
    assert form["action"] == "/api/v1/engagements/"
    values = {field["name"]: field["value"] for field in form.select("input")}
    assert (values["country"], values["q"], values["page_size"], values["cursor"]) == ("PE", "trainers", "1", "")
    chosen = {option.get_text() for option in form.select("option[selected]")}
    assert {"workshop", "research", "country"} <= chosen


def test_the_page_of_a_list_leads_to_the_downloads_of_the_same_list(client):
    addresses = [
        link["href"] for link in soup(client, "/api/v1/engagements/?country=PE&page_size=5&lang=es").select(".ways a")
    ]
    (csv,) = [address for address in addresses if urlsplit(address).path.endswith(".csv")]
    assert urlsplit(csv).path == "/es/engagements.csv"
    assert parse_qs(urlsplit(csv).query) == {"country": ["PE"]}


def test_a_list_that_was_refused_is_not_offered_as_a_file(client):
    response = client.get("/api/v1/engagements/?country=ZZ", headers={"accept": "text/html"})
    assert response.status_code == 400
    assert ".csv" not in response.content.decode()


def test_the_page_of_a_record_has_its_name(client):
    engagement = EngagementFactory(title_en="Milk in Peru")
    assert soup(client, f"/api/v1/engagements/{engagement.pk}/").h1.get_text() == "Milk in Peru"
    assert soup(client, "/api/v1/engagements/").h1.get_text() == "Engagements"


def test_it_speaks_the_language_of_the_reader_and_marks_what_is_english(client):
    page = soup(client, f"{DOCS}?lang=es")
    assert page.html["lang"] == "es"
    assert page.find(id="engagements_list-heading")["lang"] == "en"
    assert soup(client, DOCS, **{"accept-language": "fr"}).html["lang"] == "fr"


def test_it_asks_the_database_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(DOCS)


def test_examples_are_shown_and_can_be_kept(client, monkeypatch, tmp_path):
    (tmp_path / "walk.py").write_text("print('<all>')\n", "utf-8")
    (tmp_path / "notes.txt").write_text("not shown", "utf-8")
    monkeypatch.setattr(openapi, "EXAMPLES", tmp_path)
    openapi.examples.cache_clear()
    try:
        assert "print('<all>')" in text(client.get(DOCS))
        kept = client.get("/api/v1/docs/examples/walk.py")
        assert kept["Content-Type"] == "text/plain; charset=utf-8"
        assert kept.content == b"print('<all>')\n"
        assert client.get("/api/v1/docs/examples/notes.txt").status_code == 404
    finally:
        openapi.examples.cache_clear()


def test_types_are_said_in_words():
    assert in_words({"type": ["string", "null"]}) == "text or null"
    assert in_words({"type": "string", "format": "uri"}) == "address"
    assert in_words({"anyOf": [{"$ref": "#/components/schemas/A"}, {"type": "null"}]}) == "A or null"
    assert in_words({"type": "array", "items": {"anyOf": [{"$ref": "#/x/A"}, {"$ref": "#/x/B"}]}}) == "list of A or B"
