"""The package holds all that is public and nothing else, says what it is, and is the same for the same data."""

import csv
import json
from datetime import UTC, datetime
from io import StringIO

import frictionless
import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from bundle import placing
from bundle.contents import TABLES
from bundle.exporting import csv_of, members
from bundle.tables import Extent
from engagements.models import Engagement
from profiles.models import InterviewPhoto, Profile
from tests.bundle.packages import contents, export
from tests.factories import (
    LONG_AGO,
    EducationFactory,
    EngagementFactory,
    EngagementStaffFactory,
    IntakeFactory,
    InterviewFactory,
    InterviewPhotoFactory,
    OrganisationFactory,
    PositionFactory,
    ProfileFactory,
    ProgrammeFactory,
    SourceFactory,
    full_programme,
)
from tests.pictures import picture
from tests.test_leaks import HIDDEN_FIGURES, SECRET

pytestmark = pytest.mark.django_db


def rows_of(package, table: str) -> list[dict[str, str]]:
    with (package / f"{table}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def with_portrait(**values) -> Profile:
    return ProfileFactory(portrait=ContentFile(picture(), "ana.webp"), portrait_alt_en="Ana", **values)


def test_frictionless_finds_nothing_wrong(world, tmp_path):
    package = export(tmp_path / "package")
    report = frictionless.validate(str(package / "datapackage.json"))
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "note"])[:10]
    assert len(report.tasks) == len(TABLES)
    described = frictionless.Package(str(package / "datapackage.json"))
    assert {resource.name for resource in described.resources} == {table.name for table in TABLES}
    assert all(resource.hash and resource.bytes for resource in described.resources)
    assert all(field.title for resource in described.resources for field in resource.schema.fields)


def test_frictionless_would_notice_a_broken_key(world, tmp_path):
    package = export(tmp_path / "package")
    path = package / "engagements.csv"
    path.write_text(path.read_text().replace(",PE,", ",XX,"))
    errors = frictionless.validate(str(package / "datapackage.json")).flatten(["type"])
    assert {"foreign-key", "hash-count"} <= {kind for (kind,) in errors}


def test_nothing_that_is_not_public_is_in_it(world, tmp_path):
    package = contents(export(tmp_path / "package"))
    for name, content in package.items():
        assert SECRET not in name
        assert SECRET.encode() not in content.lower(), name
        assert not any(address.rpartition("/")[2] in name for address in world["hidden"] if "/media/" in address)
    tables = {name: content.decode() for name, content in package.items() if name.endswith(".csv")}
    assert "lonely" not in "".join(tables.values())
    for words in ("the person, by e-mail", "consent_by", "consent_date", "withdrawn"):
        assert not [name for name, content in tables.items() if words in content], words
    assert not [name for name, content in tables.items() if HIDDEN_FIGURES.search(content)]
    assert "Open.Coop" in tables["programmes.csv"]
    assert "We began with milk." in tables["education_sources.csv"]
    assert "Nobody said this" not in "".join(tables.values())


def test_the_test_above_would_notice_a_leak(world, tmp_path):
    Engagement.objects.filter(title_en__startswith=f"{SECRET}scheduled").update(publish_at=LONG_AGO)
    assert SECRET.encode() in contents(export(tmp_path / "package"))["engagements.csv"]


def test_links_to_what_is_hidden_are_left_out(tmp_path):
    hidden = OrganisationFactory(draft=True)
    position = PositionFactory(organisation=hidden)
    EducationFactory(profile=position.profile, organisation=hidden)
    engagement = EngagementFactory(programme=ProgrammeFactory(scheduled=True))
    engagement.partners.add(hidden)
    EngagementStaffFactory(engagement=engagement, profile=ProfileFactory(archived=True))
    package = export(tmp_path / "package")
    assert rows_of(package, "positions")[0]["organisation"] == ""
    assert rows_of(package, "education")[0]["organisation"] == ""
    assert rows_of(package, "engagements")[0]["programme"] == ""
    assert rows_of(package, "engagement_partners") == rows_of(package, "engagement_staff") == []


def test_the_same_data_gives_the_same_bytes_in_every_language(world, tmp_path):
    first = export(tmp_path / "first")
    with translation.override("fr"):
        second = export(tmp_path / "second")
    assert contents(first) == contents(second)


def test_lines_end_with_a_line_feed_and_rows_are_in_the_order_of_their_keys(media, tmp_path):
    for slug in ("b", "a"):
        ProgrammeFactory(slug=slug)
    full_programme()
    package = export(tmp_path / "package")
    content = (package / "programmes.csv").read_bytes()
    assert b"\r" not in content
    assert content.endswith(b"\n")
    for table in TABLES:
        keys = [[row[column] for column in table.key] for row in rows_of(package, table.name)]
        numbers = [[int(part) if part.isdigit() else part for part in key] for key in keys]
        assert numbers == sorted(numbers), table.name


def test_version_and_date_are_those_of_the_newest_change(tmp_path):
    OrganisationFactory()
    OrganisationFactory(draft=True)
    ProgrammeFactory(publish_at=datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC))
    for model in (OrganisationFactory._meta.model, ProgrammeFactory._meta.model):
        model.objects.update(updated_at=datetime(2024, 1, 1, tzinfo=UTC))
    OrganisationFactory(draft=True)
    descriptor = json.loads((export(tmp_path / "package") / "datapackage.json").read_text())
    assert (descriptor["version"], descriptor["created"]) == ("2025.3.4", "2025-03-04T05:06:07Z")


