"""Every operation of the OpenAPI document, asked in many ways: no fault of ours, and no answer that it does not know.

schemathesis makes the questions from the document: parameters as they should be, at their limits, and as they should
not be. They are the same at each run.
"""

from copy import deepcopy

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, settings
from schemathesis.checks import load_all_checks
from schemathesis.specs.openapi import checks

from api.openapi.document import document
from tests.factories import (
    EngagementFactory,
    full_engagement,
    full_interview,
    full_organisation,
    full_profile,
    full_programme,
)

load_all_checks()
application = get_wsgi_application()

# Records that the questions can ask for.
ID, OTHER_ID = 990_001, 990_002
KNOWN = {
    "country": ["PE", "BO"],
    "region": ["americas", "africa"],
    "sector": ["A", "K"],
    "language": ["es", "fr"],
    "programme": ["known-programme"],
    "profile": ["known-profile"],
    "organisation": ["known-organisation"],
    "topic": ["youth", "value-chains"],
}
YEARS = {"year_from": {"maximum": 2010}, "year_to": {"minimum": 2010}}
KNOWN_IDS = {"countries": ["PE", "BO"], "regions": ["americas"], "sectors": ["A", "K"]}
ASKED = {"max_examples": 6, "derandomize": True, "deadline": None, "database": None}
PLAIN = {"Accept-Encoding": "identity"}  # schemathesis does not unpack what a WSGI application answers
SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


@pytest.fixture(scope="module", autouse=True)
def one_connection():
    """As in Django's test client, a request does not close the connection: its transaction holds the records."""
    sent = (request_started, request_finished)
    for signal in sent:
        signal.disconnect(close_old_connections)
    yield
    for signal in sent:
        signal.connect(close_old_connections)


@pytest.fixture(scope="module", autouse=True)
def records(one_connection, django_db_setup, django_db_blocker):
    """Records of every kind with all that they can have, for all tests of the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        cache.clear()
        engagement = full_engagement(pk=ID)
        EngagementFactory(pk=OTHER_ID, country_id="BO", end_date=None, programme=None)
        profile = full_profile(pk=ID, slug="known-profile")
        full_interview(profile=profile)
        programme = full_programme(pk=ID, slug="known-programme")
        organisation = full_organisation(pk=ID, slug="known-organisation", country_id="PE")
        engagement.staff.add(profile)
        engagement.partners.add(organisation)
        EngagementFactory(programme=programme)
        yield
        transaction.set_rollback(True)
        cache.clear()


def with_known_values(document: dict) -> dict:
    """The `document` with parameters narrowed to values that are there, so that every question has to be answered."""
    document = deepcopy(document)
    # A whole number may also be written 3.0, says JSON Schema.
    document["components"]["parameters"]["page_size"]["schema"] = {"enum": [1, 2, 100]}
    schemas = document["components"]["schemas"]
    for address, methods in document["paths"].items():
        collection, operation = address.split("/")[3], methods["get"]
        for parameter in operation["parameters"]:
            schema = parameter.get("schema", {})
            if parameter.get("in") == "path":
                parameter["schema"] = {"enum": KNOWN_IDS.get(collection, [ID])}
            elif (name := parameter.get("name")) in KNOWN:
                (schema.get("items") or schema)["enum"] = KNOWN[name]
            elif name == "q":
                schema["enum"] = ["workshop", "known", "é"]
            elif name in YEARS:
                schema.update(YEARS[name])
            parameter.pop("example", None)
        # The fields of records, and no cursor: it cannot be made up.
        record = operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        fields = sorted(schemas[record.removesuffix("Page")].get("properties", {}))
        left_out = ("cursor", "fields", "if_none_match")
        operation["parameters"] = [
            each for each in operation["parameters"] if each.get("$ref", "").rpartition("/")[2] not in left_out
        ]
        if operation["operationId"].endswith(("_list", "_retrieve")):
            items = {"type": "string", "enum": fields}
            fields_schema = {"type": "array", "items": items}
            operation["parameters"].append(
                {"name": "fields", "in": "query", "schema": fields_schema, "style": "form", "explode": False}
            )
    return document


def of(document: dict, **config):
    """The operations of the `document`, with schemathesis' `config`."""
    schema = schemathesis.openapi.from_dict(document, config=schemathesis.Config.from_dict(config))
    schema.app = application
    return schema


# Parameters at their limits and beyond: here the wrong values, below the right ones.
anything = of(document(), phases={"coverage": {"generation": {"mode": "negative"}}})
what_is_there = of(with_known_values(document()), generation={"mode": "positive"})


@anything.parametrize()
@settings(**ASKED, suppress_health_check=SLOW)
def test_whatever_is_asked_the_answer_is_one_that_the_document_knows(case):
    # A code that nobody has fits its pattern, and is refused.
    response = case.call_and_validate(headers=PLAIN, excluded_checks=[checks.positive_data_acceptance])
    assert "ratelimit" in response.headers


@what_is_there.parametrize()
@settings(**ASKED, suppress_health_check=SLOW)
def test_what_is_asked_rightly_is_answered(case):
    response = case.call_and_validate(headers=PLAIN)
    assert "ratelimit" in response.headers
