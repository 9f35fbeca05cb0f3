"""How many requests one address may make, and how it is told."""

import json
import re
from http import HTTPStatus

import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from api.throttling import parsed

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.api.probe")]

LIMIT = re.compile(r'"default";r=(\d+);t=(\d+)')


@pytest.fixture(autouse=True)
def three_a_minute(settings):
    settings.API_RATE = "3/min"
    cache.clear()
    yield
    cache.clear()


def left(response) -> tuple[int, int]:
    return tuple(map(int, LIMIT.fullmatch(response["RateLimit"]).groups()))


def test_every_answer_says_the_limit_and_what_is_left(client):
    for expected in (2, 1, 0):
        response = client.get("/api/v1/")
        assert response["RateLimit-Policy"] == '"default";q=3;w=60'
        remaining, seconds = left(response)
        assert remaining == expected
        assert 0 < seconds <= 60


def test_one_request_too_many_is_a_problem_that_says_when_to_come_back(client):
    for _request in range(3):
        client.get("/api/v1/")
    response = client.get("/api/v1/")
    assert response.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert response["Content-Type"] == "application/problem+json"
    told = json.loads(response.content)
    assert told["type"] == "https://iana.org/assignments/http-problem-types#quota-exceeded"
    assert told["violated-policies"] == ["default"]
    remaining, seconds = left(response)
    assert remaining == 0
    assert int(response["Retry-After"]) >= seconds > 0
    assert response["Retry-After"] in told["detail"]


def test_in_the_next_window_requests_are_answered_again(client, monkeypatch):
    monkeypatch.setattr("api.throttling.time.time", lambda: 1_000_000_000)
    for _request in range(4):
        response = client.get("/api/v1/")
    assert response.status_code == HTTPStatus.TOO_MANY_REQUESTS
    monkeypatch.setattr("api.throttling.time.time", lambda: 1_000_000_000 + int(response["Retry-After"]))
    assert client.get("/api/v1/").status_code == HTTPStatus.OK


def test_each_address_has_a_limit_of_its_own(client):
    for _request in range(4):
        client.get("/api/v1/")
    assert client.get("/api/v1/", REMOTE_ADDR="192.0.2.7").status_code == HTTPStatus.OK


def test_an_invented_header_makes_nobody_another(client):
    answers = [client.get("/api/v1/", headers={"x-forwarded-for": f"192.0.2.{number}"}) for number in range(4)]
    assert answers[-1].status_code == HTTPStatus.TOO_MANY_REQUESTS


def test_behind_a_proxy_the_visitor_counts_and_not_the_proxy(client, settings):
    settings.PROXY_COUNT = 1
    answers = [client.get("/api/v1/", headers={"x-forwarded-for": f"192.0.2.{number}"}) for number in range(5)]
    assert {answer.status_code for answer in answers} == {HTTPStatus.OK}


@pytest.mark.parametrize(
    ("method", "address", "headers"),
    [
        ("get", "/api/v1/nowhere/", {}),
        ("get", "/api/v1/", {"accept": "image/png"}),
        ("get", "/api/v1/?format=xml", {}),
        ("post", "/api/v1/", {}),
        ("head", "/api/v1/", {}),
        ("get", "/api/v1/refusing/?faults=1", {}),
        ("get", "/api/v1/breaking/unforeseen/", {}),
        ("get", "/api/v1/?format=html", {}),
    ],
)
def test_answers_of_every_kind_count_one_and_say_so(method, address, headers):
    client = Client(raise_request_exception=False)
    response = getattr(client, method)(address, headers=headers)
    assert left(response)[0] == 2
    assert left(client.get("/api/v1/"))[0] == 1


def test_counting_asks_the_database_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/api/v1/")


def test_without_a_rate_there_is_no_limit(client, settings):
    settings.API_RATE = ""
    responses = [client.get("/api/v1/") for _request in range(5)]
    assert {response.status_code for response in responses} == {HTTPStatus.OK}
    assert not responses[0].has_header("RateLimit")


def test_rates_are_read_as_people_write_them():
    assert parsed("300/min") == (300, 60)
    assert parsed("5 / second") == (5, 1)
    assert parsed("1000/h") == (1000, 3600)
    assert parsed("9000/day") == (9000, 86400)


@pytest.mark.parametrize("rate", ["many", "10", "10/fortnight", "0/min", "-1/min", "1.5/min", "/min"])
def test_a_rate_that_cannot_be_read_is_refused_with_an_example(rate):
    with pytest.raises(ImproperlyConfigured, match="300/min"):
        parsed(rate)
