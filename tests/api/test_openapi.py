"""The OpenAPI document: valid, complete, and the same as what the views do."""

import json

import pytest
import yaml
from django.urls import URLPattern, URLResolver, get_resolver
from openapi_spec_validator import OpenAPIV31SpecValidator

from api.openapi.document import document, tidied
from api.views.collections import COLLECTIONS
from engagements.filters import EngagementFilter
from engagements.models import Engagement

pytestmark = pytest.mark.django_db

NO_OPERATIONS = {"openapi-json", "openapi-yaml", "docs", "example", None}


@pytest.fixture(scope="module")
def made() -> dict:
    return document()


def operation(made: dict, name: str) -> dict:
    return next(path["get"] for path in made["paths"].values() if path["get"]["operationId"] == name)


def parameter(made: dict, name: str, of: str) -> dict:
    return next(each for each in operation(made, of)["parameters"] if each.get("name") == name)


def test_it_is_valid_openapi_3_1(made):
    assert made["openapi"].startswith("3.1")
    assert [error.message for error in OpenAPIV31SpecValidator(made).iter_errors()] == []


def test_every_address_of_the_api_is_in_it(made):
    def names(patterns):
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from names(pattern.url_patterns)
            elif isinstance(pattern, URLPattern):
                yield pattern.name

    (api,) = (each for each in get_resolver().url_patterns if getattr(each, "app_name", "") == "api")
    written = {"root": "root", "search": "search"}
    for view in COLLECTIONS:
        name = view.serializer_class.collection
        written |= {f"{name}-list": f"{name}_list", f"{name}-detail": f"{name}_retrieve"}
        if hasattr(view, "facets"):
            written[f"{name}-facets"] = f"{name}_facets"
    assert set(names(api.url_patterns)) - NO_OPERATIONS == set(written)
    assert {path["get"]["operationId"] for path in made["paths"].values()} == set(written.values())


def test_nothing_can_be_done_but_read(made):
    assert {method for path in made["paths"].values() for method in path} == {"get"}


def test_it_says_who_publishes_and_under_what_licence(made):
    assert made["info"]["license"]["url"].startswith("https://")
    assert made["info"]["contact"]["name"]
    assert made["info"]["version"]


def test_every_operation_parameter_and_field_is_described_in_english(made):
    assert all(tag["description"] for tag in made["tags"])
    used = {tag for path in made["paths"].values() for tag in path["get"]["tags"]}
    assert used == {tag["name"] for tag in made["tags"]}
    for path in made["paths"].values():
        assert path["get"]["summary"]
        assert path["get"]["description"], path["get"]["operationId"]
        assert [each for each in path["get"]["parameters"] if not ("$ref" in each or each.get("description"))] == []
    unsaid = [
        f"{name}.{each}"
        for name, schema in made["components"]["schemas"].items()
        for each, value in schema.get("properties", {}).items()
        if not value.get("description") and name != "Root" and each != "results"
    ]
    assert unsaid == []


def test_filters_are_those_of_the_pages(made):
    names = [each.get("name") for each in operation(made, "engagements_list")["parameters"]]
    assert set(EngagementFilter.base_filters) <= set(names)
    kind = parameter(made, "kind", "engagements_list")
    assert kind["schema"] == {"type": "array", "items": {"type": "string", "enum": list(Engagement.Kind.values)}}
    assert (kind["style"], kind["explode"]) == ("form", True)
    assert parameter(made, "year_from", "engagements_list")["schema"] == {
        "type": "integer",
        "minimum": 1900,
        "maximum": 2100,
    }
    assert parameter(made, "sort", "engagements_list")["schema"]["default"] == "newest"


def test_what_can_be_expanded_is_listed(made):
    names = parameter(made, "expand", "engagements_list")["schema"]["items"]["enum"]
    assert {"country", "programme", "staff.profile"} <= set(names)


def test_related_records_are_references_or_whole(made):
    programme = made["components"]["schemas"]["Engagement"]["properties"]["programme"]
    assert programme["anyOf"] == [
        {"$ref": "#/components/schemas/ProgrammeReference"},
        {"$ref": "#/components/schemas/Programme"},
        {"type": "null"},
    ]


def test_records_have_the_fields_named_and_no_others(made):
    objects = {name: each for name, each in made["components"]["schemas"].items() if each.get("type") == "object"}
    assert [name for name, each in objects.items() if each.get("additionalProperties") is not False] == []


def test_every_answer_says_what_is_left_of_the_limit(made):
    for path in made["paths"].values():
        for status, answer in path["get"]["responses"].items():
            if "$ref" in answer:
                answer = made["components"]["responses"][status]
            assert {"RateLimit", "RateLimit-Policy"} <= set(answer["headers"]), status


def test_it_is_written_in_english_whoever_asks(client):
    documents = {client.get("/api/v1/openapi.json", headers={"accept-language": code}).content for code in ("en", "fr")}
    assert len(documents) == 1


def test_it_is_served_as_json_and_as_yaml(client, made):
    as_json = client.get("/api/v1/openapi.json")
    assert as_json["Content-Type"] == "application/json"
    assert json.loads(as_json.content) == made
    as_yaml = client.get("/api/v1/openapi.yaml", headers={"accept": "application/yaml"})
    assert as_yaml["Content-Type"] == "application/yaml"
    assert yaml.safe_load(as_yaml.content) == made
    assert "RateLimit" in as_yaml


def test_it_is_sent_again_only_where_it_changed(client):
    first = client.get("/api/v1/openapi.json")
    again = client.get("/api/v1/openapi.json", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_it_asks_the_database_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/api/v1/openapi.json")


def test_drf_spectacular_s_way_of_writing_becomes_that_of_3_1():
    assert tidied({"allOf": [{"$ref": "#/a"}], "description": "b", "readOnly": True}) == {
        "$ref": "#/a",
        "description": "b",
    }
    assert tidied({"type": "string", "nullable": True}) == {"type": ["string", "null"]}
    assert tidied([{"oneOf": [{"$ref": "#/a"}, {"type": "null"}]}]) == [{"anyOf": [{"$ref": "#/a"}, {"type": "null"}]}]
