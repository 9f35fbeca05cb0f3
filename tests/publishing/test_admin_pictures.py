"""Pictures uploaded in the admin: only the pixels of a still picture of bearable size are kept."""

import struct
import zlib
from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from profiles.models import Profile
from tests.factories import ProfileFactory
from tests.publishing.admin_forms import errors, filled_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def profile(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return ProfileFactory(draft=True)


@pytest.fixture
def upload(staff_client, profile):
    """Uploads a portrait and answers the page that follows."""
    address = reverse("admin:profiles_profile_change", args=[profile.pk])

    def upload(name: str, content: bytes):
        portrait = SimpleUploadedFile(name, content)
        return staff_client.post(address, filled_in(staff_client.get(address), portrait=portrait))

    return upload


def encoded(image: Image.Image, kind: str, **options) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def png_that_says_it_is(width: int, height: int) -> bytes:
    """A PNG file of a few bytes with the size of a poster in its head."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def test_photo_loses_place_and_camera_and_stands_upright(upload, profile):
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(0x8825)[1] = "N"
    assert upload("me.jpg", encoded(Image.new("RGB", (60, 40), "navy"), "JPEG", exif=exif)).status_code == 302
    profile.refresh_from_db()
    with Image.open(profile.portrait) as kept:
        assert kept.format == "WEBP"
        assert kept.size == (40, 60)
        assert not kept.getexif()


def test_uploaded_name_is_not_kept(upload, profile):
    upload("Ana at home.png", encoded(Image.new("RGB", (10, 10)), "PNG"))
    profile.refresh_from_db()
    assert "home" not in profile.portrait.name


def test_moving_picture_is_refused_with_a_reason(upload):
    frames = [Image.new("RGB", (10, 10), colour) for colour in ("red", "blue")]
    refused = upload("move.webp", encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:]))
    assert errors(refused) == {"portrait": ["Moving pictures cannot be used. Upload a still picture."]}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("move.gif", b"GIF89a" + b"\0" * 40),
        ("letter.jpg", b"Dear colleague, my portrait will follow."),
        ("half.png", encoded(Image.new("RGB", (300, 300)), "PNG")[:80]),
        ("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
    ],
)
def test_file_that_is_no_still_picture_is_refused_with_a_reason(upload, name, content):
    refused = upload(name, content)
    assert errors(refused)["portrait"] == [
        "This file is not a picture that can be read. Upload a JPEG, PNG, WebP or AVIF picture."
    ]


def test_animated_gif_is_refused_with_a_reason(upload):
    frames = [Image.new("P", (10, 10), colour) for colour in (1, 2)]
    refused = upload("move.gif", encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert list(errors(refused)) == ["portrait"]


def test_picture_of_too_many_pixels_is_refused_with_a_reason(upload):
    refused = upload("poster.png", png_that_says_it_is(9_000, 9_000))
    assert errors(refused) == {
        "portrait": ["This picture has more than 50 million pixels. Save it smaller and upload it again."]
    }


def test_picture_of_absurdly_many_pixels_is_refused(upload):
    refused = upload("bomb.png", png_that_says_it_is(60_000, 60_000))
    assert list(errors(refused)) == ["portrait"]


def test_empty_file_is_refused(upload):
    assert list(errors(upload("nothing.jpg", b""))) == ["portrait"]


def test_page_shows_the_whole_portrait_to_whoever_may_frame_it(staff_client, upload, profile):
    upload("me.png", encoded(Image.new("RGB", (10, 10)), "PNG"))
    profile.refresh_from_db()
    page = staff_client.get(reverse("admin:profiles_profile_change", args=[profile.pk])).content.decode()
    assert f'class="framing-whole" src="{profile.portrait.url}"' in page
    assert "portrait_shown" not in page


def test_page_shows_the_framed_portrait_to_whoever_may_only_look(client, upload, profile):
    upload("me.png", encoded(Image.new("RGB", (10, 20)), "PNG"))
    profile = Profile.objects.get()
    profile.portrait_framing = {"left": 0, "top": 0, "width": 50, "height": 50}
    profile.save()
    reader = get_user_model().objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_profile"))
    client.force_login(reader)
    page = client.get(reverse("admin:profiles_profile_change", args=[profile.pk])).content.decode()
    assert f'src="{profile.portrait.framed_url}"' in page
    assert profile.portrait.framed_url != profile.portrait.url
    assert "framing of the portrait" not in page.lower()


def test_upload_makes_the_renditions(upload, profile):
    upload("me.png", encoded(Image.new("RGB", (300, 200)), "PNG"))
    profile.refresh_from_db()
    portrait = profile.portrait
    assert portrait.renditions.widths == [96, 144, 192, 200]
    assert portrait.storage.exists(f"{portrait.name}.96.avif")


def test_refused_picture_is_not_shown_as_the_present_one(upload):
    assert 'class="framing-whole" src' not in upload("letter.jpg", b"text").content.decode()


def test_portrait_is_removed_by_its_tick(staff_client, upload, profile):
    upload("me.png", encoded(Image.new("RGB", (10, 10)), "PNG"))
    address = reverse("admin:profiles_profile_change", args=[profile.pk])
    staff_client.post(address, filled_in(staff_client.get(address)) | {"portrait-clear": "on"})
    profile.refresh_from_db()
    assert not profile.portrait
