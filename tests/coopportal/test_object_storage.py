"""Uploads in object storage: a server that speaks S3 holds them, and the portal hands them out as from a folder."""

from io import BytesIO
from pathlib import Path

import boto3
import pytest
from botocore.response import StreamingBody
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from moto.server import ThreadedMotoServer
from PIL import Image

from privacy.belongings import with_derived
from profiles.models import Profile
from sheets import uploads
from tests.coopportal.test_settings import manage, setting
from tests.documents import pdf
from tests.factories import MaterialFactory, ProfileFactory, ProgrammeFactory
from tests.pictures import picture

pytestmark = pytest.mark.django_db
ACCESS = {"AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "key", "AWS_DEFAULT_REGION": "eu-west-1"}


@pytest.fixture(scope="module")
def server():
    """The environment of a portal whose files are in buckets of a server of our own."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield ACCESS | {"AWS_ENDPOINT_URL": f"http://{host}:{port}"}
    server.stop()


@pytest.fixture(scope="module")
def storages_of_buckets():
    """What the settings make of the names of two buckets."""
    names = {"MEDIA_BUCKET": "uploads", "PRIVATE_BUCKET": "proofs", "S3_ADDRESSING_STYLE": "path"}
    made = eval(setting("STORAGES", SECRET_KEY="x" * 50, **names))  # noqa: S307 - printed by our own settings
    return {alias: made[alias] for alias in ("default", "private")}


@pytest.fixture
def buckets(server, storages_of_buckets, monkeypatch, settings):
    """The client of a storage with the buckets `uploads` and `proofs`, in which the portal keeps its files."""
    for name, value in server.items():
        monkeypatch.setenv(name, value)
    client = boto3.client("s3", endpoint_url=server["AWS_ENDPOINT_URL"])
    for name in ("uploads", "proofs"):
        client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    settings.STORAGES = settings.STORAGES | storages_of_buckets
    monkeypatch.setattr(Profile._meta.get_field("consent_document"), "storage", storages["private"])
    yield client
    for name in ("uploads", "proofs"):
        for key in keys(client, name):
            client.delete_object(Bucket=name, Key=key)
        client.delete_bucket(Bucket=name)


def keys(client, bucket: str = "uploads") -> list[str]:
    return [found["Key"] for found in client.list_objects_v2(Bucket=bucket).get("Contents", [])]


def portrait():
    profile = ProfileFactory()
    profile.portrait.save("x.webp", ContentFile(picture(120, 120)))
    return profile.portrait


def material(**programme):
    file = ContentFile(pdf(), name="manual.pdf")
    return MaterialFactory(programme=ProgrammeFactory(**programme), url="", file=file)


def test_a_picture_and_its_renditions_are_in_the_bucket_and_nowhere_else(buckets, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    file = portrait()
    assert set(keys(buckets)) == {f"media/{name}" for name in [file.name, *file.renditions.names()]}
    assert list(Path(tmp_path).iterdir()) == []


def test_its_addresses_are_the_portals(buckets, client):
    file = portrait()
    assert file.url == f"/media/{file.name}"
    assert f'"/media/{file.name}' in client.get(file.instance.get_absolute_url()).content.decode()


def test_a_rendition_is_sent_from_there(buckets, client):
    file = portrait()
    response = client.get(f"{file.url}.96.avif")
    assert response["Content-Type"] == "image/avif"
    assert response["Cache-Control"] == "public, max-age=300, s-maxage=0, must-revalidate"
    assert Image.open(BytesIO(b"".join(response.streaming_content))).size == (96, 96)
    again = client.get(f"{file.url}.96.avif", headers={"If-Modified-Since": response["Last-Modified"]})
    assert again.status_code == 304


def test_a_material_is_sent_as_it_comes(buckets, client, monkeypatch):
    file = material().file
    response = client.get(file.url)
    read = []
    original = StreamingBody.read
    monkeypatch.setattr(StreamingBody, "read", lambda body, amt=None: read.append(amt) or original(body, amt))
    assert b"".join(response.streaming_content) == pdf()
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["Content-Length"] == str(len(pdf()))
    assert read, "it was fetched before it was asked for"
    assert all(read), "all of it was fetched at once"


@pytest.mark.parametrize("state", ["draft", "in_review", "scheduled", "archived"])
def test_a_file_is_as_public_as_its_record(buckets, client, staff_client, state):
    address = material(**{state: True}).file.url
    assert client.get(address).status_code == 404
    assert "no-store" in staff_client.get(address)["Cache-Control"]


def test_no_object_is_public_in_the_bucket(buckets):
    portrait()
    for key in keys(buckets):
        grants = buckets.get_object_acl(Bucket="uploads", Key=key)["Grants"]
        assert [grant for grant in grants if "URI" in grant["Grantee"]] == []


def test_a_file_lost_from_the_bucket_is_not_found(buckets, client):
    lost = material()
    lost.file.storage.delete(lost.file.name)
    assert client.get(lost.file.url).status_code == 404


def test_a_new_framing_makes_other_renditions_of_the_stored_picture(buckets, django_capture_on_commit_callbacks):
    profile = portrait().instance
    before = set(profile.portrait.renditions.names())
    profile.portrait_framing = {"left": 0, "top": 0, "width": 50, "height": 50}
    with django_capture_on_commit_callbacks(execute=True):
        profile.save()
    after = set(profile.portrait.renditions.names())
    assert not before & after
    assert set(keys(buckets)) == {f"media/{name}" for name in after | {profile.portrait.name}}


def test_deleted_files_are_gone(buckets):
    file = portrait()
    for storage, name in with_derived(file.storage, file.name):
        storage.delete(name)
    assert keys(buckets) == []


def test_a_proof_of_consent_is_in_the_other_bucket(buckets, staff_client, client):
    profile = ProfileFactory()
    profile.consent_document.save("consent.pdf", ContentFile(pdf()))
    assert keys(buckets, "proofs") == [f"private/{profile.consent_document.name}"]
    assert keys(buckets) == []
    address = profile.consent_document.url
    assert b"".join(staff_client.get(address).streaming_content) == pdf()
    assert client.get(address).status_code == 302
    assert client.get(f"/media/{profile.consent_document.name}").status_code == 404


def test_a_sheet_waits_there_for_its_import(buckets, editor):
    token = uploads.keep(ContentFile(b"a;b", name="people.csv"), editor, "profiles.profile")
    assert [key.startswith("media/imports/") for key in keys(buckets)] == [True]
    file, name = uploads.opened(token, editor, "profiles.profile")
    assert (file.read(), name) == (b"a;b", "people.csv")
    uploads.remove(token, editor, "profiles.profile")
    assert keys(buckets) == []
    with pytest.raises(uploads.GoneError):
        uploads.opened(token, editor, "profiles.profile")


def test_sheets_that_nobody_imported_are_removed_there_too(buckets, editor, monkeypatch):
    uploads.keep(ContentFile(b"a;b", name="people.csv"), editor, "profiles.profile")
    monkeypatch.setattr(uploads, "KEPT", -uploads.KEPT)
    uploads.remove_old()
    assert keys(buckets) == []


def test_without_a_bucket_nothing_of_it_is_loaded():
    code = "import sys, coopportal.wsgi; print('boto3' in sys.modules)"
    assert manage("shell", "--no-imports", "-c", code, SECRET_KEY="x" * 50).stdout == "False\n"
