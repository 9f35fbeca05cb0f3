"""Everything about a person in one file, for that person."""

import json
import zipfile
from io import BytesIO

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from profiles.models import Profile
from tests.privacy.conftest import PDF

pytestmark = pytest.mark.django_db


def exported(browser, person) -> zipfile.ZipFile:
    response = browser.post(reverse("privacy:export", args=[person.pk]))
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Disposition"] == 'attachment; filename="zora-queretaro.zip"'
    return zipfile.ZipFile(BytesIO(b"".join(response.streaming_content)))


@pytest.fixture
def data(editors_browser, person) -> dict:
    return json.loads(exported(editors_browser, person).read("data.json"))


def test_it_holds_the_profile_in_all_languages_with_the_consent(data):
    profile = data["profile"]
    assert profile["summary_en"] == "Works with cooperatives."
    assert profile["summary_es"] == "Cooperativas"
    assert profile["consent_date"] == "2024-05-01"
    assert profile["consent_by"] == "the person, by e-mail"
    assert profile["education"][0]["title_en"] == "Degree in economics"


def test_it_holds_interviews_with_questions_and_photos(data):
    (interview,) = data["profile"]["interviews"]
    assert interview["title_en"] == "Talking with Zora"
    assert interview["exchanges"][0]["answer_en"] == "<p>We began with milk.</p>"
    assert interview["photos"][0]["alt_en"] == "Women sorting coffee"


def test_it_holds_the_engagements_with_the_role(data):
    (part,) = data["profile"]["engagement_staff"]
    assert (part["engagement"], part["role"]) == ("Dairy course", "trainer")


def test_it_holds_what_was_noted_and_not_by_whom(editors_browser, editor_of_people, person):
    exported(editors_browser, person)
    data = json.loads(exported(editors_browser, person).read("data.json"))
    noted = data["noted"]["admin.logentry"]
    assert {entry["change_message"] for entry in noted} == {"Exported everything about the person."}
    assert "user" not in noted[0]
    assert editor_of_people.username not in json.dumps(data)


def test_it_holds_the_files(editors_browser, person):
    bundle = exported(editors_browser, person)
    photo = person.interviews.get().photos.get().image
    assert bundle.read(f"files/{person.portrait.name}") == person.portrait.read()
    assert bundle.read(f"files/{photo.name}") == photo.read()
    assert bundle.read(f"files/{person.consent_document.name}") == PDF


def test_it_says_in_plain_words_what_it_is(editors_browser, person):
    told = exported(editors_browser, person).read("README.txt").decode()
    assert "What the COOP Portal holds about Zora Querétaro" in told
    assert "missing" not in told


def test_a_file_that_is_lost_is_said(editors_browser, person):
    person.portrait.storage.delete(person.portrait.name)
    told = exported(editors_browser, person).read("README.txt").decode()
    assert person.portrait.name in told


def test_the_history_says_that_it_was_made(editors_browser, editor_of_people, person):
    exported(editors_browser, person)
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (editor_of_people, str(person.pk))


def test_looking_at_the_page_exports_nothing(editors_browser, person):
    assert editors_browser.get(reverse("privacy:export", args=[person.pk])).status_code == 200
    assert not LogEntry.objects.exists()


def test_a_profile_with_hardly_anything_can_be_exported(editors_browser, person):
    Profile.objects.update(portrait="", consent_document="", office=None, status="draft")
    assert exported(editors_browser, person).namelist()
