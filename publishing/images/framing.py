"""Framing: which part of a picture is shown, and which point of it must stay in view."""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Self

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LEAST_SIDE = 5  # percent
DECIMALS = 2
# A square without a point to keep in view is cut a little above the middle of a tall portrait: there the face is.
CENTRE_OF_SQUARE = (0.5, 0.4)

Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Framing:
    """The crop of a picture and its focal point, in percent of the whole picture from its left and top.

    The focal point matters where the crop is cut square: the square lies around it, as far as the crop allows. Without
    one, it is cut from the middle, of a tall picture from a little above.

    Raises ValidationError when the crop does not lie in the picture, is too small, or the point is not in the crop.
    """

    left: float = 0
    top: float = 0
    width: float = 100
    height: float = 100
    focus_x: float | None = None
    focus_y: float | None = None

    def __post_init__(self):
        for name, value in asdict(self).items():
            if value is None and name.startswith("focus"):
                continue
            if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
                raise ValidationError(_("A framing is made of numbers from 0 to 100: percent of the picture."))
            object.__setattr__(self, name, round(float(value), DECIMALS))
        # Both rounded up, they could reach out of the picture by a hair.
        for start, side in (("left", "width"), ("top", "height")):
            spare = round(100 - getattr(self, start), DECIMALS)
            if 0 < getattr(self, side) - spare < 2 * 10**-DECIMALS:
                object.__setattr__(self, side, spare)
        if self.width < LEAST_SIDE or self.height < LEAST_SIDE:
            raise ValidationError(
                _("The crop is too small. Make it at least %(percent)d percent of the picture wide and high."),
                params={"percent": LEAST_SIDE},
            )
        if min(self.left, self.top) < 0 or max(self.right, self.bottom) > 100:
            raise ValidationError(
                _(
                    "The crop reaches out of the picture. Left and width must not be more than 100 percent together, "
                    "nor top and height."
                )
            )
        if (self.focus_x is None) != (self.focus_y is None):
            raise ValidationError(_("Give the focal point both from the left and from the top, or leave both empty."))
        if self.focus_x is not None and not (
            self.left <= self.focus_x <= self.right and self.top <= self.focus_y <= self.bottom
        ):
            raise ValidationError(_("The focal point lies outside the crop. Move it into the part that is shown."))

    @classmethod
    def of(cls, value) -> Self:
        """The framing that a `FramingField` holds as `value`. Raises ValidationError when it holds anything else."""
        names = cls.__dataclass_fields__.keys()
        if not isinstance(value, Mapping) or value.keys() - names - {"of"}:
            raise ValidationError(_("A framing is made of numbers from 0 to 100: percent of the picture."))
        return cls(**{name: value[name] for name in names if name in value})

    @property
    def right(self) -> float:
        return round(self.left + self.width, DECIMALS)

    @property
    def bottom(self) -> float:
        return round(self.top + self.height, DECIMALS)

    @property
    def digest(self) -> str:
        """Eight characters that differ where the framing differs."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:8]

    def box(self, size: tuple[int, int], *, square: bool) -> Box:
        """Left, top, right and bottom, in pixels, of what is shown of a picture of this size."""
        width, height = size
        left, right = _side(self.left, self.right, width)
        top, bottom = _side(self.top, self.bottom, height)
        if not square:
            return left, top, right, bottom
        side = min(right - left, bottom - top)
        spare_x, spare_y = right - left - side, bottom - top - side
        if self.focus_x is None:
            x, y = (round(spare * part) for spare, part in zip((spare_x, spare_y), CENTRE_OF_SQUARE, strict=True))
        else:
            x = min(max(round(self.focus_x / 100 * width - side / 2) - left, 0), spare_x)
            y = min(max(round(self.focus_y / 100 * height - side / 2) - top, 0), spare_y)
        return left + x, top + y, left + x + side, top + y + side


WHOLE = Framing()


def _side(start: float, end: float, length: int) -> tuple[int, int]:
    """From where to where in pixels; at least one."""
    first = min(round(start / 100 * length), length - 1)
    return first, max(round(end / 100 * length), first + 1)
