"""What a page weighs on a slow line, compressed as the portal sends it; pictures are counted by themselves.

The same is measured in a browser, from the outside, in `tests/e2e/test_every_page.py`.
"""

import gzip
from functools import cache
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_every_database]

KB = 1000
WHOLE, STYLES_AND_SCRIPTS, MAP = 100 * KB, 30 * KB, 60 * KB


@cache
def sent(address: str) -> int:
    """The bytes of a static file as whitenoise sends it: by Brotli, which every current browser takes."""
    file = finders.find(address.removeprefix(settings.STATIC_URL))
    assert file, f"no file for {address}"
    return len(brotli.compress(Path(file).read_bytes()))


def figures(answer) -> dict[str, int]:
    """The bytes of each part of the first view: the page, its styles and its scripts."""
    soup = answer.soup
    files = [link["href"] for link in soup.select("link[rel=stylesheet]")]
    files += [script["src"] for script in soup.select("script[src]")]
    # As django.middleware.gzip, which may add up to 100 bytes against BREACH.
    return {answer.address: len(gzip.compress(answer.body, 6)) + 100} | {file: sent(file) for file in files}


def test_the_first_view_of_every_page_keeps_its_budget(page_answers):
    for answer in page_answers:
        parts = figures(answer)
        page, *files = parts.values()
        assert sum(files) < STYLES_AND_SCRIPTS, f"{sum(files)} bytes of styles and scripts: {parts}"
        assert page + sum(files) < WHOLE, f"{page + sum(files)} bytes: {parts}"


def test_the_map_keeps_its_budget(page_answers):
    maps = [(answer, drawing) for answer in page_answers for drawing in answer.soup.select("svg.map")]
    assert {"home", "engagements", "programme", "region"} <= {answer.name for answer, _drawing in maps}
    for answer, drawing in maps:
        places, land = len(gzip.compress(str(drawing).encode(), 6)), sent(drawing.image["href"])
        assert places + land < MAP, f"{answer}: {places} bytes of countries and {land} of land"


def test_pictures_say_their_size_and_what_they_show(page_answers):
    pictures = [(answer, picture) for answer in page_answers for picture in answer.soup.select("img")]
    assert pictures
    for answer, picture in pictures:
        assert picture.get("width", "").isdigit(), f"{answer}: {picture}"
        assert picture.get("height", "").isdigit(), f"{answer}: {picture}"
        assert picture.get("alt") is not None, f"{answer}: {picture}"


def test_uploaded_pictures_come_in_the_size_and_format_that_fits(page_answers):
    uploaded = [
        (answer, picture)
        for answer in page_answers
        for picture in answer.soup.select("img")
        if picture["src"].startswith(settings.MEDIA_URL)
    ]
    assert {"home", "people", "invented person"} <= {answer.name for answer, _picture in uploaded}
    for answer, picture in uploaded:
        assert picture.parent.name == "picture", f"{answer}: {picture}"
        sources = picture.parent.select("source")
        assert {source["type"] for source in sources} == {"image/avif", "image/webp"}, f"{answer}: {picture.parent}"
        for source in sources:
            assert " " in source["srcset"], f"{answer}: {source}"
            assert source["sizes"], f"{answer}: {source}"
