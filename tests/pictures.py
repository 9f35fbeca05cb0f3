"""Pictures for tests."""

from io import BytesIO

from PIL import Image


def picture(width: int = 40, height: int = 30, colour="navy", file_format: str = "WEBP", **options) -> bytes:
    """A file with a picture of one colour."""
    file = BytesIO()
    Image.new("RGB", (width, height), colour).save(file, file_format, **options)
    return file.getvalue()