def test_an_empty_portal_has_a_package_too(tmp_path):
    package = export(tmp_path / "package")
    assert rows_of(package, "profiles") == []
    assert len(rows_of(package, "countries")) == 249
    assert frictionless.validate(str(package / "datapackage.json")).valid


def test_pictures_say_whether_they_may_be_reused(media, tmp_path):
    for scope in ("pictures", "reuse"):
        profile = with_portrait(consent_scope=scope)
        InterviewPhotoFactory(interview=InterviewFactory(profile=profile))
    package = export(tmp_path / "package")
    listed = {row["name"]: row["reuse"] for row in rows_of(package, "files")}
    for profile in Profile.objects.all():
        expected = "true" if profile.consent_scope == "reuse" else "false"
        assert listed[profile.portrait.name] == expected
        assert listed[InterviewPhoto.objects.get(interview__profile=profile).image.name] == expected
    assert "under no licence" in json.loads((package / "datapackage.json").read_text())["description"]


def test_pictures_that_may_not_be_reused_are_left_out_on_request(media, tmp_path):
    for scope in ("pictures", "reuse"):
        profile = with_portrait(consent_scope=scope, portrait_credit="Luz", slug=scope)
        InterviewPhotoFactory(interview=InterviewFactory(profile=profile))
    package = export(tmp_path / "package", reusable_only=True)
    first, second = rows_of(package, "profiles")
    assert (first["slug"], first["portrait"], first["portrait_alt_en"], first["portrait_credit"]) == (
        "pictures",
        "",
        "",
        "",
    )
    assert second["portrait_credit"] == "Luz"
    assert len(rows_of(package, "interview_photos")) == 1
    assert [row["reuse"] for row in rows_of(package, "files")] == ["true", "true"]
    assert len([name for name in contents(package) if name.startswith("files/")]) == 2
    assert frictionless.validate(str(package / "datapackage.json")).valid


def test_what_belongs_to_a_lost_file_is_left_out(media, tmp_path):
    profile = with_portrait(portrait_credit="Luz")
    InterviewPhotoFactory(interview=InterviewFactory(profile=profile))
    for path in [*(media / "portraits").iterdir(), *(media / "photos").iterdir()]:
        path.unlink()
    package = export(tmp_path / "package")
    assert (rows_of(package, "profiles")[0]["portrait"], rows_of(package, "profiles")[0]["portrait_credit"]) == ("", "")
    assert rows_of(package, "interview_photos") == rows_of(package, "files") == []


def test_a_package_is_replaced_as_a_whole(tmp_path):
    directory = export(tmp_path / "package")
    OrganisationFactory(slug="new-one")
    export(directory)
    assert "new-one" in (directory / "organisations.csv").read_text()
    assert [path.name for path in tmp_path.iterdir()] == ["package"]


@pytest.mark.parametrize("exchange", [True, False])
def test_the_old_package_stays_where_writing_the_new_one_fails(tmp_path, monkeypatch, exchange):
    if not exchange:
        monkeypatch.setattr(placing, "_exchange", lambda one, other: False)
    directory = export(tmp_path / "package")
    before = contents(directory)

    def broken():
        yield "README.md", [b"new"]
        raise OSError("The disk is full.")

    with pytest.raises(OSError, match="full"):
        placing.place(broken(), directory)
    assert contents(directory) == before
    placing.place([("datapackage.json", [b"{}"])], directory)
    assert contents(directory) == {"datapackage.json": b"{}"}
    assert [path.name for path in tmp_path.iterdir()] == ["package"]


@pytest.mark.parametrize("name", ["notes.txt", "datapackage.json notes.txt"])
def test_a_directory_of_something_else_is_not_touched(tmp_path, name):
    directory = tmp_path / "mine"
    directory.mkdir()
    for each in name.split():
        (directory / each).write_text("mine")
    with pytest.raises(CommandError, match="data package"):
        call_command("export_bundle", directory, stdout=StringIO())
    assert sorted(contents(directory)) == sorted(name.split())


def test_the_queries_do_not_grow_with_the_rows(media):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            for _name, pieces in members():
                for _piece in pieces:
                    pass
        return len(asked)

    def grow(number: int) -> None:
        for _each in range(number):
            profile = with_portrait()
            interview = InterviewFactory(profile=profile, source_url="https://example.org/")
            InterviewPhotoFactory(interview=interview)
            engagement = EngagementFactory(programme=ProgrammeFactory())
            engagement.partners.add(OrganisationFactory())
            EngagementStaffFactory(engagement=engagement, profile=profile)
            SourceFactory(intake=IntakeFactory(interview=interview), record=engagement)

    grow(1)
    queries()
    few = queries()
    grow(4)
    assert queries() == few


def test_a_row_is_not_waited_for_until_all_are_read():
    EngagementFactory.create_batch(3)
    table = next(table for table in TABLES if table.name == "engagements")
    rows = table.rows(Extent(datetime(2026, 1, 1, tzinfo=UTC)))
    assert next(rows)[0] == Engagement.objects.order_by("pk").first().pk
    assert next(csv_of(table, Extent(LONG_AGO))).startswith(b"id,slug,")
