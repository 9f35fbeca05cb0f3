"""Renditions are made when a record is saved, go when it goes, and never stand in an editor's way."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from PIL import Image

from profiles.models import InterviewPhoto, Profile
from publishing.images import renditions
from publishing.images.renditions import Renditions, original_of, widths_for
from tests.factories import InterviewFactory, InterviewPhotoFactory, ProfileFactory
from tests.pictures import picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return Profile._meta.get_field("portrait").storage


@pytest.fixture
def files(tmp_path):
    """Lists the endings of the stored files: of `portraits/ab12.webp` as "", of its renditions as "96.avif" …"""
    return lambda: sorted(path.name.partition(".webp")[2][1:] for path in tmp_path.rglob("*") if path.is_file())


def with_portrait(content: bytes, **fields) -> Profile:
    profile = ProfileFactory(**fields)
    profile.portrait.save("portrait.webp", ContentFile(content))
    return Profile.objects.get(pk=profile.pk)


def with_photo(content: bytes) -> InterviewPhoto:
    photo = InterviewPhotoFactory(interview=InterviewFactory(), image=ContentFile(content, "photo.webp"))
    return InterviewPhoto.objects.get(pk=photo.pk)


def full_disk(*args, **kwargs):
    raise OSError("No space left on device")


class TestSizes:
    @pytest.mark.parametrize(
        ("width", "square", "widths"),
        [
            (2000, True, [96, 144, 192, 288, 480]),
            (480, True, [96, 144, 192, 288, 480]),
            (150, True, [96, 144, 150]),
            (40, True, [40]),
            (2000, False, [320, 480, 640, 960, 1280]),
            (1200, False, [320, 480, 640, 960, 1200]),
            (640, False, [320, 480, 640]),
            (1, False, [1]),
        ],
    )
    def test_no_rendition_is_larger_than_its_picture(self, width, square, widths):
        assert widths_for(width, square=square) == widths

    def test_a_portrait_is_cut_square(self, storage):
        portrait = with_portrait(picture(100, 300)).portrait
        assert (portrait.renditions.width, portrait.renditions.height) == (100, 100)
        for name in portrait.renditions.names():
            with storage.open(name) as file:
                width, height = Image.open(file).size
            assert width == height

    def test_the_square_of_a_tall_portrait_shows_what_is_above_the_middle(self, storage):
        tall = Image.new("RGB", (100, 300), "blue")
        tall.paste("red", (0, 0, 100, 130))  # the square from the middle would begin at 100
        content = BytesIO()
        tall.save(content, "WEBP")
        portrait = with_portrait(content.getvalue()).portrait
        with storage.open(portrait.renditions.name(96, "webp")) as file:
            square = Image.open(file).convert("RGB")
        reds = sum(red > 128 for red, _green, _blue in (square.getpixel((48, y)) for y in range(96)))
        assert 45 <= reds <= 51  # the half; a third, were it cut from the middle

    def test_a_photo_keeps_its_shape(self, storage):
        image = with_photo(picture(900, 600)).image
        assert (image.renditions.width, image.renditions.height) == (900, 600)
        assert image.renditions.widths == [320, 480, 640, 900]
        with storage.open(image.renditions.name(480, "avif")) as file:
            opened = Image.open(file)
            assert (opened.format, opened.size) == ("AVIF", (480, 320))

    def test_a_line_of_a_picture_is_at_least_one_pixel_high(self):
        assert with_photo(picture(1900, 1)).image.renditions.widths == [320, 480, 640, 960, 1280]

    def test_what_can_be_seen_through_stays_so(self, storage):
        content = BytesIO()
        Image.new("RGBA", (100, 100), (255, 0, 0, 0)).save(content, "WEBP")
        portrait = with_portrait(content.getvalue()).portrait
        for file_format in ("avif", "webp"):
            with storage.open(portrait.renditions.name(96, file_format)) as file:
                assert Image.open(file).convert("RGBA").getpixel((48, 48))[3] == 0


class TestNames:
    @pytest.mark.parametrize("name", ["portraits/ab.webp.96.avif", "portraits/ab.webp.1280.webp"])
    def test_a_rendition_names_its_picture(self, name):
        assert original_of(name) == "portraits/ab.webp"

    @pytest.mark.parametrize(
        "name",
        ["photos/ab.webp", "ab.webp.96.jpeg", "ab.webp.096.avif", "ab.webp.12345.avif", ".96.avif", "ab.webp.٩.avif"],
    )
    def test_other_names_are_no_renditions(self, name):
        assert original_of(name) is None

    def test_every_rendition_is_recognised(self):
        made = Renditions("photos/ab.webp", 2000, 1500, widths_for(2000, square=False))
        assert {original_of(name) for name in made.names()} == {"photos/ab.webp"}


class TestSaving:
    def test_a_new_portrait_has_its_renditions_at_once(self, files):
        with_portrait(picture(100, 100))
        assert files() == ["", "100.avif", "100.webp", "96.avif", "96.webp"]

    def test_a_record_without_picture_has_none(self, files):
        assert ProfileFactory().portrait_renditions is None
        assert files() == []

    def test_another_save_makes_nothing(self, monkeypatch):
        profile = with_portrait(picture())
        monkeypatch.setattr(renditions, "make", full_disk)
        profile.family_name = "Quispe"
        profile.save()
        assert Profile.objects.get().portrait.renditions

    def test_a_new_portrait_takes_the_place_of_the_old_renditions(self, files, django_capture_on_commit_callbacks):
        profile = with_portrait(picture(40, 40))
        old = profile.portrait.renditions.names()
        with django_capture_on_commit_callbacks(execute=True):
            profile.portrait.save("new.webp", ContentFile(picture(50, 50)))
        assert not any(profile.portrait.storage.exists(name) for name in old)
        assert files() == ["", "", "50.avif", "50.webp"]

    def test_the_old_renditions_stay_until_the_change_is_certain(self, files, django_capture_on_commit_callbacks):
        profile = with_portrait(picture(40, 40))
        with django_capture_on_commit_callbacks() as callbacks:
            profile.portrait = ""
            profile.save()
        assert "40.avif" in files()
        for callback in callbacks:
            callback()
        assert files() == [""]
        assert Profile.objects.get().portrait_renditions is None

    def test_the_renditions_of_a_deleted_photo_go_with_it(self, files, django_capture_on_commit_callbacks):
        photo = with_photo(picture(40, 30))
        with django_capture_on_commit_callbacks(execute=True):
            photo.interview.profile.delete()  # takes the interview and its photos along
        assert files() == [""]

    def test_deleting_the_file_deletes_its_renditions(self, files):
        with_portrait(picture()).portrait.delete()
        assert files() == []
        assert Profile.objects.get().portrait_renditions is None

    def test_renditions_of_another_picture_are_not_shown(self):
        with_portrait(picture())
        Profile.objects.update(portrait="portraits/another.webp")
        assert Profile.objects.get().portrait.renditions is None

    def test_a_record_is_loaded_without_a_look_at_its_files(self, monkeypatch):
        with_portrait(picture(), slug="new")
        ProfileFactory(slug="old", portrait="portraits/lost.webp")
        monkeypatch.setattr(FileSystemStorage, "open", full_disk)
        assert {profile.slug: bool(profile.portrait.renditions) for profile in Profile.objects.all()} == {
            "new": True,
            "old": False,
        }


class TestWhatGoesWrong:
    def test_a_full_disk_does_not_keep_the_record_from_being_saved(self, files, monkeypatch, caplog):
        monkeypatch.setattr(renditions, "_store", full_disk)
        profile = with_portrait(picture())
        assert profile.portrait
        assert profile.portrait_renditions is None
        assert files() == [""]
        assert f"No renditions of {profile.portrait.name} could be made: No space left on device" in caplog.messages

    def test_half_of_the_renditions_are_not_left_behind(self, files, monkeypatch):
        store = renditions._store

        def until_the_disk_is_full(storage, name, content):
            store(storage, name, content)
            if name.endswith("96.webp"):
                full_disk()

        monkeypatch.setattr(renditions, "_store", until_the_disk_is_full)
        with_portrait(picture(200, 200))
        assert files() == [""]

    def test_a_picture_that_cannot_be_stored_leaves_the_record_as_it_was(self, monkeypatch):
        profile = with_portrait(picture())
        before = profile.portrait.name
        monkeypatch.setattr(FileSystemStorage, "_save", full_disk)
        profile.family_name = "Quispe"
        with pytest.raises(OSError, match="No space"):
            profile.portrait.save("new.webp", ContentFile(picture(50, 50)))
        kept = Profile.objects.get()
        assert (kept.portrait.name, kept.portrait.renditions.of) == (before, before)
        assert kept.family_name != "Quispe"

    def test_a_file_that_is_no_picture_has_no_renditions(self):
        assert with_portrait(b"no picture").portrait.renditions is None

    def test_two_processes_at_once_leave_no_double(self, files, monkeypatch, storage):
        profile = with_portrait(picture(40, 40))
        name = profile.portrait.renditions.name(40, "avif")
        delete = FileSystemStorage.delete
        others = []

        def and_another_makes_one(self, deleted):
            delete(self, deleted)
            if deleted == name and not others:
                others.append(self.save(name, ContentFile(b"the other's")))

        monkeypatch.setattr(FileSystemStorage, "delete", and_another_makes_one)
        renditions.make(storage, profile.portrait.name, square=True)
        assert files() == ["", "40.avif", "40.webp"]


def make_renditions(capsys, *options) -> tuple[str, str]:
    """What the command says, and what it complains of."""
    call_command("make_renditions", *options)
    said = capsys.readouterr()
    return said.out.strip(), said.err.strip()


class TestTheCommand:
    def test_it_makes_those_of_records_older_than_renditions(self, capsys, files):
        profile, photo = with_portrait(picture(40, 40)), with_photo(picture(40, 30))
        for record in (profile.portrait, photo.image):
            renditions.remove(record.storage, record.renditions.names())
        Profile.objects.update(portrait_renditions=None)
        InterviewPhoto.objects.update(image_renditions=None)
        assert make_renditions(capsys)[0] == "Renditions of pictures: 2 made, 0 up to date, 0 not possible."
        assert Profile.objects.get(pk=profile.pk).portrait.renditions.widths == [40]
        assert InterviewPhoto.objects.get().image.renditions.height == 30
        assert files() == ["", "", "40.avif", "40.avif", "40.webp", "40.webp"]

    def test_a_second_run_makes_nothing(self, capsys):
        with_portrait(picture())
        assert make_renditions(capsys)[0] == "Renditions of pictures: 0 made, 1 up to date, 0 not possible."

    def test_a_second_run_for_all_makes_all(self, capsys, files):
        with_portrait(picture(40, 40))
        before = files()
        assert make_renditions(capsys, "--all")[0] == "Renditions of pictures: 1 made, 0 up to date, 0 not possible."
        assert files() == before

    def test_it_brings_back_a_lost_file(self, capsys, files):
        portrait = with_portrait(picture(40, 40)).portrait
        portrait.storage.delete(portrait.renditions.name(40, "avif"))
        assert make_renditions(capsys)[0].startswith("Renditions of pictures: 1 made")
        assert "40.avif" in files()

    def test_widths_that_a_later_version_does_not_use_are_removed(self, capsys, files, monkeypatch):
        monkeypatch.setattr(renditions, "SQUARE_WIDTHS", (20, 480))
        with_portrait(picture(40, 40))
        monkeypatch.undo()
        assert make_renditions(capsys)[0].startswith("Renditions of pictures: 1 made")
        assert files() == ["", "40.avif", "40.webp"]
        assert Profile.objects.get().portrait.renditions.widths == [40]

    def test_it_names_what_it_could_not_read_and_goes_on(self, capsys):
        broken = ProfileFactory(portrait="portraits/lost.webp")
        with_portrait(picture())
        Profile.objects.update(portrait_renditions=None)
        said, complaints = make_renditions(capsys)
        assert said == "Renditions of pictures: 1 made, 0 up to date, 1 not possible."
        assert complaints.startswith(f"profile {broken.pk}: no renditions of portraits/lost.webp: ")

    def test_it_changes_nothing_else_of_the_record(self, capsys):
        with_portrait(picture())
        Profile.objects.update(portrait_renditions=None)
        before = Profile.objects.values().get()
        make_renditions(capsys)
        after = Profile.objects.values().get()
        assert after.pop("portrait_renditions")
        before.pop("portrait_renditions")
        assert after == before

    def test_a_picture_that_an_editor_replaced_meanwhile_is_left_alone(self, capsys, files, monkeypatch):
        with_portrait(picture(40, 40))
        Profile.objects.update(portrait_renditions=None)
        make = renditions.make

        def while_an_editor_saves(*args, **kwargs):
            made = make(*args, **kwargs)
            Profile.objects.update(portrait="portraits/new.webp")
            return made

        monkeypatch.setattr(renditions, "make", while_an_editor_saves)
        make_renditions(capsys)
        assert Profile.objects.get().portrait_renditions is None
        assert files() == [""]
