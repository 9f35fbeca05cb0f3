"""Photos of sample interviews: stored like portraits, after the question that the data file names."""

import pytest
from django.conf import settings

from profiles.models import InterviewPhoto
from sample.errors import DataError
from tests.sample.conftest import picture


@pytest.fixture
def content(content):
    """The small sample content with a photo after the second question of its interview."""
    (content.directory / "photos").mkdir()
    (content.directory / "photos" / "cows.webp").write_bytes(picture("green"))
    content.profile["interviews"][0]["photos"] = [
        {"image": "photos/cows.webp", "exchange": 2, "alt": {"en": "A green square"}, "caption": {"en": "Cows"}}
    ]
    return content


def photo_entry(content) -> dict:
    return content.profile["interviews"][0]["photos"][0]


def stored_photos() -> list[str]:
    return sorted(f"photos/{path.name}" for path in (settings.MEDIA_ROOT / "photos").glob("*"))


def test_a_photo_stands_after_its_question(content):
    content.load()

    photo = InterviewPhoto.objects.get()
    assert photo.exchange.question_en == "How?"
    assert photo.image.read() == picture("green")
    assert stored_photos() == sorted([photo.image.name, *photo.image.renditions.names()])


def test_a_photo_without_a_question_stands_before_the_first(content):
    del photo_entry(content)["exchange"]
    content.load()

    assert InterviewPhoto.objects.get().exchange is None


def test_a_second_run_stores_nothing(content):
    content.load()
    before = stored_photos()
    report = content.load()

    assert stored_photos() == before
    assert (report.created, report.updated, report.left_alone) == (0, 0, [])


@pytest.mark.parametrize("change", ["picture", "caption"])
def test_a_change_leaves_no_old_file_behind(content, change, django_capture_on_commit_callbacks):
    content.load()
    before = InterviewPhoto.objects.get().image.name
    if change == "picture":
        (content.directory / "photos" / "cows.webp").write_bytes(picture("brown"))
    else:
        photo_entry(content)["caption"]["en"] = "Many cows"
    with django_capture_on_commit_callbacks(execute=True):
        report = content.load()

    assert report.updated == 1
    photo = InterviewPhoto.objects.get()
    assert photo.image.name != before
    assert stored_photos() == sorted([photo.image.name, *photo.image.renditions.names()])


def test_an_editors_photo_is_kept(content, django_capture_on_commit_callbacks):
    content.load()
    InterviewPhoto.objects.update(caption_en="Cows near Lima")
    before = stored_photos()
    photo_entry(content)["caption"]["en"] = "Many cows"
    with django_capture_on_commit_callbacks(execute=True):
        report = content.load()

    assert report.left_alone == ["profile ana: an editor changed it"]
    assert stored_photos() == before


@pytest.mark.parametrize(
    ("mistake", "message"),
    [
        ({"image": "photos/sheep.webp"}, "image: sheep.webp cannot be read"),
        ({"exchange": 3}, "exchange: unknown question and answer 3"),
        ({"exchange": 0}, "exchange: unknown question and answer 0"),
        ({"exchange": "How?"}, "exchange: unknown question and answer 'How?'"),
        ({"image_renditions": {}}, "image_renditions: this cannot be written here"),
        ({"image": 7}, "image: 7 cannot be read"),
    ],
)
def test_a_mistake_is_refused_with_its_place_and_no_file_is_left(content, mistake, message):
    photo_entry(content).update(mistake)
    with pytest.raises(DataError) as refusal:
        content.load()

    assert str(refusal.value) == f"profiles.yaml, ana, interviews, 1, photos, 1, {message}"
    assert stored_photos() == []


def test_a_photo_needs_a_picture(content):
    photo_entry(content)["image"] = ""
    with pytest.raises(DataError, match=r"^profiles.yaml, ana, interviews, 1, photos, 1: image: "):
        content.load()


@pytest.mark.parametrize("rows", ["cows.webp", ["photos/cows.webp"]])
def test_photos_that_are_no_list_of_records_are_refused(content, rows):
    content.profile["interviews"][0]["photos"] = rows
    with pytest.raises(DataError, match=r"^profiles.yaml, ana, interviews, 1, photos"):
        content.load()
