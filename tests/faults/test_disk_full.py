"""A full disk: who uploads is told what to do, nothing half-written stays, and pages are served."""

import os
from io import BytesIO
from unittest import mock

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from PIL import Image

from organisations.models import Organisation
from profiles.models import Profile
from publishing.models import Version
from tests.factories import ProfileFactory
from tests.faults.disks import Disk, disk
from tests.pages import text
from tests.publishing.admin_forms import filled_in
from tests.sheets.files import address, as_csv, errors_of

pytestmark = pytest.mark.django_db
SHEET = as_csv([{"slug": f"union-{n}", "name_en": f"Union {n}" * 5, "kind": "federation"} for n in range(500)])


@pytest.fixture
def small_disk(tmp_path):
    with disk(tmp_path / "disk") as found:
        yield found


@pytest.fixture
def uploads(small_disk, settings) -> Disk:
    """The disk of uploads."""
    settings.MEDIA_ROOT = str(small_disk.folder)
    return small_disk


@pytest.fixture
def browser(staff_client) -> Client:
    staff_client.raise_request_exception = False
    return staff_client


def noise(width: int) -> bytes:
    """A picture that no format makes small."""
    file = BytesIO()
    Image.frombytes("RGB", (width, width), os.urandom(3 * width * width)).save(file, "PNG")
    return file.getvalue()


class Form:
    """The form of a draft, with a portrait to be uploaded."""

    def __init__(self, browser: Client):
        self.browser, self.profile = browser, ProfileFactory(draft=True)
        self.address = reverse("admin:profiles_profile_change", args=[self.profile.pk])
        self.page = browser.get(self.address)
        self.portrait = noise(250)

    def send(self):
        typed = {"post_title_en": "Typed", "portrait_alt_en": "Ana at her desk"}
        portrait = SimpleUploadedFile("ana.png", self.portrait, "image/png")
        return self.browser.post(self.address, filled_in(self.page, **typed) | {"portrait": portrait})


def says_what_to_do(answer) -> None:
    assert answer.status_code == 503
    assert "The disk of the server is full. Nothing of what you sent was saved" in text(answer)
    assert "Tell whoever runs the portal" in text(answer)
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_portrait_for_which_there_is_no_room_is_not_half_saved(browser, uploads):
    form = Form(browser)
    uploads.leave(20_000)
    says_what_to_do(form.send())
    profile = Profile.objects.get()
    assert (profile.post_title_en, profile.portrait.name) == ("Enterprises Specialist", "")
    assert not Version.objects.of(profile).exists()
    assert uploads.files == {}

    uploads.make_room()
    assert form.send().status_code == 302
    profile.refresh_from_db()
    assert profile.post_title_en == "Typed"
    with default_storage.open(profile.portrait.name) as file, Image.open(file) as picture:
        picture.load()
        assert picture.size == (250, 250)


def test_a_portrait_without_room_for_its_smaller_ones_is_saved_without(browser, uploads):
    form = Form(browser)
    assert form.send().status_code == 302
    whole = uploads.files
    name, size = next((name, size) for name, size in whole.items() if name.count(".") == 1)
    default_storage.delete(name)
    for other in set(whole) - {name}:
        default_storage.delete(other)

    form = Form(browser)
    uploads.leave(size + 20_000)
    assert form.send().status_code == 302
    profile = Profile.objects.get(pk=form.profile.pk)
    assert list(uploads.files) == [profile.portrait.name]
    assert profile.portrait_renditions is None


def test_a_sheet_for_which_there_is_no_room_is_not_half_kept(browser, uploads):
    uploads.leave(8_000)
    where = address("import", Organisation)
    assert len(SHEET) > 8_000
    says_what_to_do(browser.post(where, {"file": SimpleUploadedFile("unions.csv", SHEET)}))
    assert uploads.files == {}
    uploads.make_room()
    answer = browser.post(where, {"file": SimpleUploadedFile("unions.csv", SHEET)})
    assert answer.status_code == 302, errors_of(answer)


def test_a_large_file_for_which_there_is_no_room_while_it_comes(browser, small_disk, settings):
    """Django puts it on the disk of temporary files before any view is asked."""
    settings.FILE_UPLOAD_TEMP_DIR = str(small_disk.folder)
    large = SimpleUploadedFile("unions.csv", SHEET * (4 * 1024**2 // len(SHEET)))
    says_what_to_do(browser.post(address("import", Organisation), {"file": large}))
    assert small_disk.files == {}


@pytest.mark.parametrize("room", [0, 8_000], ids=["nothing", "half a page"])
def test_pages_are_served_where_none_can_be_kept(small_disk, page_cache, settings, room):
    settings.CACHES = settings.CACHES | {"pages": settings.CACHES["pages"] | {"LOCATION": str(small_disk.folder)}}
    small_disk.leave(room)
    browser = Client()
    answers = [browser.get(path) for path in ("/en/", "/en/countries/", "/en/") for _time in range(2)]
    assert {answer.status_code for answer in answers} == {200}
    assert answers[0].content == answers[-1].content
    # Under its own name a file comes when it is whole.
    assert all(name.endswith(".djcache") for name in small_disk.files)


@pytest.mark.django_db(transaction=True)
def test_a_database_that_cannot_grow_says_what_to_do(browser):
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA page_count")
            pages = cursor.fetchone()[0]
            cursor.execute(f"PRAGMA max_page_count = {pages}")
        full = mock.patch("organisations.models.Organisation.full_clean", side_effect=fill_up)
    else:
        full = mock.patch("organisations.models.Organisation.full_clean", side_effect=refuse)
    add = reverse("admin:organisations_organisation_add")
    form = filled_in(browser.get(add), name_en="Union", slug="union", kind="federation")
    try:
        with full:
            says_what_to_do(browser.post(add, form))
    finally:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA max_page_count = {2**30}")
    assert not Organisation.objects.exists()
    assert browser.post(add, form).status_code == 302


def fill_up(*args, **kwargs) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE filler (x)")
        cursor.execute("INSERT INTO filler VALUES (zeroblob(10000000))")


def refuse(*args, **kwargs) -> None:
    """As PostgreSQL refuses, which has no disk of its own here."""
    with connection.cursor() as cursor:
        cursor.execute("DO $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$")
