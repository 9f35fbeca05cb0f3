"""A package is looked through before anything is written, and then taken over as a whole or not at all."""

import hashlib
import json
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError
from django.db import connection

from bundle import importing, opening
from codelists.models import Country, Topic
from engagements.models import Engagement
from organisations.models import Office, Organisation
from profiles.models import Profile
from programmes.models import Programme
from publishing.models import Version
from tests.bundle.packages import export, resign, rewrite, take_over
from tests.documents import pdf
from tests.factories import (
    EngagementFactory,
    InterviewFactory,
    InterviewPhotoFactory,
    MaterialFactory,
    OrganisationFactory,
    ProfileFactory,
    ProgrammeFactory,
)
from tests.pictures import picture
from tests.search.reading import is_found

pytestmark = pytest.mark.django_db


@pytest.fixture
def package(media, tmp_path) -> Path:
    """The package of a portal that is empty again."""
    organisation = OrganisationFactory(name_en="=1+1", name_es="", description_en=" \r\n-1", website="")
    programme = ProgrammeFactory(name_en="My.Coop", featured=True)
    programme.partners.add(organisation)
    MaterialFactory(programme=programme, url="", file=ContentFile(pdf(), name="manual.pdf"))
    profile = ProfileFactory(slug="ana", portrait=ContentFile(picture(), "ana.webp"), portrait_alt_en="Ana")
    InterviewPhotoFactory(interview=InterviewFactory(profile=profile))
    engagement = EngagementFactory(programme=programme, title_es=None, title_fr="Atelier")
    engagement.topics.add(Topic.objects.get(slug="youth"))
    made = export(tmp_path / "package")
    for model in (Engagement, Programme, Profile, Organisation):
        model.objects.all().delete()
    Office.objects.all().delete()
    for folder in ("portraits", "photos", "materials"):
        shutil.rmtree(media / folder, ignore_errors=True)
    return made


def refusal(package: Path) -> str:
    """Why the package is not taken over; nothing of it must be left."""
    with pytest.raises(CommandError) as refused:
        take_over(package)
    assert not Organisation.objects.exists()
    assert not Profile.objects.exists()
    stored = [name for folder in ("portraits", "photos", "materials") for name in _files_in(folder)]
    assert stored == []
    return str(refused.value)


def _files_in(folder: str) -> list[str]:
    return default_storage.listdir(folder)[1] if default_storage.exists(folder) else []


def test_texts_come_back_exactly(package):
    take_over(package)
    organisation = Organisation.objects.get()
    assert (organisation.name_en, organisation.name_es, organisation.name_fr) == ("=1+1", "", None)
    assert organisation.description_en == " \r\n-1"
    engagement = Engagement.objects.get()
    assert (engagement.title_es, engagement.title_fr) == (None, "Atelier")


def test_the_columns_without_a_language_hold_the_english_text(package):
    take_over(package)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, name_en FROM organisations_organisation")
        assert cursor.fetchall() == [("=1+1", "=1+1")]


def test_people_are_published_with_the_consent_that_the_package_tells(package, settings):
    take_over(package)
    profile = Profile.objects.get()
    assert profile.is_public
    assert profile.consent_by == f"Published by {settings.PUBLISHER}, taken over with its data package"
    assert profile.consent_date == date(2020, 1, 1)
    assert profile.consent_scope == "pictures"


@pytest.mark.parametrize("scope", ["text", "pictures", "reuse"])
def test_a_consent_is_what_it_was_also_without_pictures(scope, tmp_path):
    ProfileFactory(consent_scope=scope, slug="ana")
    made = export(tmp_path / "package")
    Profile.objects.all().delete()
    Office.objects.all().delete()
    take_over(made)
    assert Profile.objects.get(slug="ana").consent_scope == scope


def test_pictures_have_renditions_and_documents_their_size(package):
    take_over(package)
    profile = Profile.objects.get()
    assert all(default_storage.exists(name) for name in profile.portrait.renditions.names())
    assert Programme.objects.get().materials.get().file_size == len(pdf())


def test_what_was_taken_over_is_found(package):
    take_over(package)
    assert is_found("coop", Programme.objects.get())


def test_code_lists_are_brought_in_line(package):
    Country.objects.filter(pk="PE").update(name_fr="Inca")
    Topic.objects.create(slug="mine", name="Mine", name_en="Mine")
    take_over(package)
    assert Country.objects.get(pk="PE").name_fr == "Pérou"
    assert not Topic.objects.filter(slug="mine").exists()
    assert Engagement.objects.get().topics.get().slug == "youth"


def test_the_next_record_gets_the_next_number(package):
    take_over(package)
    assert OrganisationFactory().pk > Organisation.objects.order_by("pk").first().pk


def test_a_portal_with_records_is_left_alone(package):
    OrganisationFactory(draft=True)
    with pytest.raises(CommandError, match=r"organisations in this portal.*manage.py flush"):
        take_over(package)
    assert Organisation.objects.count() == 1


def test_what_is_left_of_deleted_records_is_not_taken_for_the_history_of_new_ones(package):
    Version.keep(OrganisationFactory(), None)
    Organisation.objects.all().delete()
    assert "There are versions in this portal" in refusal(package)


def test_a_zip_file_of_it_will_do(package):
    take_over(Path(shutil.make_archive(str(package), "zip", package)))
    assert Organisation.objects.exists()


