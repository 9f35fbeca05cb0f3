"""The numbers of a framing in the admin: typed, refused with a reason, and kept with their picture."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from profiles.models import InterviewPhoto, Profile
from tests.factories import InterviewFactory, InterviewPhotoFactory, ProfileFactory
from tests.pictures import picture
from tests.publishing.admin_forms import errors, filled_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def profile(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    profile = ProfileFactory(draft=True, portrait_alt_en="Ana")
    profile.portrait.save("portrait.webp", ContentFile(picture(400, 200)))
    return Profile.objects.get()


@pytest.fixture
def save(staff_client, profile):
    """Saves the profile's page with these numbers, and answers the page that follows."""
    address = reverse("admin:profiles_profile_change", args=[profile.pk])

    def save(files=None, **numbers):
        typed = {f"portrait_framing_{name}": value for name, value in numbers.items()}
        return staff_client.post(address, filled_in(staff_client.get(address), **typed, **(files or {})))

    return save


def new_picture() -> dict:
    return {"portrait": SimpleUploadedFile("new.png", picture(300, 300, "red", "PNG"))}


def framing() -> dict | None:
    value = Profile.objects.get().portrait_framing
    return value and {name: number for name, number in value.items() if name != "of" and number is not None}


def test_empty_numbers_mean_the_whole_picture(save):
    assert save().status_code == 302
    assert framing() is None


def test_typed_numbers_are_kept_and_shown_again(save, staff_client, profile):
    assert save(left="10", width="33.333", focus_x="20", focus_y="50").status_code == 302
    assert framing() == {"left": 10, "top": 0, "width": 33.33, "height": 100, "focus_x": 20, "focus_y": 50}
    page = staff_client.get(reverse("admin:profiles_profile_change", args=[profile.pk])).content.decode()
    assert 'name="portrait_framing_width" value="33.33"' in page


def test_an_empty_side_reaches_to_the_edge(save):
    save(left="30")
    assert framing() == {"left": 30, "top": 0, "width": 70, "height": 100}


def test_saving_again_changes_nothing(save):
    save(left="30", focus_x="40", focus_y="50")
    before = Profile.objects.values("portrait_framing", "portrait_renditions").get()
    save()
    assert Profile.objects.values("portrait_framing", "portrait_renditions").get() == before


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ({"left": "soon"}, "“Crop: from the left” must be a number from 0 to 100."),
        ({"left": "nan"}, "“Crop: from the left” must be a number from 0 to 100."),
        ({"width": "3"}, "The crop is too small. Make it at least 5 percent of the picture wide and high."),
        ({"left": "70", "width": "40"}, "The crop reaches out of the picture."),
        ({"left": "1e400"}, "“Crop: from the left” must be a number from 0 to 100."),
        ({"focus_x": "50"}, "Give the focal point both from the left and from the top, or leave both empty."),
        ({"left": "50", "focus_x": "20", "focus_y": "50"}, "The focal point lies outside the crop."),
    ],
)
def test_bad_numbers_are_refused_at_their_field(save, numbers, message):
    refused = errors(save(**numbers))
    assert list(refused) == ["portrait_framing"]
    assert refused["portrait_framing"][0].startswith(message)
    assert framing() is None


def test_a_refused_page_shows_the_stored_picture_and_what_was_typed(save, profile):
    page = save(left="70", width="40").content.decode()
    assert f'class="framing-whole" src="{profile.portrait.url}"' in page
    assert 'name="portrait_framing_left" value="70"' in page


def test_numbers_of_the_old_picture_are_not_those_of_a_new_one(save):
    save(left="30")
    save(files=new_picture())
    assert framing() is None


def test_numbers_typed_with_a_new_picture_are_its_own(save):
    save(left="30")
    save(files=new_picture(), left="40", width="60")
    assert framing()["left"] == 40


def test_numbers_equal_to_the_old_ones_are_kept_where_the_page_showed_the_new_picture(save):
    save(left="30")
    save(files=new_picture(), left="30", shown="")
    assert framing()["left"] == 30


@pytest.mark.parametrize("shown", ["{", "[]", '"x"', '{"of": 3}', "{}", "null", '{"left": "x"}'])
def test_what_comes_back_wrong_of_what_was_shown_breaks_nothing(save, shown):
    assert save(left="30", shown=shown).status_code == 302
    assert framing()["left"] == 30


def test_a_photo_is_cropped_without_a_focal_point(staff_client, profile):
    interview = InterviewFactory(draft=True, profile=profile)
    InterviewPhotoFactory(interview=interview)
    address = reverse("admin:profiles_interview_change", args=[interview.pk])
    page = staff_client.get(address)
    assert "image_framing_focus_x" not in page.content.decode()
    data = filled_in(page, **{"photos-0-image_framing_left": "50"})
    assert staff_client.post(address, data).status_code == 302
    assert InterviewPhoto.objects.get().image_framing["left"] == 50


def test_a_picture_lost_from_the_storage_is_not_shown_and_keeps_nobody_from_saving(save, profile):
    profile.portrait.storage.delete(profile.portrait.name)
    assert save(left="30").status_code == 302
    assert 'class="framing-whole" src' not in save(left="x").content.decode()


def test_a_phone_is_asked_for_formats_that_can_be_read(staff_client, profile):
    page = staff_client.get(reverse("admin:profiles_profile_change", args=[profile.pk])).content.decode()
    assert 'accept="image/jpeg,image/png,image/webp,image/avif"' in page
