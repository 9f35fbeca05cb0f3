"""Framing: the crop and the focal point that an editor chose, and what becomes of them."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from PIL import Image

from profiles.models import Profile
from publishing.images import renditions
from publishing.images.framing import WHOLE, Framing
from publishing.images.renditions import original_of
from tests.factories import InterviewFactory, InterviewPhotoFactory, ProfileFactory
from tests.pictures import picture

RIGHT_HALF = {"left": 50, "top": 0, "width": 50, "height": 100}


class TestRules:
    @pytest.mark.parametrize(
        ("values", "message"),
        [
            ({"left": 60, "width": 50}, "reaches out of the picture"),
            ({"top": 60, "height": 50}, "reaches out of the picture"),
            ({"left": -1, "width": 50}, "reaches out of the picture"),
            ({"width": 101}, "reaches out of the picture"),
            ({"width": 4.9}, "too small"),
            ({"height": 0}, "too small"),
            ({"focus_x": 50}, "both from the left and from the top"),
            ({"left": 50, "width": 50, "focus_x": 20, "focus_y": 50}, "lies outside the crop"),
            ({"focus_x": 101, "focus_y": 50}, "lies outside the crop"),
            ({"left": "5"}, "made of numbers"),
            ({"left": None}, "made of numbers"),
            ({"left": True}, "made of numbers"),
            ({"left": float("nan")}, "made of numbers"),
            ({"focus_x": float("inf"), "focus_y": 1}, "made of numbers"),
            ({"zoom": 2}, "made of numbers"),
            ([1, 2], "made of numbers"),
            ("whole", "made of numbers"),
        ],
    )
    def test_what_cannot_be_is_refused_with_the_reason(self, values, message):
        with pytest.raises(ValidationError, match=message):
            Framing.of(values)

    def test_rounding_does_not_push_a_crop_out_of_the_picture(self):
        assert Framing(left=33.335, width=66.665).right == 100

    def test_another_framing_has_another_digest(self):
        assert Framing(left=10, width=50).digest == Framing(left=10.0, width=50.001).digest
        assert len({Framing(left=10, width=50).digest, Framing(left=11, width=50).digest, WHOLE.digest}) == 3


class TestWhatIsShown:
    @pytest.mark.parametrize(
        ("framing", "size", "box"),
        [
            (WHOLE, (400, 600), (0, 80, 400, 480)),  # as before there were framings: a little above the middle
            (WHOLE, (600, 400), (100, 0, 500, 400)),
            (Framing(focus_x=50, focus_y=0), (400, 600), (0, 0, 400, 400)),
            (Framing(focus_x=50, focus_y=100), (400, 600), (0, 200, 400, 600)),
            (Framing(focus_x=50, focus_y=50), (400, 600), (0, 100, 400, 500)),
            (Framing(focus_x=20, focus_y=50), (900, 300), (30, 0, 330, 300)),
            (Framing(left=50, width=50), (400, 400), (200, 80, 400, 280)),
            (Framing(left=50, width=50, focus_x=75, focus_y=90), (400, 400), (200, 200, 400, 400)),
            (Framing(width=5, height=5), (1, 1), (0, 0, 1, 1)),
            (Framing(left=95, width=5), (10, 10), (9, 0, 10, 1)),
        ],
    )
    def test_the_square_lies_around_the_focal_point(self, framing, size, box):
        if size != (10, 10):
            assert framing.box(size, square=True) == box
        left, top, right, bottom = framing.box(size, square=True)
        assert right - left == bottom - top >= 1
        assert left >= 0 <= top
        assert right <= size[0]
        assert bottom <= size[1]

    def test_a_photo_is_cropped_and_keeps_the_shape_of_the_crop(self):
        assert Framing(left=10, top=20, width=50, height=60).box((1000, 500), square=False) == (100, 100, 600, 400)


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def two_colours(width=400, height=200) -> bytes:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (width // 2, 0, width, height))
    file = BytesIO()
    image.save(file, "WEBP")
    return file.getvalue()


@pytest.fixture
def profile(db, media):
    profile = ProfileFactory()
    profile.portrait.save("portrait.webp", ContentFile(two_colours()))
    return Profile.objects.get()


def frame(profile, **values) -> Profile:
    profile.portrait_framing = values or None
    profile.save()
    return Profile.objects.get(pk=profile.pk)


def is_blue(portrait) -> bool:
    with portrait.storage.open(portrait.renditions.name(portrait.renditions.widths[0], "webp")) as file:
        red, _green, blue = Image.open(file).convert("RGB").getpixel((5, 5))
    return blue > red


def files(media) -> list[str]:
    """The endings of the stored files."""
    return sorted(path.name.partition(".webp")[2] for path in media.rglob("*") if path.is_file())


class TestSaving:
    def test_renditions_show_the_framed_part(self, profile):
        framed = frame(profile, **RIGHT_HALF)
        assert is_blue(framed.portrait)
        assert framed.portrait.renditions.width == 200

    def test_the_address_changes_with_the_framing_and_leads_to_the_picture(self, profile, client):
        before = profile.portrait.url_for_width(96)
        framed = frame(profile, **RIGHT_HALF)
        after = framed.portrait.url_for_width(96)
        assert before != after
        assert after != frame(framed, left=40, width=50).portrait.url_for_width(96)
        assert {original_of(name) for name in framed.portrait.renditions.names()} == {framed.portrait.name}

    def test_a_framed_rendition_is_as_public_as_its_record(self, profile, client):
        address = frame(profile, **RIGHT_HALF).portrait.url_for_width(96)
        assert client.get(address).status_code == 200
        profile.archive()
        assert client.get(address).status_code == 404

    def test_old_renditions_go_once_the_change_is_certain(self, profile, media, django_capture_on_commit_callbacks):
        old = profile.portrait.renditions.names()
        with django_capture_on_commit_callbacks(execute=True):
            framed = frame(profile, **RIGHT_HALF)
            assert all(profile.portrait.storage.exists(name) for name in old)
        assert not any(profile.portrait.storage.exists(name) for name in old)
        assert all(profile.portrait.storage.exists(name) for name in framed.portrait.renditions.names())

    def test_a_framing_taken_back_in_the_same_transaction_keeps_its_renditions(
        self, profile, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            again = frame(frame(profile, **RIGHT_HALF))
        assert all(again.portrait.storage.exists(name) for name in again.portrait.renditions.names())

    def test_a_new_picture_is_shown_whole(self, profile):
        framed = frame(profile, **RIGHT_HALF)
        framed.portrait.save("new.webp", ContentFile(two_colours()))
        new = Profile.objects.get()
        assert new.portrait_framing is None
        assert new.portrait.renditions.framing == ""

    def test_a_framing_may_come_with_its_new_picture(self, profile):
        framed = frame(profile, **RIGHT_HALF)
        framed.portrait = ContentFile(two_colours(), "new.webp")
        framed.portrait_framing = {"left": 60, "width": 40}
        framed.save()
        assert Profile.objects.get().portrait_framing["left"] == 60
        assert is_blue(Profile.objects.get().portrait)

    def test_a_record_without_picture_has_no_framing(self, profile):
        framed = frame(profile, **RIGHT_HALF)
        framed.portrait = ""
        framed.save()
        assert Profile.objects.get().portrait_framing is None

    def test_the_whole_picture_is_no_framing(self, profile):
        assert frame(profile, left=0, top=0, width=100, height=100).portrait_framing is None

    def test_a_save_without_a_change_makes_nothing(self, profile, monkeypatch):
        framed = frame(profile, **RIGHT_HALF)
        monkeypatch.setattr(renditions, "make", lambda *args, **kwargs: pytest.fail("made again"))
        framed.save()
        assert is_blue(Profile.objects.get().portrait)

    def test_an_old_state_brought_back_shows_its_picture_again(self, profile, django_capture_on_commit_callbacks):
        columns = ("portrait", "portrait_framing", "portrait_renditions")
        old = Profile.objects.values(*columns).get()
        with django_capture_on_commit_callbacks(execute=True):
            framed = frame(profile, **RIGHT_HALF)
            framed.portrait.save("new.webp", ContentFile(picture(50, 50)))
        restored = Profile.objects.get()
        for name, value in old.items():
            setattr(restored, name, value)
        restored.save()
        portrait = Profile.objects.get().portrait
        assert portrait.name == old["portrait"]
        assert all(portrait.storage.exists(name) for name in portrait.renditions.names())

    def test_what_a_script_broke_is_shown_whole(self, profile, client):
        Profile.objects.update(portrait_framing={"of": profile.portrait.name, "left": "x"})
        broken = Profile.objects.get()
        assert broken.portrait.framing is None
        broken.save()
        assert Profile.objects.get().portrait_framing is None

    def test_a_bad_value_is_refused_by_the_model_with_the_reason(self, profile):
        profile.portrait_framing = {"left": 90, "width": 50}
        with pytest.raises(ValidationError, match="reaches out of the picture"):
            profile.full_clean()

    def test_the_command_makes_framed_renditions(self, profile, capsys):
        framed = frame(profile, **RIGHT_HALF)
        renditions.remove(framed.portrait.storage, framed.portrait.renditions.names())
        call_command("make_renditions")
        assert is_blue(Profile.objects.get().portrait)
        assert "1 made" in capsys.readouterr().out

    def test_the_command_finds_a_framing_that_a_script_set(self, profile):
        value = {"of": profile.portrait.name, **RIGHT_HALF}
        Profile.objects.update(portrait_framing=value)
        call_command("make_renditions")
        assert is_blue(Profile.objects.get().portrait)

    def test_the_command_leaves_alone_what_an_editor_framed_meanwhile(self, profile, media, monkeypatch):
        make = renditions.make
        Profile.objects.update(portrait_renditions=None)

        def while_an_editor_saves(*args, **kwargs):
            made = make(*args, **kwargs)
            monkeypatch.undo()
            frame(Profile.objects.get(), **RIGHT_HALF)
            return made

        monkeypatch.setattr(renditions, "make", while_an_editor_saves)
        call_command("make_renditions")
        portrait = Profile.objects.get().portrait
        assert is_blue(portrait)
        assert len(files(media)) == 1 + len(portrait.renditions.names())


class TestPages:
    def test_what_was_cropped_away_is_not_in_the_page(self, profile, client):
        page = client.get(frame(profile, **RIGHT_HALF).get_absolute_url()).content.decode()
        assert f'{profile.portrait.url}"' not in page

    def test_pages_of_framed_pictures_open_no_file(self, profile, client, monkeypatch):
        address = frame(profile, **RIGHT_HALF).get_absolute_url()
        for name in ("exists", "_open"):
            monkeypatch.setattr(FileSystemStorage, name, lambda *args: pytest.fail("looked at a file"))
        assert client.get(address).status_code == 200


class TestPhotosInWords:
    @pytest.mark.django_db
    def test_an_interview_is_not_published_with_a_photo_that_nobody_put_in_words(self, media):
        interview = InterviewFactory(draft=True)
        InterviewPhotoFactory(interview=interview)
        InterviewPhotoFactory(interview=interview, alt_en="", caption_en="The mill")
        missing = interview.missing_for_publication()
        expected = "Say in words what each photo shows before publishing. Photos: 2. The mill"
        assert missing["photos"] == expected

    @pytest.mark.django_db
    def test_a_published_one_can_be_saved_with_the_words_that_were_missing(self, media):
        interview = InterviewFactory()
        InterviewPhotoFactory(interview=interview, alt_en="")
        interview.full_clean()
