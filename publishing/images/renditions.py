"""Renditions: smaller copies of a picture in AVIF and WebP, of which a browser takes the one that fits.

They stand beside their picture and bear its name: `portraits/ab12.webp` has `portraits/ab12.webp.96.avif`, and framed
`portraits/ab12.webp.f0a1b2c3d.96.avif`, so that no browser shows an old framing it has kept. What is public of them
follows from their name alone.
"""

import re
from dataclasses import dataclass
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from PIL import Image

from publishing.images.framing import WHOLE, Framing

# The smaller format first: a browser takes the first that it knows. AVIF at its default speed takes three times as
# long for files a tenth smaller; an editor waits for it.
FORMATS = {"avif": {"quality": 60, "speed": 8}, "webp": {"quality": 80, "method": 2}}
# Pixels. Portraits are shown 72 to 240 CSS pixels wide, photos up to 672, on screens of one to three pixels each.
SQUARE_WIDTHS = (96, 144, 192, 288, 480)
WIDTHS = (320, 480, 640, 960, 1280)

_NAME = re.compile(rf"(?P<original>.+?)(\.f[0-9a-f]{{8}})?\.[1-9][0-9]{{0,3}}\.({'|'.join(FORMATS)})")


@dataclass(frozen=True)
class Renditions:
    """The renditions that there are of the picture named `of`; `width` and `height` are the largest that it fills.

    All lengths are in pixels; both sides are equal where renditions are square. `framing` is the digest of the
    `Framing` that they were made with, or empty.
    """

    of: str
    width: int
    height: int
    widths: list[int]
    framing: str = ""

    def name(self, width: int, file_format: str) -> str:
        framed = f".f{self.framing}" if self.framing else ""
        return f"{self.of}{framed}.{width}.{file_format}"

    def names(self) -> list[str]:
        return [self.name(width, file_format) for width in self.widths for file_format in FORMATS]

    def srcset(self, storage: Storage, file_format: str, query: str = "") -> str:
        """The value of `srcset` for one format; `query` is added to each address."""
        return ", ".join(f"{storage.url(self.name(width, file_format))}{query} {width}w" for width in self.widths)


def original_of(name: str) -> str | None:
    """The name of the picture of which `name` is a rendition, or None if that is no rendition's name."""
    match = _NAME.fullmatch(name)
    return match["original"] if match else None


def widths_for(width: int, *, square: bool) -> list[int]:
    """The widths to make of a picture of this width: none larger than it, and its own instead of a larger one."""
    steps = SQUARE_WIDTHS if square else WIDTHS
    return sorted({*(step for step in steps if step <= width), min(width, steps[-1])})


def is_complete(storage: Storage, known: dict | None, name: str, framing: Framing | None) -> bool:
    """Whether `known` are the renditions of the picture `name` in this framing, and all are stored."""
    if known is None or known["of"] != name:
        return False
    present = Renditions(**known)
    return present.framing == _digest(framing) and all(storage.exists(rendition) for rendition in present.names())


def make(storage: Storage, name: str, *, square: bool, framing: Framing | None = None) -> Renditions:
    """Make and store all renditions of the stored picture `name`, over those that are there.

    Raises OSError when the picture cannot be read or a rendition not be stored, and whatever Pillow raises on a file
    that is no picture; what was stored till then is removed.
    """
    with storage.open(name) as file, Image.open(file) as original:
        picture = original.convert("RGBA" if original.has_transparency_data else "RGB")
    picture = picture.crop((framing or WHOLE).box(picture.size, square=square))
    renditions = Renditions(name, *picture.size, widths_for(picture.width, square=square), _digest(framing))
    try:
        for width in renditions.widths:
            height = max(1, round(width * picture.height / picture.width))
            scaled = picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
            for file_format, options in FORMATS.items():
                encoded = BytesIO()
                scaled.save(encoded, file_format, **options)
                _store(storage, renditions.name(width, file_format), encoded.getvalue())
    except BaseException:
        remove(storage, renditions.names())
        raise
    return renditions


def remove(storage: Storage, names: list[str]) -> None:
    """Remove these files; those that are not there are no matter."""
    for name in names:
        storage.delete(name)


def _digest(framing: Framing | None) -> str:
    return framing.digest if framing else ""


def _store(storage: Storage, name: str, content: bytes) -> None:
    storage.delete(name)
    stored = storage.save(name, ContentFile(content))
    if stored != name:  # another process has just made the same one
        storage.delete(stored)
