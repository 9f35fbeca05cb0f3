"""Pictures are decoded and encoded anew on upload: nothing hidden in the file (location, scripts) is published."""

from io import BytesIO

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

ACCEPTED_FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
# A browser that reads HEIC, as on an iPhone, sends a JPEG where HEIC is not asked for.
ACCEPTED_TYPES = "image/jpeg,image/png,image/webp,image/avif"
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
LONGEST_SIDE = 2000  # pixels kept
MAX_PIXELS = 50_000_000  # more is refused before it is decoded
MAX_BYTES = 15 * 1024 * 1024
WEBP_QUALITY = 85


def reencode(upload) -> SimpleUploadedFile:
    """The picture in the file-like `upload` as a fresh WebP file: upright, at most `LONGEST_SIDE` pixels, no metadata.

    Raises ValidationError with what to do when the file is too large, not a still JPEG, PNG, WebP or AVIF
    picture, or broken.
    """
    if upload.size > MAX_BYTES:
        raise ValidationError(_("This picture is larger than 15 MB. Save it smaller and upload it again."))
    unreadable = ValidationError(
        _("This file is not a picture that can be read. Upload a JPEG, PNG, WebP or AVIF picture.")
    )
    too_many_pixels = ValidationError(
        _("This picture has more than 50 million pixels. Save it smaller and upload it again.")
    )
    try:
        upload.seek(0)
        with Image.open(upload, formats=ACCEPTED_FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise too_many_pixels
            # MPO: a JPEG as phones write it, with a second picture for depth behind the first.
            if getattr(image, "is_animated", False) and image.format != "MPO":
                raise ValidationError(_("Moving pictures cannot be used. Upload a still picture."))
            image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is decoded no larger than needed
            image.load()
            upright = _eight_bits(image)
            ImageOps.exif_transpose(upright, in_place=True)
            mode = "RGBA" if upright.has_transparency_data else "RGB"
            upright = upright if upright.mode == mode else upright.convert(mode)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    except ValidationError:
        raise
    except Image.DecompressionBombError as error:
        raise too_many_pixels from error
    except Exception as error:  # Pillow raises many kinds on hostile files
        if _is_heic(upload):
            raise ValidationError(
                _("Pictures in the format HEIC cannot be used. Save it as JPEG and upload it again.")
            ) from error
        raise unreadable from error
    clean = Image.new(mode, upright.size)
    clean.paste(upright)
    encoded = BytesIO()
    clean.save(encoded, "WEBP", quality=WEBP_QUALITY)
    return SimpleUploadedFile("picture.webp", encoded.getvalue(), content_type="image/webp")


def _is_heic(upload) -> bool:
    upload.seek(0)
    head = upload.read(12)
    return head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS


def _eight_bits(image: Image.Image) -> Image.Image:
    """The picture with grey of 16 bits brought down to 8, where Pillow's own conversion would make it white."""
    if image.mode.startswith("I"):
        return image.point(lambda value: value / 256).convert("L")
    return image


class PictureFormField(forms.ImageField):
    """Form field whose cleaned value is the re-encoded picture."""

    def widget_attrs(self, widget):
        attrs = super().widget_attrs(widget)
        return attrs | {"accept": ACCEPTED_TYPES} if "accept" in attrs else attrs

    def to_python(self, data):
        if data in self.empty_values:
            return None
        # Not ImageField's own check: it decodes the file before its size in pixels is known to be bearable.
        return reencode(forms.FileField.to_python(self, data))