CHANGES = {
    "another type": ("programmes", lambda text: text.replace(",true,", ",maybe,"), "line 2, column “featured”"),
    "a kind that is none": ("programmes", lambda text: text.replace("management", "magic"), "column “kind”"),
    "no such country": ("organisations", lambda text: text.replace(",PE,", ",XX,"), "'XX' is not in countries.csv"),
    "an unknown column": ("organisations", lambda text: text.replace("slug", "slog", 1), "column “slog”: This column"),
    "a row too short": ("topics", lambda text: text + "99\n", "There are 1 cells where 8 belong"),
    "a row twice": ("regions", lambda text: text + text.splitlines()[-1] + "\n", "there twice"),
    "a program as a link": (
        "engagements",
        lambda text: text.replace(',"",2020', ",javascript:alert(1),2020"),
        "column “source_url”",
    ),
    "an address that leads nowhere": ("profiles", lambda text: text.replace(",ana,", ",../ana,"), "column “slug”"),
    "a file outside": ("files", lambda text: text.replace("portraits/", "../portraits/"), "column “name”"),
    "another file": ("files", lambda text: text.replace("files/portraits/", "files/photos/"), "Path or media type"),
    "a NUL": ("topics", lambda text: text.replace("youth", "yo\x00uth"), "NUL"),
    "no UTF-8": ("topics", lambda text: text.replace("youth", "yo\udcffuth"), "UTF-8"),
    "an open quote": ("topics", lambda text: text + '"', "never closed"),
    "a required text that is empty": ("organisations", lambda text: text.replace(",federation,", ',"",'), "is empty"),
    "a number too large": ("regions", lambda text: text.replace(",1,", ",99999999999999999999,"), "whole number"),
    "a day that is none": ("engagements", lambda text: text.replace("2019-05-03", "2019-02-31"), "no calendar has"),
    "a moment out of time": ("engagements", lambda text: text.replace("2020-01-01T", "0001-01-01T"), "no moment"),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_what_is_wrong_is_said_with_its_place(package, kind):
    table, change, message = CHANGES[kind]
    rewrite(package, table, change)
    told = refusal(package)
    assert message in told
    assert f"{table}.csv" in told


def test_what_only_the_database_refuses_is_said_too(package):
    rewrite(package, "engagements", lambda text: text.replace("2019-05-03", "2019-04-03"))  # ends before it begins
    assert "engagements.csv, lines 2 to 2: the database refuses" in refusal(package)


def test_a_changed_file_is_noticed(package):
    rewrite(package, "topics", lambda text: text.replace("youth", "yauth"), sign=False)
    assert "topics.csv: The checksum is not the one" in refusal(package)


def test_a_changed_picture_is_noticed(package):
    (path,) = (package / "files/portraits").iterdir()
    path.write_bytes(picture(41, 30))
    assert "another length or checksum" in refusal(package)


def test_a_picture_that_is_none_is_refused(package):
    (path,) = (package / "files/portraits").iterdir()
    before = path.read_bytes()
    path.write_bytes(b"<svg onload=alert(1)>")
    digests = [hashlib.sha256(content).hexdigest() for content in (before, path.read_bytes())]
    rewrite(package, "files", lambda text: text.replace(f"{len(before)},{digests[0]}", f"21,{digests[1]}"))
    assert "is not what its name says" in refusal(package)


@pytest.mark.parametrize("name", ["topics.csv", "datapackage.json"])
def test_a_missing_file_is_named(package, name):
    (package / name).unlink()
    assert name in refusal(package)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"name": "other"}', "[" * 100_000, '{"name": "coop-portal"}'])
def test_another_descriptor_is_refused(package, content):
    (package / "datapackage.json").write_text(content)
    assert "datapackage.json" in refusal(package)


def test_links_of_the_file_system_are_not_followed(package, tmp_path):
    outside = tmp_path / "outside.csv"
    (package / "topics.csv").rename(outside)
    (package / "topics.csv").symlink_to(outside)
    assert "topics.csv: The file is missing" in refusal(package)


def test_a_zip_file_that_would_unpack_without_end_is_refused(package, monkeypatch):
    monkeypatch.setattr(opening, "MOST_BYTES", 1000)
    assert "would unpack to more than 1000 bytes" in refusal(Path(shutil.make_archive(str(package), "zip", package)))


def test_what_is_no_package_is_refused(package, tmp_path):
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK\x03\x04 nothing")
    assert "neither a directory nor a ZIP file" in refusal(broken)
    assert "no such file" in refusal(tmp_path / "nowhere")


def test_a_damaged_zip_file_is_refused(package):
    path = Path(shutil.make_archive(str(package), "zip", package))
    with zipfile.ZipFile(path) as archive:
        place = archive.getinfo("countries.csv").header_offset
    content = bytearray(path.read_bytes())
    content[place + 200 : place + 260] = bytes(60)
    path.write_bytes(content)
    refusal(path)


def test_nothing_is_left_of_what_fails_at_the_end(package, monkeypatch):
    def fail():
        raise OSError("The disk is full.")

    monkeypatch.setattr(importing, "_set_sequences", fail)
    assert "The disk is full" in refusal(package)
    assert Topic.objects.filter(slug="youth").exists()


def test_faults_beyond_the_first_are_told_up_to_a_limit(package):
    rewrite(package, "countries", lambda text: text.replace(",americas,", ",nowhere,"))
    told = refusal(package)
    assert told.count("countries.csv, line") == 20
    assert "There may be more." in told


def test_a_descriptor_of_other_columns_does_not_matter_where_the_files_are_right(package):
    descriptor = json.loads((package / "datapackage.json").read_text())
    descriptor["resources"][0]["schema"] = {}
    (package / "datapackage.json").write_text(json.dumps(descriptor))
    resign(package, "topics")
    take_over(package)
    assert Organisation.objects.exists()
