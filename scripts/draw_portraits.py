"""Draw the portraits of the invented people in the sample content.

Flat illustrations, plainly not photographs: a head and shoulders on a coloured disc. The same pictures come out
every time. Coordinates are those of the finished picture; it is drawn larger and reduced, which smooths the edges.

    python scripts/draw_portraits.py
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageColor, ImageDraw

FOLDER = Path(__file__).resolve().parent.parent / "sample" / "data" / "portraits"
SIZE = 480
SCALE = 4
MIDDLE = SIZE / 2

DEEP_BLUE = "#230050"
BLUE = "#1e2dbe"
SKY = "#ebf5fd"
LIGHT_BLUE = "#a9cdf2"
CORAL = "#fa3c4b"
YELLOW = "#ffcd2d"
INK = "#2d2d2d"
WHITE = "#ffffff"

BLACK = "#1d1a26"
DARK_BROWN = "#33211d"
BROWN = "#6b4128"
AUBURN = "#a24a25"
BLOND = "#e3b55c"
GREY = "#9c9ca4"


class Pen:
    """Draws shapes given by their middle and radii."""

    def __init__(self, image: Image.Image):
        self._draw = ImageDraw.Draw(image)

    def _box(self, x: float, y: float, rx: float, ry: float) -> list[float]:
        return [SCALE * value for value in (x - rx, y - ry, x + rx, y + ry)]

    def disc(self, x: float, y: float, rx: float, ry: float, colour: str) -> None:
        self._draw.ellipse(self._box(x, y, rx, ry), fill=colour)

    def part(self, x: float, y: float, rx: float, ry: float, start: float, end: float, colour: str) -> None:
        """The piece of a disc between two angles, clockwise from three o'clock."""
        self._draw.chord(self._box(x, y, rx, ry), start, end, fill=colour)

    def block(self, x: float, y: float, rx: float, ry: float, corner: float, colour: str) -> None:
        self._draw.rounded_rectangle(self._box(x, y, rx, ry), SCALE * corner, fill=colour)

    def arc(self, x: float, y: float, rx: float, ry: float, start: float, end: float, colour: str, width: int) -> None:
        self._draw.arc(self._box(x, y, rx, ry), start, end, fill=colour, width=SCALE * width)

    def ring(self, x: float, y: float, rx: float, ry: float, corner: float, colour: str, width: int) -> None:
        self._draw.rounded_rectangle(self._box(x, y, rx, ry), SCALE * corner, outline=colour, width=SCALE * width)

    def shape(self, points: list[tuple[float, float]], colour: str) -> None:
        self._draw.polygon([(SCALE * x, SCALE * y) for x, y in points], fill=colour)

    def pair(self, offset: float, y: float, rx: float, ry: float, colour: str) -> None:
        """Two equal discs, left and right of the middle."""
        for side in (-1, 1):
            self.disc(MIDDLE + side * offset, y, rx, ry, colour)


def darker(colour: str, share: float = 0.85) -> str:
    return "#" + "".join(f"{round(value * share):02x}" for value in ImageColor.getrgb(colour))


# Hair and what is worn on the head: each style draws behind the face and in front of it.


def short_behind(pen: Pen, colour: str) -> None:
    pen.part(MIDDLE, 212, 78, 102, 180, 360, colour)


def hairline(pen: Pen, colour: str) -> None:
    pen.part(MIDDLE, 214, 72, 87, 216, 324, colour)


def side_parting(pen: Pen, colour: str) -> None:
    pen.part(MIDDLE, 214, 72, 87, 240, 347, colour)
    pen.part(MIDDLE, 214, 72, 87, 193, 262, colour)


def afro_behind(pen: Pen, colour: str) -> None:
    pen.disc(MIDDLE, 168, 124, 112, colour)
    for x, y in ((130, 200), (350, 200), (152, 118), (328, 118), (200, 76), (280, 76), (240, 66)):
        pen.disc(x, y, 32, 32, colour)


def curls(pen: Pen, colour: str) -> None:
    for x, y in ((170, 172), (180, 142), (204, 120), (236, 110), (270, 116), (296, 138), (310, 170)):
        pen.disc(x, y, 25, 25, colour)


