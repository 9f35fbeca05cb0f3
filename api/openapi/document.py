"""The OpenAPI document: made from the views once a process, and then kept."""

import json
from functools import cache
from threading import Lock

import yaml
from django.conf import settings
from django.utils.translation import override
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.settings import patched_settings

from api.openapi import answers, parameters
from opendata.licence import data_licence

VERSION = "1.0.0"  # of the API: the first number is that of its address
DESCRIPTION = """\
Everything that the portal has published, as data: who works on cooperatives, with which training programmes, where and
with whom. It can be read by anybody, without a key, and only read.

The texts are in English, Spanish or French, by the header `Accept-Language` or the parameter `lang`. Lists come in
pages: follow `next`. `fields` leaves out what you do not need, `expand` puts related records in full where there are
references. What does not change between two requests costs nothing to ask for again: send the `ETag` back. Errors are
problem details (RFC 9457).
"""
TAGS = {
    "Start": "What there is.",
    "Engagements": "What was done where, when, by whom and with whom.",
    "Programmes": "Training programmes, with their modules and materials.",
    "Profiles": "The colleagues who work on cooperatives.",
    "Organisations": "Partner organisations.",
    "Code lists": "Countries, regions, sectors and topics: what filters and records refer to.",
    "Search": "Everything at once.",
}
_making = Lock()


def _settings() -> dict:
    """What drf-spectacular is told, beside its own defaults."""
    licence = data_licence()
    contact = {"name": settings.PUBLISHER, "url": settings.SITE_URL, "email": settings.CONTACT_EMAIL}
    return {
        "OAS_VERSION": "3.1.0",
        "TITLE": "COOP Portal API",
        "VERSION": VERSION,
        "DESCRIPTION": DESCRIPTION,
        "LICENSE": {"name": licence.name, "url": licence.url},
        "CONTACT": {key: value for key, value in contact.items() if value},
        "TAGS": [{"name": name, "description": text} for name, text in TAGS.items()],
        "EXTERNAL_DOCS": {"url": "/api/v1/docs/", "description": "Reference for people, with examples"},
        "SERVERS": [{"url": "/"}],
        "POSTPROCESSING_HOOKS": [],
        "SORT_OPERATIONS": False,
        "SORT_OPERATION_PARAMETERS": False,
        "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    }


def document() -> dict:
    """The OpenAPI 3.1 document of the API, in English."""
    with _making:  # drf-spectacular keeps the settings of the moment for the whole process
        return _made()


@cache
def _made() -> dict:
    with override("en"), patched_settings(_settings()):
        made = SchemaGenerator().get_schema(request=None, public=True)
    for part, more in (answers.components() | {"parameters": parameters.COMPONENTS}).items():
        made["components"][part] = made["components"].get(part, {}) | more
    return json.loads(json.dumps(tidied(made), default=str))


def tidied(schema):
    """The `schema`, or any part of the document, as one would write it in OpenAPI 3.1.

    drf-spectacular says of all fields that they are read-only, as everything here is, and wraps references that have a
    description, as 3.0 needed it.
    """
    if isinstance(schema, list):
        return [tidied(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    schema = {name: tidied(part) for name, part in schema.items() if name not in ("readOnly", "x-spec-enum-id")}
    if schema.pop("nullable", False) is True:
        schema["type"] = [schema["type"], "null"]
    if len(schema.get("allOf", [])) == 1:
        return schema.pop("allOf")[0] | schema
    if "oneOf" in schema:
        schema = {"anyOf": schema.pop("oneOf")} | schema
    return schema


@cache
def as_json() -> bytes:
    """The document as JSON."""
    return json.dumps(document(), ensure_ascii=False, indent=1).encode()


@cache
def as_yaml() -> bytes:
    """The document as YAML."""
    return yaml.safe_dump(document(), allow_unicode=True, sort_keys=False).encode()
