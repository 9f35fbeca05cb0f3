"""Draw the portal's icons and its card for links in messages: python scripts/draw_icons.py [folder]

From the same shapes and colours as static/icons/portal.svg; the text of the card in Pillow's own font. The same every
time with the pinned Pillow.
"""

import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FOLDER = Path(__file__).resolve().parent.parent / "static" / "icons"
# The colours of static/css/base.css.
DEEP_BLUE, CORAL, YELLOW, SKY, WHITE = "#230050", "#fa3c4b", "#ffcd2d", "#ebf5fd", "#ffffff"
# Circles of portal.svg, whose side is 32: centre, radius, colour, opacity.
CIRCLES = [((12, 13), 5, YELLOW, 1), ((21, 13), 5, CORAL, 0.85), ((16.5, 20.5), 5, SKY, 0.9)]
SMOOTHING = 4  # drawn so many times larger and brought down


def emblem(size: int, *, corner: float = 7, scale: float = 1) -> Image.Image:
    """The portal's sign, `size` pixels a side. `corner` is its corners' radius, `scale` the circles' size."""
    side = size * SMOOTHING
    unit = side / 32
    image = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    ImageDraw.Draw(image).rounded_rectangle((0, 0, side - 1, side - 1), radius=corner * unit, fill=DEEP_BLUE)
    for (x, y), radius, colour, opacity in CIRCLES:
        layer = Image.new("RGBA", (side, side), (0, 0, 0, 0))
        centre = [side / 2 + (number - 16) * unit * scale for number in (x, y)]
        reach = radius * unit * scale
        box = (centre[0] - reach, centre[1] - reach, centre[0] + reach, centre[1] + reach)
        red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
        ImageDraw.Draw(layer).ellipse(box, fill=(red, green, blue, round(255 * opacity)))
        image = Image.alpha_composite(image, layer)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def card() -> Image.Image:
    """1200 × 630 pixels, as Open Graph readers expect: the sign, the name and what the portal is for."""
    image = Image.new("RGB", (1200, 630), DEEP_BLUE)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 606, 1200, 630), fill=CORAL)
    sign = emblem(360, scale=1.5, corner=0)
    image.paste(sign, (70, 120), sign)
    draw.text((460, 190), "COOP Portal", font=ImageFont.load_default(104), fill=WHITE)
    draw.text((464, 335), "Who does what for cooperatives,", font=ImageFont.load_default(44), fill=SKY)
    draw.text((464, 395), "and where", font=ImageFont.load_default(44), fill=SKY)
    return image


def pictures() -> dict[str, Image.Image]:
    """Every picture by its file name."""
    return {
        "favicon.ico": emblem(32),
        "apple-touch-icon.png": emblem(180, corner=0).convert("RGB"),  # the system rounds the corners
        "icon-192.png": emblem(192),
        "icon-512.png": emblem(512),
        # Systems cut shapes out of it: what matters keeps within 40 % of the side from the middle.
        "icon-maskable-512.png": emblem(512, corner=0, scale=0.9).convert("RGB"),
        "card.png": card(),
    }


def main(folder: Path) -> None:
    for name, picture in pictures().items():
        picture.save(folder / name, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
