"""Loads the files of `codelists/data/` into the database, as often as one likes."""

import csv
from pathlib import Path

from django.apps.registry import Apps
from django.conf import settings
from django.db import models
from django.utils import translation

DATA = Path(__file__).parent / "data"

# In the order in which one refers to another: file and model, and the columns that hold another list's key.
OFFICIAL_LISTS = [
    ("regions.csv", "Region", {}),
    ("subregions.csv", "Subregion", {}),
    ("countries.csv", "Country", {"region": "region_id", "subregion": "subregion_id"}),
    ("sectors.csv", "Sector", {}),
    ("languages.csv", "Language", {}),
    ("delivery_modes.csv", "DeliveryMode", {}),
    ("sdgs.csv", "SustainableDevelopmentGoal", {}),
]
TOPICS = "topics.csv"


def read(filename: str) -> list[dict[str, str]]:
    """The rows of a file in `codelists/data/`."""
    with (DATA / filename).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _known(model: type[models.Model], row: dict[str, str]) -> dict[str, str | None]:
    """The part of `row` that `model` has columns for: a model of the past, in a migration, lacks later ones."""
    columns = {field.attname for field in model._meta.concrete_fields}
    return {column: value or None for column, value in row.items() if column in columns}


@translation.override(settings.MODELTRANSLATION_DEFAULT_LANGUAGE)  # in which `name` is `name_en`
def load(apps: Apps) -> dict[str, int]:
    """Bring the code lists up to the files; answer how many rows each file has.

    `apps` is the app registry, that of the moment within a migration. Official rows are made or set to the file's
    values, and never deleted. Topics belong to the editors: one that is missing is added, none is changed.
    """
    counts = {}
    for filename, model_name, keys in OFFICIAL_LISTS:
        model = apps.get_model("codelists", model_name)
        rows = [
            _known(model, {keys.get(column, column): value for column, value in row.items()}) for row in read(filename)
        ]
        columns = [column for column in rows[0] if column != model._meta.pk.name]
        model._base_manager.bulk_create(
            [model(**row, name=row["name_en"]) for row in rows],
            update_conflicts=True,
            unique_fields=[model._meta.pk.name],
            update_fields=[*columns, "name"],
        )
        counts[filename] = len(rows)
    topic = apps.get_model("codelists", "Topic")
    rows = [_known(topic, row) for row in read(TOPICS)]
    topic._base_manager.bulk_create(
        [topic(**row, name=row["name_en"], description=row["description_en"]) for row in rows],
        ignore_conflicts=True,
    )
    counts[TOPICS] = len(rows)
    return counts
