"""Draw the pictures in the sample content's invented interviews, in the manner of the portraits: plainly illustrations.

python scripts/draw_photos.py
"""

import math
from collections.abc import Callable
from pathlib import Path

from draw_portraits import (
    AUBURN,
    BLACK,
    BLUE,
    BROWN,
    CORAL,
    DEEP_BLUE,
    LIGHT_BLUE,
    PEOPLE,
    SCALE,
    SKY,
    WHITE,
    YELLOW,
    Look,
    Pen,
    bust,
    darker,
)
from draw_portraits import SIZE as BUST_SIZE
from PIL import Image

FOLDER = Path(__file__).resolve().parent.parent / "sample" / "data" / "photos"
WIDTH, HEIGHT = 1200, 800
WOOD = "#c98d5d"
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))

GROUP = [
    Look(SKY, "#6a3e25", BLACK, "short", LIGHT_BLUE, beard=True),
    Look(SKY, "#7d4c2c", CORAL, "headwrap", YELLOW),
    PEOPLE["amara-okello"],
    Look(SKY, "#94592f", BLACK, "curls", BLUE),
    Look(SKY, "#6a3e25", DEEP_BLUE, "headscarf", CORAL),
]


def heap(pen: Pen, x: float, y: float, number: int, colour: str) -> None:
    """So many beans on a heap, laid as sunflower seeds are: none hides another."""
    for bean in range(number):
        angle, distance = bean * GOLDEN_ANGLE, 25 * math.sqrt(bean + 0.5)
        lies = bean % 2
        at_x, at_y = x + distance * math.cos(angle), y + distance * math.sin(angle)
        pen.disc(at_x, at_y, 17 - 5 * lies, 12 + 5 * lies, darker(colour, 0.8))
        pen.disc(at_x - 2, at_y - 2, 13 - 4 * lies, 8 + 4 * lies, colour)


def beans(image: Image.Image) -> None:
    """A table from above: three rings of chalk, a heap of beans in each."""
    pen = Pen(image)
    pen.block(WIDTH / 2, HEIGHT / 2, WIDTH, HEIGHT, 0, WOOD)
    for y in range(0, HEIGHT, 160):
        pen.block(WIDTH / 2, y, WIDTH, 3, 0, darker(WOOD))
    for x, number, colour in ((220, 34, WHITE), (600, 18, CORAL), (980, 7, DEEP_BLUE)):
        pen.ring(x, HEIGHT / 2, 172, 172, 172, SKY, 7)
        heap(pen, x, HEIGHT / 2, number, colour)


def figures(image: Image.Image) -> None:
    """Five people behind a table with sheets of figures, a chart on the wall behind them."""
    pen = Pen(image)
    pen.block(WIDTH / 2, HEIGHT / 2, WIDTH, HEIGHT, 0, SKY)
    pen.block(WIDTH / 2, 185, 300, 150, 14, WHITE)
    pen.ring(WIDTH / 2, 185, 300, 150, 14, LIGHT_BLUE, 6)
    for number, height in enumerate((60, 95, 75, 130, 165)):
        pen.block(420 + number * 90, 300 - height / 2, 26, height / 2, 4, CORAL if number == 3 else BLUE)
    for number, look in enumerate(GROUP):
        _person(image, look, left=20 + number * 215, top=215)
    pen.block(WIDTH / 2, 745, WIDTH / 2 - 30, 95, 24, BROWN)
    pen.block(WIDTH / 2, 680, WIDTH / 2 - 10, 40, 24, WOOD)
    for x in (220, 600, 980):
        pen.shape([(x - 90, 700), (x - 70, 662), (x + 70, 662), (x + 90, 700)], WHITE)
        for line in (670, 680, 690):
            pen.block(x, line, 50, 1.5, 1, LIGHT_BLUE)
    for x, colour in ((400, YELLOW), (430, YELLOW), (790, YELLOW), (760, AUBURN)):
        pen.disc(x, 682, 13, 8, colour)


def _person(image: Image.Image, look: Look, left: float, top: float, size: int = 300) -> None:
    """Head and shoulders as in the portraits, `size` pixels wide."""
    figure = Image.new("RGBA", (BUST_SIZE * SCALE, BUST_SIZE * SCALE))
    bust(Pen(figure), look)
    figure = figure.resize((size * SCALE, size * SCALE), Image.Resampling.LANCZOS)
    # The arms, down to the table: a portrait ends above them.
    Pen(image).block(left + size / 2, top + size + 60, 86, 120, 20, look.top)
    image.paste(figure, (round(left * SCALE), round(top * SCALE) + 60 * SCALE), figure)


PHOTOS: dict[str, Callable[[Image.Image], None]] = {"beans-on-a-table": beans, "figures-of-a-group": figures}


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, draw in PHOTOS.items():
        scene = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE))
        draw(scene)
        photo = scene.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        photo.save(FOLDER / f"{name}.webp", quality=80, method=6)


if __name__ == "__main__":
    main()
