"""Uploaded files are as public as their records."""

import pytest
from django.core.files.base import ContentFile

from programmes.models import Programme
from tests.factories import InterviewFactory, InterviewPhotoFactory, MaterialFactory, ProfileFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db


def material(**programme):
    file = ContentFile(b"%PDF-1.7 manual", name="manual.pdf")
    return MaterialFactory(programme=ProgrammeFactory(**programme), url="", file=file)


def test_a_material_of_a_public_programme_is_a_download(client):
    response = client.get(material().file.url)
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == b"%PDF-1.7 manual"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "public" in response["Cache-Control"]


def test_a_photo_is_shown_in_the_page(client):
    photo = InterviewPhotoFactory()
    response = client.get(photo.image.url)
    assert response["Content-Type"] == "image/webp"
    assert "attachment" not in response.get("Content-Disposition", "")


@pytest.mark.parametrize("state", ["draft", "in_review", "scheduled", "archived"])
def test_a_file_of_a_record_that_is_not_public_is_for_staff_and_uncached(client, staff_client, state):
    address = material(**{state: True}).file.url
    assert client.get(address).status_code == 404
    response = staff_client.get(address)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_a_file_is_gone_from_the_public_when_its_record_is_archived(client):
    address = material().file.url
    Programme.objects.get().archive()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "interview", [{"draft": True}, {"profile__draft": True}, {"profile__archived": True}, {"scheduled": True}]
)
def test_a_photo_needs_a_public_interview_and_a_public_person(client, interview):
    photo = InterviewPhotoFactory(interview=InterviewFactory(**interview))
    assert client.get(photo.image.url).status_code == 404


def test_a_file_that_belongs_to_no_record_is_not_found(client):
    profile = ProfileFactory()
    profile.portrait.save("x.webp", ContentFile(b"picture"))
    address = profile.portrait.url
    assert client.get(address).status_code == 200
    profile.portrait = ""
    profile.save()
    assert client.get(address).status_code == 404


def test_a_file_lost_from_the_storage_is_not_found(client):
    lost = material()
    lost.file.storage.delete(lost.file.name)
    assert client.get(lost.file.url).status_code == 404


@pytest.mark.parametrize("name", ["../coopportal/settings.py", "..%2F..%2Fetc/passwd", "/etc/passwd", "%00", "x"])
def test_no_other_file_can_be_reached(client, name):
    assert client.get(f"/media/{name}").status_code == 404
