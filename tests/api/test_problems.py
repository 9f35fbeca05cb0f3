"""Whatever goes wrong is told as problem details (RFC 9457)."""

import json
import logging
from http import HTTPStatus

import pytest
from django.test import Client

from tests.api.probe import HOSTILE
from tests.pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.api.probe")]

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def problem(response) -> dict:
    assert response["Content-Type"] == "application/problem+json"
    told = json.loads(response.content)
    assert told["status"] == response.status_code
    assert {"type", "title", "status"} <= set(told)
    return told


def test_bad_parameters_are_named_with_what_to_do(client):
    told = problem(client.get("/api/v1/refusing/?faults=1"))
    assert told == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": "A parameter cannot be used as it is. “errors” says why.",
        "errors": [{"parameter": "country", "detail": "“ZZ” is not known."}],
    }
    assert len(problem(client.get("/api/v1/refusing/?faults=2"))["errors"]) == 2


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/breaking/missing/", HTTPStatus.NOT_FOUND),
        ("/api/v1/breaking/suspicious/", HTTPStatus.BAD_REQUEST),
        ("/api/v1/breaking/unforeseen/", HTTPStatus.INTERNAL_SERVER_ERROR),
    ],
)
def test_an_exception_tells_nothing_of_what_is_inside(client, address, status):
    response = client.get(address)
    told = problem(response)
    assert told["status"] == status
    assert "secret" not in response.content.decode()
    assert "Profile" not in told["detail"]


def test_what_nobody_foresaw_is_logged_with_its_traceback(client, caplog):
    with caplog.at_level(logging.ERROR, "django.request"):
        client.get("/api/v1/breaking/unforeseen/")
    (record,) = [each for each in caplog.records if each.name == "django.request" and each.levelno == logging.ERROR]
    assert "/api/v1/breaking/unforeseen/" in record.getMessage()
    assert record.exc_info[0] is RuntimeError


def test_what_nobody_foresaw_fails_a_test_that_does_not_expect_it():
    with pytest.raises(RuntimeError):
        Client().get("/api/v1/breaking/unforeseen/")


@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "options"])
@pytest.mark.parametrize(
    "address", ["/api/v1/nowhere/", "/api/v1/nowhere", "/api/v1/x/../../y", "/api/v1/%00", "/api/v1/%ff/"]
)
def test_an_address_that_leads_nowhere_is_a_problem_whatever_is_asked(client, method, address):
    assert problem(getattr(client, method)(address))["status"] == HTTPStatus.NOT_FOUND


def test_a_forgotten_slash_leads_to_the_address(client):
    response = client.get("/api/v1/docs?lang=es")
    assert response.status_code == HTTPStatus.MOVED_PERMANENTLY
    assert response["Location"] == "/api/v1/docs/?lang=es"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client, method):
    response = getattr(client, method)("/api/v1/", data="{", content_type="application/json")
    assert problem(response)["status"] == HTTPStatus.METHOD_NOT_ALLOWED
    assert response["Allow"].split(", ")[:1] == ["GET"]


@pytest.mark.parametrize("accept", ["image/png", "text/csv, application/xml", "application/json;q=0", "nonsense"])
def test_a_format_that_is_not_there_is_a_problem_that_says_which_are(client, accept):
    told = problem(client.get("/api/v1/", headers={"accept": accept}))
    assert told["status"] == HTTPStatus.NOT_ACCEPTABLE
    assert "application/json, text/html" in told["detail"]


def test_an_unknown_format_in_the_address_is_a_bad_parameter(client):
    told = problem(client.get("/api/v1/?format=xml"))
    assert told["errors"] == [
        {"parameter": "format", "detail": "“xml” is no format of this answer. There is: json, html."}
    ]


@pytest.mark.parametrize("accept", ["application/json", "*/*", "", "image/png", "application/problem+json", "x" * 9000])
@pytest.mark.parametrize("address", ["/api/v1/nowhere/", "/api/v1/refusing/?faults=1", "/api/v1/breaking/unforeseen/"])
def test_a_problem_is_json_whatever_is_accepted(client, address, accept):
    problem(client.get(address, headers={"accept": accept}))


@pytest.mark.parametrize("address", ["/api/v1/nowhere/", "/api/v1/refusing/?faults=2", "/api/v1/breaking/unforeseen/"])
def test_a_problem_in_a_browser_is_a_page(client, address):
    response = client.get(address, headers={"accept": BROWSER})
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert response.status_code >= HTTPStatus.BAD_REQUEST
    assert "<script>alert" not in response.content.decode()


def test_the_page_of_a_problem_says_what_is_wrong(client):
    page = text(client.get("/api/v1/refusing/?faults=1", headers={"accept": BROWSER}))
    assert "Bad Request" in page
    assert "country : “ZZ” is not known." in page


def test_more_parameters_than_are_read_are_a_problem(client):
    query = "&".join(f"a{number}=1" for number in range(5100))
    for accept in ("application/json", BROWSER):
        response = client.get(f"/api/v1/?{query}", headers={"accept": accept})
        assert response.status_code == HTTPStatus.BAD_REQUEST
        assert HOSTILE not in response.content.decode()


def test_a_problem_speaks_the_language_of_the_reader(client):
    told = problem(client.get("/api/v1/nowhere/", headers={"accept-language": "fr"}))
    response = client.get("/api/v1/nowhere/", headers={"accept-language": "fr"})
    assert response["Content-Language"] == "fr"
    assert told["status"] == HTTPStatus.NOT_FOUND


def test_head_has_the_headers_and_no_body(client):
    response = client.head("/api/v1/nowhere/")
    assert response.status_code == HTTPStatus.NOT_FOUND
    assert response["Content-Type"] == "application/problem+json"
    assert response.content == b""
