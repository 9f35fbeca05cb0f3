"""What becomes of an uploaded picture, and which files are refused as one."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import modelform_factory
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from profiles.models import Profile
from publishing.images import PictureField, RandomName, uploads
from publishing.images.uploads import reencode
from tests.factories import ProfileFactory

ORIENTATION, ARTIST, GPS = 0x0112, 0x013B, 0x8825
UPRIGHT_AFTER_A_QUARTER_TURN = 6

RED, GREEN, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)


def upload(content: bytes, name: str = "picture.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def encoded(image: Image.Image, file_format: str = "JPEG", **options) -> bytes:
    file = BytesIO()
    image.save(file, file_format, **options)
    return file.getvalue()


def published(content: bytes) -> Image.Image:
    """The picture that comes of an upload of `content`."""
    return Image.open(reencode(upload(content)))


def refusal(content: bytes) -> str:
    """Why an upload of `content` is refused."""
    with pytest.raises(ValidationError) as error:
        reencode(upload(content))
    return " ".join(error.value.messages)


def png_header(width: int, height: int) -> bytes:
    """A PNG file that claims to be of this size and has no pixels at all."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def is_near(pixel: tuple, colour: tuple) -> bool:
    """Whether the pixel has the colour, but for what compression changes."""
    return all(abs(one - other) < 40 for one, other in zip(pixel, colour, strict=True))


class TestNothingButThePixelsIsPublished:
    def test_where_and_by_whom_a_photo_was_taken_is_dropped(self):
        hidden = Image.Exif()
        hidden[ARTIST] = "Secret Photographer"
        hidden.get_ifd(GPS)[1] = "S"
        content = encoded(Image.new("RGB", (40, 30), RED), exif=hidden)
        assert b"Secret Photographer" in content
        result = reencode(upload(content))
        assert b"Secret Photographer" not in result.read()
        assert not Image.open(result).getexif()

    def test_texts_inside_a_png_file_are_dropped(self):
        texts = PngInfo()
        texts.add_text("Author", "Secret Author")
        content = encoded(Image.new("RGB", (40, 30), RED), "PNG", pnginfo=texts)
        assert b"Secret Author" in content
        assert b"Secret Author" not in reencode(upload(content)).read()

    def test_a_script_behind_the_picture_is_dropped(self):
        content = encoded(Image.new("RGB", (40, 30), RED)) + b"<script>alert(1)</script>"
        assert b"script" not in reencode(upload(content)).read()

    @pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP"])
    def test_every_accepted_format_becomes_webp(self, file_format):
        result = reencode(upload(encoded(Image.new("RGB", (40, 30), RED), file_format), "Me at home.jpg"))
        assert (result.name, result.content_type) == ("picture.webp", "image/webp")
        assert Image.open(result).format == "WEBP"


