"""The world map: its shapes, the classes of its shading, and the part of the world that is looked at.

Coordinates are units of the drawing, described in `charts/data/README.md`.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

DATA = Path(__file__).resolve().parent / "data" / "world.json"
MOST_CLASSES = 4
# A region is shown with some land around it, and never so near that its borders look crude.
MARGIN, LEAST_WIDTH = 0.06, 320
NARROWEST, WIDEST = 1.35, 2.1  # width to height of a part of the world


@dataclass(frozen=True)
class Box:
    """A rectangle of the drawing."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @classmethod
    def around(cls, boxes: Iterable[Self]) -> Self:
        """The smallest box that holds all of the `boxes`; raises ValueError where there is none."""
        boxes = list(boxes)
        if not boxes:
            raise ValueError("there is nothing to draw a box around")
        return cls(
            min(box.left for box in boxes),
            min(box.top for box in boxes),
            max(box.right for box in boxes),
            max(box.bottom for box in boxes),
        )

    def resized(self, width: float, height: float) -> "Box":
        """A box of that size around the same middle."""
        across, down = (self.left + self.right) / 2, (self.top + self.bottom) / 2
        return Box(across - width / 2, down - height / 2, across + width / 2, down + height / 2)

    def as_view(self) -> str:
        """The value of an SVG viewBox, in whole units."""
        return f"{self.left:.0f} {self.top:.0f} {self.width:.0f} {self.height:.0f}"


@dataclass(frozen=True)
class Shape:
    """How a country is drawn: its land as the data of an SVG path (empty where it is too small to be seen), the box
    around the largest piece of it, and, where the country is small, the point of a dot that stands for it."""

    path: str
    box: Box
    dot: tuple[int, int] | None


@dataclass(frozen=True)
class World:
    view: Box
    shapes: dict[str, Shape]


@cache
def world() -> World:
    """The whole map; its shapes by the ISO 3166-1 alpha-2 codes of the countries."""
    data = json.loads(DATA.read_text(encoding="utf-8"))
    shapes = {
        code: Shape(shape["d"], Box(*shape["box"]), tuple(shape["dot"]) if "dot" in shape else None)
        for code, shape in data["countries"].items()
    }
    return World(Box(*data["view"]), shapes)


def part_with(codes: Iterable[str]) -> Box:
    """The part of the world in which the countries with these codes lie; the whole world where none is drawn."""
    shapes = world().shapes
    boxes = [shapes[code].box for code in codes if code in shapes]
    if not boxes:
        return world().view
    box = Box.around(boxes)
    width = max(box.width * (1 + 2 * MARGIN), LEAST_WIDTH)
    height = max(box.height * (1 + 2 * MARGIN), width / WIDEST)
    return box.resized(max(width, height * NARROWEST), height)


def classes(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """The classes, first and last number, into which these `numbers` (all at least 1) are put: at most four.

    They begin at round numbers (1, 2, 5, 10, 20, 50 …), evenly spaced on that scale, for few countries have many
    engagements and many have few. Up to four, each number is a class of its own.
    """
    most = max(numbers, default=0)
    if most <= MOST_CLASSES:
        return [(number, number) for number in range(1, most + 1)]
    scale = [1]
    while (step := scale[-1] * 5 // 2 if str(scale[-1])[0] == "2" else scale[-1] * 2) <= most:
        scale.append(step)
    count = min(MOST_CLASSES, len(scale))
    starts = [scale[round(index * (len(scale) - 1) / (count - 1))] for index in range(count)]
    ends = [start - 1 for start in starts[1:]] + [most]
    return list(zip(starts, ends, strict=True))


def class_of(number: int, classes: list[tuple[int, int]]) -> int:
    """Which of the `classes` the `number` is in, the first being 1."""
    return sum(start <= number for start, _end in classes)