def waves_behind(pen: Pen, colour: str) -> None:
    pen.disc(MIDDLE, 196, 96, 104, colour)
    pen.block(MIDDLE, 264, 84, 66, 30, colour)
    for y, offset in ((225, 80), (265, 88), (305, 80)):
        pen.pair(offset, y, 34, 34, colour)


def parted_in_the_middle(pen: Pen, colour: str) -> None:
    pen.part(MIDDLE, 214, 72, 87, 186, 275, colour)
    pen.part(MIDDLE, 214, 72, 87, 265, 354, colour)


def bob_behind(pen: Pen, colour: str) -> None:
    pen.block(MIDDLE, 196, 92, 104, 84, colour)
    pen.block(MIDDLE, 254, 92, 46, 14, colour)


def fringe(pen: Pen, colour: str) -> None:
    pen.part(MIDDLE, 176, 72, 64, 180, 360, colour)


def bun_behind(pen: Pen, colour: str) -> None:
    pen.disc(MIDDLE, 84, 40, 36, darker(colour))
    pen.part(MIDDLE, 218, 80, 112, 180, 360, colour)


def swept_aside(pen: Pen, colour: str) -> None:
    pen.part(MIDDLE, 214, 72, 87, 192, 306, colour)
    pen.part(MIDDLE, 214, 72, 87, 282, 350, colour)


def pixie_behind(pen: Pen, colour: str) -> None:
    pen.disc(MIDDLE, 190, 86, 88, colour)
    pen.pair(70, 232, 16, 36, colour)


def scarf_behind(pen: Pen, colour: str) -> None:
    pen.disc(MIDDLE, 204, 98, 112, colour)
    pen.shape([(146, 230), (334, 230), (350, 400), (130, 400)], colour)


def scarf_in_front(pen: Pen, colour: str) -> None:
    pen.part(MIDDLE, 164, 66, 32, 180, 360, darker(colour))
    pen.disc(MIDDLE, 352, 104, 62, colour)
    pen.part(MIDDLE, 304, 84, 62, 20, 160, darker(colour))
    pen.part(MIDDLE, 294, 84, 56, 20, 160, colour)


def wrap_behind(pen: Pen, colour: str) -> None:
    pen.disc(286, 76, 42, 32, darker(colour))
    pen.disc(222, 70, 46, 34, darker(colour, 0.92))
    pen.part(MIDDLE, 184, 84, 106, 170, 370, colour)


def wrap_in_front(pen: Pen, colour: str) -> None:
    pen.part(MIDDLE, 188, 82, 70, 190, 350, colour)
    pen.arc(MIDDLE, 210, 84, 62, 208, 332, darker(colour), 5)
    pen.arc(MIDDLE, 182, 84, 62, 212, 328, darker(colour), 5)


STYLES: dict[str, tuple[Callable[[Pen, str], None], Callable[[Pen, str], None] | None]] = {
    "afro": (afro_behind, None),
    "bob": (bob_behind, fringe),
    "bun": (bun_behind, swept_aside),
    "curls": (short_behind, curls),
    "headscarf": (scarf_behind, scarf_in_front),
    "headwrap": (wrap_behind, wrap_in_front),
    "pixie": (pixie_behind, swept_aside),
    "receding": (short_behind, None),
    "short": (short_behind, hairline),
    "side parting": (short_behind, side_parting),
    "waves": (waves_behind, parted_in_the_middle),
}


COVERS_EARS = {"bob", "headscarf", "waves"}
COVERS_HAIR = {"headscarf", "headwrap"}


def round_glasses(pen: Pen) -> None:
    glasses(pen, corner=25)


def square_glasses(pen: Pen) -> None:
    glasses(pen, corner=9)


def glasses(pen: Pen, corner: float) -> None:
    for side in (-1, 1):
        pen.ring(MIDDLE + side * 30, 214, 25, 23, corner, INK, 4)
    pen.block(MIDDLE, 210, 7, 2, 1, INK)