class TestThePictureLooksTheSame:
    def test_a_photo_taken_sideways_is_published_upright(self):
        sideways = Image.new("RGB", (80, 40), BLUE)
        sideways.paste(RED, (0, 0, 40, 40))  # the left half: above, once upright
        turned = Image.Exif()
        turned[ORIENTATION] = UPRIGHT_AFTER_A_QUARTER_TURN
        picture = published(encoded(sideways, exif=turned))
        assert picture.size == (40, 80)
        assert is_near(picture.getpixel((20, 15)), RED)
        assert is_near(picture.getpixel((20, 65)), BLUE)

    @pytest.mark.parametrize(
        ("mode", "colour", "options"),
        [
            ("RGBA", (*RED, 0), {}),
            ("LA", (200, 0), {}),
            ("RGB", RED, {"transparency": RED}),
            ("P", 0, {"transparency": 0}),
        ],
        ids=["colours", "greys", "one transparent colour", "palette"],
    )
    def test_transparency_is_kept(self, mode, colour, options):
        picture = published(encoded(Image.new(mode, (40, 30), colour), "PNG", **options))
        assert picture.mode == "RGBA"
        assert picture.getpixel((20, 15))[3] == 0

    @pytest.mark.parametrize(
        ("mode", "colour", "file_format", "expected"),
        [
            ("L", 128, "JPEG", (128, 128, 128)),
            ("1", 1, "PNG", (255, 255, 255)),
            ("CMYK", (255, 0, 255, 0), "JPEG", GREEN),
            pytest.param(
                "I;16",
                0x8000,
                "PNG",
                (128, 128, 128),
            ),
        ],
        ids=["greys", "black and white", "print colours", "16-bit greys"],
    )
    def test_pictures_in_other_colour_models_keep_their_colours(self, mode, colour, file_format, expected):
        picture = published(encoded(Image.new(mode, (40, 30), colour), file_format))
        assert picture.mode == "RGB"
        assert is_near(picture.getpixel((20, 15)), expected)

    @pytest.mark.parametrize(
        ("size", "kept"),
        [
            ((3000, 1500), (2000, 1000)),
            ((1500, 3000), (1000, 2000)),
            ((2000, 10), (2000, 10)),
            ((40, 30), (40, 30)),
        ],
    )
    def test_the_longest_side_is_2000_pixels_and_nothing_is_enlarged(self, size, kept):
        assert published(encoded(Image.new("RGB", size, RED))).size == kept

    def test_a_photo_with_a_second_picture_inside_as_phones_make_is_accepted(self):
        second = Image.new("RGB", (20, 15), BLUE)
        content = encoded(Image.new("RGB", (40, 30), RED), "MPO", save_all=True, append_images=[second])
        assert is_near(published(content).getpixel((20, 15)), RED)


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"Dear colleague, please find my picture attached.",
            b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
            encoded(Image.new("RGB", (40, 30), RED), "GIF"),
            encoded(Image.new("RGB", (40, 30), RED), "TIFF"),
            encoded(Image.new("RGB", (400, 300), RED))[:700],
            png_header(40, 30),
        ],
        ids=["empty", "text", "svg", "gif", "tiff", "cut off", "header alone"],
    )
    def test_a_file_that_is_no_readable_picture(self, content):
        assert (
            refusal(content) == "This file is not a picture that can be read. Upload a JPEG, PNG, WebP or AVIF picture."
        )

    @pytest.mark.parametrize("file_format", ["WEBP", "PNG"])
    def test_a_moving_picture(self, file_format):
        frames = [Image.new("RGB", (40, 30), colour) for colour in (RED, GREEN)]
        content = encoded(frames[0], file_format, save_all=True, append_images=frames[1:])
        assert refusal(content) == "Moving pictures cannot be used. Upload a still picture."

    @pytest.mark.parametrize(
        ("width", "height"),
        [
            (10_000, 5_001),
            pytest.param(
                20_000,
                20_000,
            ),
        ],
    )
    def test_a_picture_of_too_many_pixels_before_it_is_decoded(self, width, height):
        # Decoding this file would fail otherwise: it has no pixels.
        assert "more than 50 million pixels" in refusal(png_header(width, height))

    def test_a_file_of_too_many_bytes_before_it_is_opened(self, monkeypatch):
        monkeypatch.setattr(uploads, "MAX_BYTES", 10)
        assert "larger than 15 MB" in refusal(b"No picture.")


class TestFileName:
    def test_it_cannot_be_guessed_and_says_nothing_of_the_file(self):
        name = RandomName("portraits")
        first, second = (name(None, "Ana at home in La Paz.JPG") for _ in range(2))
        assert first != second
        assert first.startswith("portraits/")
        assert "La Paz" not in first

    def test_it_keeps_the_extension_in_small_letters(self):
        assert RandomName("materials")(None, "Manual.v2.PDF").endswith(".pdf")

    def test_it_is_written_into_migrations(self):
        path, arguments, keywords = RandomName("portraits").deconstruct()
        assert (path, arguments, keywords) == ("publishing.images.RandomName", ("portraits",), {})
        assert RandomName("portraits") == RandomName("portraits") != RandomName("photos")

    def test_a_picture_field_comes_out_of_a_migration_as_it_went_in(self):
        _name, _path, arguments, keywords = PictureField("portrait", folder="portraits", blank=True).deconstruct()
        assert PictureField(*arguments, **keywords).upload_to == RandomName("portraits")


@pytest.mark.django_db
class TestInAForm:
    @staticmethod
    def form(profile=None, **files):
        form_class = modelform_factory(Profile, fields=["portrait"])
        return form_class({}, files, instance=profile or ProfileFactory(draft=True))

    def test_the_stored_file_is_the_new_one_under_a_new_name(self):
        profile = self.form(portrait=upload(encoded(Image.new("RGB", (40, 30), RED)), "La Paz.jpg")).save()
        assert profile.portrait.name.startswith("portraits/")
        assert profile.portrait.name.endswith(".webp")
        assert "La Paz" not in profile.portrait.name
        with profile.portrait.open() as stored:
            assert Image.open(stored).format == "WEBP"

    def test_what_is_wrong_with_a_file_is_said_beside_the_field(self):
        form = self.form(portrait=upload(b"No picture.", "portrait.jpg"))
        assert list(form.errors) == ["portrait"]
        assert form.errors["portrait"][0].startswith("This file is not a picture that can be read.")

    def test_saving_without_a_new_file_keeps_the_old_one(self):
        profile = self.form(portrait=upload(encoded(Image.new("RGB", (40, 30), RED)))).save()
        name = profile.portrait.name
        assert self.form(profile).save().portrait.name == name
