"""Every text of the interface exists in Spanish and French, and the compiled files are those of the sources."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ["es", "fr"]
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd]|\{[a-z_]+\}")


def catalogue(language: str):
    with (ROOT / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


def texts(of) -> list[str]:
    return list(of) if isinstance(of, tuple | list) else [of]


def by_text(messages) -> dict:
    """The translations by context (which `read_mo` leaves as bytes) and text."""
    found = {}
    for message in messages:
        context = message.context.decode() if isinstance(message.context, bytes) else message.context
        if message.id:
            found[context, *texts(message.id)] = texts(message.string)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language):
    for message in catalogue(language):
        if message.id:
            assert all(texts(message.string)), message.id
            assert not message.fuzzy, message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_same_blanks_to_fill_in(language):
    for message in catalogue(language):
        expected = {blank for text in texts(message.id) for blank in PLACEHOLDER.findall(text)}
        for text in texts(message.string):
            if message.id:
                assert set(PLACEHOLDER.findall(text)) <= expected, message.id
        found = {blank for text in texts(message.string) for blank in PLACEHOLDER.findall(text)}
        if message.id:
            assert found == expected, message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_file_is_up_to_date(language):
    with (ROOT / "locale" / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        compiled = by_text(read_mo(file))
    source = by_text(catalogue(language))
    assert compiled == source


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_the_code_is_missing_from_the_catalogue(language, tmp_path):
    if not shutil.which("xgettext"):
        reason = "needs xgettext: install Debian's package gettext"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    copy = tmp_path / "portal"
    ignored = shutil.ignore_patterns(".*", "__pycache__", "node_modules", "media", "staticfiles", "tests", "*.sqlite3*")
    shutil.copytree(ROOT, copy, ignore=ignored)
    command = [sys.executable, "manage.py", "makemessages", "--locale", language, "--no-location", "--no-wrap"]
    subprocess.run(
        command,
        cwd=copy,
        env=os.environ | {"DEBUG": "1", "DJANGO_SETTINGS_MODULE": "coopportal.settings"},
        check=True,
        capture_output=True,
    )
    with (copy / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        collected = by_text(read_po(file))
    assert collected.keys() - by_text(catalogue(language)).keys() == set()
