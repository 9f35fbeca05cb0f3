"""What the documentation names is there: pictures, links, commands, settings."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.core.management import get_commands

from scripts.take_screenshots import FOLDER, LARGEST, PICTURES

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
CODE = re.compile(r"^( *)```.*?^\1```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
COMMAND = re.compile(r"manage\.py ([a-z_]+)")
MAKE = re.compile(r"(?:^|`)make ([a-z-]+)", re.MULTILINE)
SCRIPT = re.compile(r"python (scripts/\w+\.py)")
SETTING = re.compile(r"""env\.\w+\(\s*"([A-Z_]+)\"""")

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


@cache
def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def prose_of(page: Path) -> str:
    """The page without its blocks of code, in which `#` begins a comment."""
    return CODE.sub("", text_of(page))


def anchors(page: Path) -> set[str]:
    """Where links can lead on the page, as GitHub and others make them of headings."""
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in HEADING.findall(prose_of(page))}


@each_page
def test_links_within_the_documentation_lead_somewhere(page):
    for address in LINK.findall(prose_of(page)):
        if address.startswith(("https://", "http://", "mailto:")):
            continue
        path, _, anchor = address.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), address
        assert not anchor or anchor in anchors(target), address


@each_page
def test_pictures_are_there_and_said_in_words(page):
    for words, address in PICTURE.findall(prose_of(page)):
        assert (page.parent / address).is_file(), address
        assert len(words) > 10, address


def test_the_pictures_are_those_that_the_script_takes():
    shown = {(page.parent / address).resolve() for page in PAGES for _, address in PICTURE.findall(prose_of(page))}
    assert shown == {FOLDER / f"{name}.png" for name in PICTURES}
    assert shown == set(FOLDER.iterdir())


def test_no_picture_is_large():
    assert [picture.name for picture in FOLDER.iterdir() if picture.stat().st_size > LARGEST] == []


@each_page
def test_commands_are_there(page):
    text = text_of(page)
    makefile = text_of(ROOT / "Makefile")
    assert set(COMMAND.findall(text)) <= set(get_commands())
    assert [name for name in MAKE.findall(text) if not re.search(rf"^\.?{name}:", makefile, re.MULTILINE)] == []
    assert [script for script in SCRIPT.findall(text) if not (ROOT / script).is_file()] == []


def test_commands_of_the_portal_are_documented():
    documented = set(COMMAND.findall(text_of(ROOT / "docs" / "operators.md")))
    ours = {path.stem for path in ROOT.glob("*/management/commands/*.py") if path.stem != "__init__"}
    ours = {name for name in ours if not name.startswith("bench_")}  # of `make bench`, not of the portal
    assert ours <= documented


def test_settings_of_the_environment_are_documented():
    read = set(SETTING.findall(text_of(ROOT / "coopportal" / "settings.py")))
    described = set(re.findall(r"^\| `([A-Z_]+)` \|", text_of(ROOT / "docs" / "operators.md"), re.MULTILINE))
    assert "DATABASE_URL" in read
    assert "MEDIA_ROOT" in read
    assert read == described
