"""The descriptor of the data package (Data Package 2.0), which says what every column means."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation

from bundle.cells import moment
from bundle.contents import TABLES
from bundle.files import Measured
from bundle.tables import Column, Table
from opendata.licence import data_licence

DESCRIPTOR = "datapackage.json"
NAME = "coop-portal"  # of the package, whichever portal it is of
LANGUAGES = {"en": "English", "es": "Spanish", "fr": "French"}
PICTURES = (
    "Pictures of people are marked in the table files: with reuse true, the person agreed to open data. The others are "
    "here only to show this portal again, and are under no licence."
)
NO_PICTURES = "Pictures of people are here only where the person agreed to open data."
LISTS = [
    {"title": "ISO 3166-1 (countries)", "path": "https://www.iso.org/iso-3166-country-codes.html"},
    {"title": "United Nations, M49 (sub-regions)", "path": "https://unstats.un.org/unsd/methodology/m49/"},
    {
        "title": "United Nations, ISIC Revision 4 (sectors)",
        "path": "https://unstats.un.org/unsd/classifications/Econ/isic",
    },
    {"title": "Unicode CLDR (names of countries and languages)", "path": "https://cldr.unicode.org/"},
    {"title": "Natural Earth (points of countries)", "path": "https://www.naturalearthdata.com/"},
]


def described(changed: datetime | None, reusable_only: bool, measured: Mapping[str, Measured] | None = None) -> str:
    """The descriptor as JSON. `changed` is the newest change of the data; `measured` the files of the tables, by name.

    Without these, the tables have no lengths and digests.
    """
    licence = data_licence()
    publisher = {"title": settings.PUBLISHER} | ({"path": settings.SITE_URL} if settings.SITE_URL else {})
    package: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": NAME,
        "title": f"Public data of {settings.PUBLISHER}",
        "description": "Who works on cooperatives, with which training programmes, in which countries and with whom. "
        f"{NO_PICTURES if reusable_only else PICTURES}",
        "licenses": [{"name": licence.name, "path": licence.url}],
        "sources": [publisher, *LISTS],
        "contributors": [publisher | {"roles": ["publisher"]}],
    }
    if settings.SITE_URL:
        package["homepage"] = settings.SITE_URL
    if changed:
        package |= {"version": version(changed), "created": moment(changed)}
    with translation.override("en"):  # the names of columns are those of the admin's fields
        package["resources"] = [_resource(table, measured and measured[table.name]) for table in TABLES]
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def version(changed: datetime) -> str:
    """The version of data that was last changed then: 2024.5.31."""
    return f"{changed.year}.{changed.month}.{changed.day}"


def _resource(table: Table, content: Measured | None) -> dict[str, Any]:
    resource = {
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "title": table.title,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
    }
    if content:
        resource |= {"bytes": content.size, "hash": f"sha256:{content.sha256}"}
    return resource | {"schema": _schema(table)}


def _schema(table: Table) -> dict[str, Any]:
    schema = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    keys = [
        {
            "fields": [column.name],
            "reference": {"resource": column.reference.table, "fields": [column.reference.column]},
        }
        for column in table.columns
        if column.reference
    ]
    return schema | ({"foreignKeys": keys} if keys else {})


def _field(column: Column) -> dict[str, Any]:
    cell = column.cell
    language = f" ({LANGUAGES[column.language]})" if column.language else ""
    described = {"name": column.name, "type": cell.type, "format": cell.format, "title": f"{column.title}{language}"}
    if column.description:
        described["description"] = column.description
    constraints = dict(cell.constraints)
    if column.is_required:
        constraints["required"] = True
    if column.field.unique and not column.field.primary_key:
        constraints["unique"] = True
    return described | ({"constraints": constraints} if constraints else {})
