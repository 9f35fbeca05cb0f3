"""The package on the web: the ZIP file, its descriptor, and each table alone."""

import json
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import frictionless
import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from bundle.contents import TABLES
from tests.bundle.packages import contents, export
from tests.factories import EngagementFactory, ProfileFactory
from tests.pictures import picture
from tests.test_leaks import SECRET

pytestmark = pytest.mark.django_db


def body(response) -> bytes:
    assert response.status_code == 200
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_the_zip_file_holds_what_the_command_writes_for_others(client, world, tmp_path):
    response = client.get(reverse("bundle:zip"))
    with ZipFile(BytesIO(body(response))) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[-1] == "datapackage.json"
        sent = {name: archive.read(name) for name in archive.namelist()}
    assert sent == contents(export(tmp_path / "package", reusable_only=True))
    assert SECRET.encode() not in b"".join(sent.values()).lower()


def test_the_zip_file_is_the_same_each_time_and_can_be_taken_over_as_it_is(client, media, tmp_path):
    ProfileFactory(portrait=ContentFile(picture(), "ana.webp"), portrait_alt_en="Ana", consent_scope="reuse")
    assert body(client.get("/data/bundle.zip")) == body(client.get("/data/bundle.zip"))
    path = Path(tmp_path / "bundle.zip")
    path.write_bytes(body(client.get("/data/bundle.zip")))
    assert frictionless.validate(str(path)).valid


def test_it_is_named_after_the_last_change(client):
    EngagementFactory()
    response = client.get("/data/bundle.zip")
    changed = EngagementFactory._meta.model.objects.get().updated_at
    name = f"coop-portal-{changed.year}.{changed.month}.{changed.day}.zip"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Content-Type"] == "application/zip"
    body(response)


def test_the_descriptor_leads_to_each_table(client, world):
    descriptor = json.loads(body(client.get(reverse("bundle:descriptor"))))
    assert [resource["path"] for resource in descriptor["resources"]] == [f"{table.name}.csv" for table in TABLES]
    assert "hash" not in descriptor["resources"][0]
    for resource in descriptor["resources"]:
        content = body(client.get(f"/data/{resource['path']}")).decode()
        assert content.splitlines()[0].split(",") == [field["name"] for field in resource["schema"]["fields"]]
        assert SECRET not in content.casefold()


def test_the_descriptor_is_in_english_for_everybody(client):
    addresses = ("/data/datapackage.json", "/data/profiles.csv")
    for address in addresses:
        assert body(client.get(address, headers={"accept-language": "fr"})) == body(client.get(address))


def test_pictures_are_handed_out_only_of_those_who_agreed_to_open_data(client, media):
    ProfileFactory(portrait=ContentFile(picture(), "ana.webp"), portrait_alt_en="Ana", consent_scope="pictures")
    assert b"portraits/" not in body(client.get("/data/profiles.csv"))
    assert b"portraits/" not in body(client.get("/data/files.csv"))


@pytest.mark.parametrize("address", ["/data/bundle.zip", "/data/datapackage.json", "/data/regions.csv"])
def test_it_is_only_for_reading(client, address):
    assert client.post(address).status_code == 405
    response = client.head(address)
    assert response.status_code == 200
    assert body(response) == b""


def test_tables_that_are_none_are_not_found(client):
    assert client.get("/data/users.csv").status_code == 404
    assert client.get("/data/regions.csv%00").status_code == 404
