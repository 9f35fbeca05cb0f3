"""Everything that a portal holds and shows, to be compared with that of another one.

Asked without the code under test: rows by Django's own queries, pages by a browser, files from the disk.
Run as `python -m tests.backup.looking FILE`: writes it into the file, as JSON.
"""

import json
import re
import sys
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from unittest import mock

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage, storages
from django.db.models import QuerySet
from django.test import Client

# Who was signed in does not come back; the version of the content never does.
OTHERWISE = ("sessions.Session", "opendata.ContentVersion")
NOW = datetime(2030, 1, 1, tzinfo=UTC)
LISTS = ("profiles", "programmes", "engagements", "organisations", "countries")
BESIDE_THE_SITEMAP = [
    *(f"/{language}/{path}" for language in ("en", "es") for path in ("feed/", "gaps/", "search/?q=dairy", "data/")),
    *(f"/en/{name}.{ending}" for name in LISTS for ending in ("csv", "json")),
    *(f"/api/v1/{name}/?page_size=100" for name in LISTS),
    *(f"/en/{name}/?page=2" for name in LISTS),
    "/data/iati-activities.xml",
    "/data/datapackage.json",
    "/en/planned.ics",
]


def rows() -> dict[str, list[str]]:
    """Every row of every table, by model."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or model._meta.label in OTHERWISE:
            continue
        columns = [field.attname for field in model._meta.concrete_fields]
        values = QuerySet(model).values_list(*columns)
        found[model._meta.label] = sorted(json.dumps(row, default=repr, sort_keys=True) for row in values)
    return found


def pages() -> dict[str, str]:
    """What every address of the sitemap and those beside it answer at one moment: a digest."""
    client = Client()
    with mock.patch("django.utils.timezone.now", return_value=NOW):
        index = client.get("/sitemap.xml").content.decode()
        addresses = list(BESIDE_THE_SITEMAP)
        for section in re.findall("<loc>https?://[^/]+([^<]+)</loc>", index):
            addresses += re.findall("<loc>https?://[^/]+([^<]+)</loc>", client.get(section).content.decode())
        return {address: _digest(client.get(address)) for address in addresses}


def _digest(response) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return f"{response.status_code} {sha256(body).hexdigest()}"


def files() -> dict[str, str]:
    """Every uploaded file, by its path: a digest."""
    folders = {"media": Path(default_storage.location), "private": Path(storages["private"].location)}
    return {
        f"{name}/{path.relative_to(folder)}": sha256(path.read_bytes()).hexdigest()
        for name, folder in folders.items()
        for path in folder.rglob("*")
        if path.is_file()
    }


def everything() -> dict[str, dict]:
    return {"rows": rows(), "pages": pages(), "files": files()}


if __name__ == "__main__":
    import django
    from django.test.utils import setup_test_environment

    django.setup()
    setup_test_environment()
    assert settings.SETTINGS_MODULE == "tests.backup.settings"
    Path(sys.argv[1]).write_text(json.dumps(everything()))