def earrings(pen: Pen) -> None:
    pen.pair(78, 256, 13, 13, YELLOW)


@dataclass(frozen=True)
class Look:
    backdrop: str
    skin: str
    hair: str
    style: str
    top: str
    worn: Callable[[Pen], None] | None = None
    beard: bool = False
    moustache: bool = False


PEOPLE = {
    "amara-okello": Look(BLUE, "#7d4c2c", BLACK, "afro", CORAL, worn=earrings),
    "elif-demirci": Look(DEEP_BLUE, "#f3cda9", AUBURN, "bun", YELLOW),
    "karim-benali": Look(YELLOW, "#c98d5d", DARK_BROWN, "curls", CORAL, worn=round_glasses, moustache=True),
    "lucia-ferrand": Look(CORAL, "#e0ac80", BROWN, "waves", BLUE, worn=round_glasses),
    "mariam-diallo": Look(BLUE, "#6a3e25", YELLOW, "headwrap", CORAL),
    "mei-tanaka": Look(YELLOW, "#f2cfa6", BLACK, "bob", DEEP_BLUE),
    "nadia-haddad": Look(CORAL, "#e5b389", BLUE, "headscarf", DEEP_BLUE),
    "putu-wirawan": Look(CORAL, "#ad6f43", BLACK, "side parting", LIGHT_BLUE),
    "rahul-menon": Look(YELLOW, "#94592f", GREY, "receding", DEEP_BLUE, worn=square_glasses, beard=True),
    "sophie-lindqvist": Look(LIGHT_BLUE, "#f7d8bd", BLOND, "pixie", BLUE, worn=square_glasses),
    "tomas-arrieta": Look(BLUE, "#c68a58", BLACK, "short", YELLOW, beard=True),
}


def bust(pen: Pen, look: Look) -> None:
    """The head and shoulders, from the back to the front."""
    behind, in_front = STYLES[look.style]
    behind(pen, look.hair)
    pen.block(MIDDLE, 450, 138, 118, 84, look.top)
    pen.part(MIDDLE, 331, 56, 44, 0, 180, darker(look.skin))
    pen.block(MIDDLE, 310, 31, 42, 18, darker(look.skin))
    if look.style not in COVERS_EARS:
        pen.pair(70, 222, 13, 19, darker(look.skin, 0.92))
    pen.disc(MIDDLE, 216, 69, 84, look.skin)
    if look.beard:
        pen.part(MIDDLE, 216, 72, 88, 8, 172, look.hair)
        pen.disc(MIDDLE, 214, 58, 36, look.skin)
    if look.beard or look.moustache:
        pen.part(MIDDLE, 256, 34, 15, 180, 360, look.hair)
    face(pen, look)
    if in_front:
        in_front(pen, look.hair)
    if look.worn:
        look.worn(pen)


def face(pen: Pen, look: Look) -> None:
    brows = BLACK if look.style in COVERS_HAIR else darker(look.hair, 0.8)
    for side in (-1, 1):
        pen.arc(MIDDLE + side * 30, 196, 18, 12, 215, 325, brows, 5)
    pen.pair(30, 215, 7, 8, BLACK)
    pen.arc(MIDDLE, 232, 10, 9, 20, 160, darker(look.skin, 0.72), 4)
    pen.part(MIDDLE, 258, 24, 17, 0, 180, WHITE if look.beard else darker(CORAL, 0.8))


def portrait(look: Look) -> Image.Image:
    size = (SIZE * SCALE, SIZE * SCALE)
    disc = Image.new("L", size)
    Pen(disc).disc(MIDDLE, MIDDLE, 226, 226, "white")
    scene = Image.new("RGB", size, look.backdrop)
    bust(Pen(scene), look)
    picture = Image.new("RGB", size, SKY)
    picture.paste(scene, mask=disc)
    return picture.resize((SIZE, SIZE), Image.Resampling.LANCZOS)


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for slug, look in PEOPLE.items():
        portrait(look).save(FOLDER / f"{slug}.webp", quality=85, method=6)


if __name__ == "__main__":
    main()
