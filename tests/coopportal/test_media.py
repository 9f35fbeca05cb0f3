"""Uploaded files are as public as their records."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from profiles.models import Profile
from programmes.models import Programme
from tests.documents import pdf
from tests.factories import InterviewFactory, InterviewPhotoFactory, MaterialFactory, ProfileFactory, ProgrammeFactory
from tests.pictures import picture

pytestmark = pytest.mark.django_db


def material(**programme):
    file = ContentFile(pdf(), name="manual.pdf")
    return MaterialFactory(programme=ProgrammeFactory(**programme), url="", file=file)


def test_a_material_of_a_public_programme_is_a_download(client):
    response = client.get(material().file.url)
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == pdf()
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


def rendition(file, width: int, file_format: str) -> str:
    """The address of a rendition of this width."""
    assert width in file.renditions.widths
    return f"{file.url}.{width}.{file_format}"


def portrait(**profile):
    profile = ProfileFactory(**profile)
    profile.portrait.save("x.webp", ContentFile(picture(120, 120)))
    return profile.portrait


@pytest.mark.parametrize("file_format", ["avif", "webp"])
def test_a_rendition_is_shown_in_the_page(client, file_format, monkeypatch):
    monkeypatch.setattr("mimetypes.guess_type", lambda *args, **kwargs: (None, None))  # as on a bare system
    response = client.get(rendition(portrait(), 96, file_format))
    assert response["Content-Type"] == f"image/{file_format}"
    assert Image.open(BytesIO(b"".join(response.streaming_content))).size == (96, 96)


def test_a_rendition_of_a_photo_is_shown_in_the_page(client):
    assert client.get(rendition(InterviewPhotoFactory().image, 40, "avif")).status_code == 200


@pytest.mark.parametrize("state", ["draft", "in_review", "scheduled", "archived"])
def test_a_rendition_is_as_public_as_its_record(client, staff_client, state):
    addresses = [
        rendition(portrait(**{state: True}), 96, "avif"),
        rendition(InterviewPhotoFactory(interview=InterviewFactory(**{state: True})).image, 40, "webp"),
        rendition(InterviewPhotoFactory(interview__profile=ProfileFactory(**{state: True})).image, 40, "webp"),
    ]
    for address in addresses:
        assert client.get(address).status_code == 404
        response = staff_client.get(address)
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]


def test_a_rendition_is_gone_from_the_public_with_its_picture(client):
    address = rendition(portrait(), 96, "avif")
    assert client.get(address).status_code == 200
    Profile.objects.update(portrait="portraits/another.webp")
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("ending", ["97.avif", "0096.avif", "96.jpeg", "96.avif.96.avif", "99999.avif", "96.", "../x"])
def test_a_rendition_that_is_not_there_is_not_found(client, ending):
    assert client.get(f"{portrait().url}.{ending}").status_code == 404


def test_a_material_has_no_renditions(client):
    file = material().file
    file.storage.save(f"{file.name}.96.avif", ContentFile(b"no picture"))
    assert client.get(f"{file.url}.96.avif").status_code == 404


def test_a_picture_that_a_browser_has_is_not_sent_again(client):
    address = rendition(portrait(), 96, "avif")
    first = client.get(address)
    again = client.get(address, headers={"If-Modified-Since": first["Last-Modified"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == first["Cache-Control"]


def test_no_shared_cache_hands_out_a_persons_picture_without_asking(client):
    kept = client.get(rendition(portrait(), 96, "avif"))["Cache-Control"]
    assert kept == "public, max-age=300, s-maxage=0, must-revalidate"
    assert client.get(InterviewPhotoFactory().image.url)["Cache-Control"] == kept


def test_a_material_is_kept_for_an_hour(client):
    assert client.get(material().file.url)["Cache-Control"] == "public, max-age=3600"


def test_what_a_browser_has_does_not_open_an_archived_record(client):
    address = rendition(portrait(), 96, "avif")
    seen = client.get(address)["Last-Modified"]
    Profile.objects.get().archive()
    assert client.get(address, headers={"If-Modified-Since": seen}).status_code == 404


def test_a_rendition_costs_as_few_queries_as_its_picture(client, django_assert_num_queries):
    file = portrait()
    for address in (file.url, rendition(file, 96, "avif")):
        with django_assert_num_queries(4):
            client.get(address)


@pytest.mark.parametrize("name", ["../coopportal/settings.py", "..%2F..%2Fetc/passwd", "/etc/passwd", "%00", "x"])
def test_no_other_file_can_be_reached(client, name):
    assert client.get(f"/media/{name}").status_code == 404
