"""The command reads articles, says what is in them, and makes drafts of them."""

import json
import os
import shutil
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from intake.models import Intake
from profiles.models import Interview, Profile

pytestmark = pytest.mark.django_db

ARTICLE = """Voices of the Valley

Mirela Orsolic, Enterprises Officer at the ILO Office for Testania

Article | 3 May 2019

What is your background?

I studied economics at the University of Lund in Sweden. After two years I moved to the coast.

Women at a training in Peru
How do you work on cooperatives now?

In 2018, we organised a training of trainers on My.Coop in Peru with the Ministry of Production.

It went on for a week.
"""
KEYS = [
    "series",
    "name",
    "post_title",
    "office",
    "published_on",
    "language",
    "exchanges",
    "captions",
    "education",
    "positions",
    "countries",
    "programmes",
    "organisations",
    "engagements",
]


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "orsolic.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def said(*arguments, **options) -> str:
    out = StringIO()
    call_command("import_interview", *map(str, arguments), stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def test_json_has_the_promised_keys_and_offsets_into_the_text_as_read(article):
    read = json.loads(said(article, dry_run=True, format="json"))
    assert list(read) == KEYS
    assert read["name"] == "Mirela Orsolic"
    assert read["published_on"] == "2019-05-03"
    assert [exchange["question"] for exchange in read["exchanges"]] == [
        "What is your background?",
        "How do you work on cooperatives now?",
    ]
    assert read["exchanges"][1]["answer"].endswith("Ministry of Production.\n\nIt went on for a week.")
    assert [caption["text"] for caption in read["captions"]] == ["Women at a training in Peru"]
    assert {"PE": "engagement", "SE": "studied"}.items() <= {
        country["code"]: country["role"] for country in read["countries"]
    }.items()
    assert ("PE", "my-coop", 2018) in [(one["country"], one["programme"], one["year"]) for one in read["engagements"]]
    found = [read["captions"], *(item["evidence"] for key in KEYS[8:] for item in read[key])]
    for place in (place for places in found for place in places):
        assert ARTICLE[place["start"] : place["end"]] == place["text"]


def test_a_dry_run_writes_nothing(article):
    assert "Mirela Orsolic" in said(article, dry_run=True)
    assert not Intake.objects.exists()
    assert not Profile._base_manager.exists()


def test_without_one_drafts_are_created_and_the_article_is_kept(article):
    assert "/admin/intake/intake/" in said(article)
    intake = Intake.objects.get()
    assert (intake.state, intake.file_name) == (Intake.State.DRAFTED, "orsolic.txt")
    profile = Profile._base_manager.get()
    assert (str(profile), profile.status) == ("Mirela Orsolic", "draft")
    assert Interview._base_manager.get().exchanges.count() == 2


def test_an_article_is_not_taken_in_twice(article):
    said(article)
    assert "taken in before" in said(article)
    assert Intake.objects.count() == 1
    assert Profile._base_manager.count() == 1


def test_what_an_article_without_a_person_proposes_is_left_for_review(tmp_path):
    path = tmp_path / "nobody.txt"
    path.write_text("Some words about nobody at all.", encoding="utf-8")
    with pytest.raises(CommandError, match=r"/admin/intake/intake/.*/change/"):
        said(path)
    assert Intake.objects.get().is_open
    assert not Profile._base_manager.exists()


def test_several_files_give_a_table_and_one_that_is_bad_does_not_stop_the_others(article, tmp_path):
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.7 \x00")
    out = StringIO()
    with pytest.raises(CommandError, match=r"bad\.pdf: This is a PDF"):
        call_command("import_interview", str(bad), str(article), str(tmp_path / "none.txt"), dry_run=True, stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[0].split() == [
        "File",
        "Name",
        "Date",
        "Questions",
        "Countries",
        "Programmes",
        "Engagements",
        "Result",
    ]
    assert lines[2].startswith("bad.pdf")
    assert lines[3].startswith("orsolic.txt")
    assert "Mirela Orsolic  2019-05-03  2 " in lines[3]
    assert "No such file" in lines[4]


def test_several_files_give_a_json_object_by_file(article, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text(ARTICLE.replace("Mirela", "Ines"), encoding="utf-8")
    read = json.loads(said(article, other, dry_run=True, format="json"))
    assert {file: one["name"] for file, one in read.items()} == {
        str(article): "Mirela Orsolic",
        str(other): "Ines Orsolic",
    }


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_file_whose_name_is_no_text_is_read_all_the_same(article, tmp_path):
    odd = tmp_path / os.fsdecode(b"caf\xe9.txt")
    shutil.copy(article, odd)
    assert "caf?.txt" in said(odd, article, dry_run=True, format="json")
    said(odd).encode()
    assert Intake.objects.get().file_name == "caf?.txt"


def test_the_language_can_be_told(article):
    assert json.loads(said(article, dry_run=True, format="json", language="es"))["language"] == "es"


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\x00\x00", b"PK\x03\x04broken"])
def test_what_cannot_be_read_is_said_clearly(content, tmp_path):
    path = tmp_path / "x.docx"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=r"x\.docx: \w+"):
        said(path)
