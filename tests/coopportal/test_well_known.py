"""Icons, the web manifest, and the script that draws them."""

import re
import runpy
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from PIL import Image, ImageChops

from tests.pages import addresses

ICONS = Path(settings.BASE_DIR) / "static" / "icons"


def stored(address: str) -> Path:
    return Path(finders.find(address.removeprefix("/static/")))


def test_the_icon_is_found_where_browsers_look_for_it(client):
    response = client.get("/favicon.ico")
    assert response.status_code == 302
    with Image.open(stored(response["Location"])) as icon:
        assert icon.format == "ICO"
        assert (32, 32) in icon.info["sizes"]


def test_the_manifest_says_how_the_portal_looks_among_applications(client):
    response = client.get("/site.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    manifest = response.json()
    assert manifest["name"] == "COOP Portal"
    assert client.get(manifest["start_url"]).status_code == 302
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        with Image.open(stored(icon["src"])) as picture:
            assert f"{picture.width}x{picture.height}" == icon["sizes"]
            assert Image.MIME[picture.format] == icon["type"]
    tokens = (Path(settings.BASE_DIR) / "static/css/base.css").read_text()
    assert f"--deep-blue: {manifest['theme_color']}" in tokens


@pytest.mark.django_db
def test_pages_lead_to_icons_and_manifest(client):
    found = addresses(client.get("/en/"))
    for name in ("/site.webmanifest", "/static/icons/apple-touch-icon.png", "/static/icons/favicon.ico"):
        assert name in found


def test_the_card_is_as_large_and_as_light_as_messengers_like_it():
    card = ICONS / "card.png"
    assert card.stat().st_size < 60_000
    with Image.open(card) as picture:
        assert picture.size == (1200, 630)


def test_the_pictures_are_those_that_the_script_draws():
    drawn = runpy.run_path(str(Path(settings.BASE_DIR) / "scripts" / "draw_icons.py"))["pictures"]()
    for name, picture in drawn.items():
        with Image.open(ICONS / name) as kept:
            difference = ImageChops.difference(picture.convert("RGBA"), kept.convert("RGBA"))
        assert difference.getbbox(alpha_only=False) is None, name
    assert len(drawn) == 6


def test_the_script_draws_in_the_colours_of_the_pages():
    script = (Path(settings.BASE_DIR) / "scripts" / "draw_icons.py").read_text()
    tokens = (Path(settings.BASE_DIR) / "static/css/base.css").read_text()
    used = set(re.findall("#[0-9a-f]{6}", script)) - {"#ffffff"}
    assert used
    assert all(f": {colour};" in tokens for colour in used)
