"""Files made to harm or to tell too much: what is left of them, and what they cost."""

import struct
import subprocess
import sys
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms

from publishing.images.uploads import MAX_PIXELS, reencode

SECRET = b"Secret-of-the-photographer"
UNREADABLE = "This file is not a picture that can be read. Upload a JPEG, PNG, WebP or AVIF picture."
MOVING = "Moving pictures cannot be used. Upload a still picture."


def encoded(image: Image.Image, file_format: str = "JPEG", **options) -> bytes:
    file = BytesIO()
    image.save(file, file_format, **options)
    return file.getvalue()


def plain(file_format: str = "JPEG", size=(40, 30), **options) -> bytes:
    return encoded(Image.new("RGB", size, "red"), file_format, **options)


def moving(file_format: str, number: int = 2) -> bytes:
    frames = [Image.new("RGB", (40, 30), (index * 97 % 256, 40, 200)) for index in range(number)]
    return encoded(frames[0], file_format, save_all=True, append_images=frames[1:])


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*chunks: bytes, size=(40, 30)) -> bytes:
    """A PNG file whose head says `size`, with further chunks before its pixels."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0" * (40 * 3 + 1) * 30))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + pixels + chunk(b"IEND", b"")


def kept(content: bytes, name: str = "picture.jpg") -> bytes:
    return reencode(SimpleUploadedFile(name, content)).read()


def refusal(content: bytes) -> str:
    with pytest.raises(ValidationError) as error:
        kept(content)
    return " ".join(error.value.messages)


def named_profile() -> bytes:
    """A colour profile with a text in it."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    at = profile.index(b"desc", 128 + 4)
    offset = struct.unpack(">I", profile[at + 4 : at + 8])[0]
    profile[offset + 28 : offset + 28 + len(SECRET)] = SECRET
    return bytes(profile)


def text_bomb(kind: bytes) -> bytes:
    """A PNG file with half a gigabyte of text, packed."""
    packer = zlib.compressobj(9, wbits=-15)
    # One megabyte that stands by itself, 512 times; then an empty last block and the checksum of so many zeros.
    piece = packer.compress(b"\0" * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = (2**29 % 65521 << 16) + 1
    packed = b"\x78\xda" + piece * 512 + b"\x03\x00" + checksum.to_bytes(4)
    head = b"Comment\0\0" if kind == b"zTXt" else b"Comment\0\1\0\0\0"
    return png(chunk(kind, head + packed))


@pytest.mark.parametrize(
    "content",
    [
        plain(xmp=b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"),
        plain(comment=SECRET),
        plain("WEBP", xmp=SECRET),
        plain("AVIF", xmp=SECRET),
        png(chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + SECRET)),
        plain("PNG") + SECRET,
        plain(icc_profile=named_profile()),
    ],
    ids=["xmp", "comment", "webp xmp", "avif xmp", "png xmp", "behind the end", "colour profile"],
)
def test_nothing_hidden_in_a_picture_is_kept(content):
    assert SECRET in content
    assert SECRET not in kept(content)
    assert not Image.open(BytesIO(kept(content))).info.keys() & {"xmp", "icc_profile", "exif", "comment"}


def test_a_page_that_is_also_a_picture_is_a_picture_only():
    page = b"<html><script>alert(1)</script></html>"
    polyglot = plain(comment=page) + page
    assert polyglot.startswith(b"\xff\xd8")
    clean = kept(polyglot, "page.html")
    assert clean.startswith(b"RIFF")
    assert b"script" not in clean


@pytest.mark.parametrize("name", ["picture.png", "picture.exe", "picture", "picture.jpg.php"])
def test_a_wrong_name_changes_nothing(name):
    result = reencode(SimpleUploadedFile(name, plain()))
    assert (result.name, Image.open(result).format) == ("picture.webp", "WEBP")


def test_avif_as_phones_write_it_is_accepted():
    assert Image.open(BytesIO(kept(plain("AVIF")))).size == (40, 30)


@pytest.mark.parametrize("brand", [b"heic", b"mif1", b"heix"])
def test_heic_is_refused_with_the_way_out(brand):
    content = struct.pack(">I", 24) + b"ftyp" + brand + b"\0\0\0\0mif1heic" + b"\0" * 100
    assert refusal(content) == "Pictures in the format HEIC cannot be used. Save it as JPEG and upload it again."


@pytest.mark.parametrize("file_format", ["WEBP", "PNG", "AVIF"])
def test_moving_pictures_of_every_accepted_format_are_refused(file_format):
    assert refusal(moving(file_format)) == MOVING


def test_a_thousand_frames_are_refused_before_they_are_decoded():
    assert refusal(moving("WEBP", 1000)) == MOVING


@pytest.mark.parametrize(
    "content",
    [
        moving("GIF"),
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"<html>" + plain(),
        plain("PNG", (400, 300))[:-300],
        plain("WEBP", (400, 300))[:60],
        plain("AVIF", (400, 300))[:-80],
        b"\x89PNG\r\n\x1a\n",
        png(chunk(b"IDAT", b"\0" * 10)),
    ],
    ids=["gif", "svg", "html before", "cut png", "cut webp", "cut avif", "head alone", "broken"],
)
def test_what_cannot_be_read_is_refused_with_the_formats_that_can(content):
    assert refusal(content) == UNREADABLE


@pytest.mark.parametrize("kind", [b"zTXt", b"iTXt"])
def test_text_that_unpacks_without_end_is_refused(kind):
    assert refusal(text_bomb(kind)) == UNREADABLE


def test_deep_colours_are_kept():
    deep = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 4, 4, 16, 2, 0, 0, 0))
    deep += chunk(b"IDAT", zlib.compress((b"\0" + b"\xff\xff\x80\x00\x00\x00" * 4) * 4)) + chunk(b"IEND", b"")
    red, green, blue = Image.open(BytesIO(kept(deep))).convert("RGB").getpixel((1, 1))
    assert red > 230
    assert abs(green - 128) < 25
    assert blue < 25


MEASURE = """
import resource, sys
import django
from django.conf import settings
settings.configure()
django.setup()
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from publishing.images.uploads import reencode
content = sys.stdin.buffer.read()
reencode(SimpleUploadedFile("warm.png", open(sys.argv[1], "rb").read()))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    reencode(SimpleUploadedFile("x.png", content))
except ValidationError:
    pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def megabytes_spent_on(content: bytes, tmp_path) -> float:
    """How much the peak memory of a process grows over an upload."""
    small = tmp_path / "small.png"
    small.write_bytes(plain("PNG"))
    done = subprocess.run([sys.executable, "-c", MEASURE, small], input=content, capture_output=True, check=True)
    return int(done.stdout) / 1024


@pytest.mark.parametrize(
    "content",
    [
        png(size=(50_000, 50_000)),
        png(size=(10_000, MAX_PIXELS // 10_000 + 1)),
        text_bomb(b"zTXt"),
        text_bomb(b"iTXt"),
        moving("WEBP", 1000),
    ],
    ids=["2.5 gigapixels", "just too large", "zTXt", "iTXt", "1000 frames"],
)
def test_bombs_cost_no_memory(content, tmp_path):
    assert megabytes_spent_on(content, tmp_path) < 40


def test_a_large_photo_is_not_decoded_larger_than_it_is_kept(tmp_path):
    assert megabytes_spent_on(plain("JPEG", (8000, 6000)), tmp_path) < 100
