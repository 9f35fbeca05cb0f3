"""Examples are run as their readers would run them, against a portal that answers: those of the API and the guide."""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from search.indexing import together
from tests.factories import EngagementFactory, EngagementStaffFactory, ProfileFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db(transaction=True)

FOLDER = Path(settings.BASE_DIR) / "api" / "examples"
COMMANDS = {
    "engagements.sh": ["sh"],
    "engagements.py": [sys.executable],
    "engagements.R": ["Rscript", "--vanilla"],
}
PROGRAMS = {"engagements.sh": ["curl", "jq"], "engagements.py": [], "engagements.R": ["Rscript"]}

GUIDE = Path(settings.BASE_DIR) / "docs" / "open-data.md"
BLOCKS = re.findall(r"^```(sh|python|r)\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
# What runs a block, and the programs that it needs.
INTERPRETERS = {
    "sh": (["bash", "-euo", "pipefail", "-c"], ["curl", "jq"]),
    "python": ([sys.executable, "-c"], []),
    "r": (["Rscript", "--vanilla", "-e"], ["Rscript"]),
}

each_example = pytest.mark.parametrize("name", COMMANDS)


def run(name: str, portal: str, *arguments: str) -> subprocess.CompletedProcess:
    need(PROGRAMS[name])
    return completed([*COMMANDS[name], FOLDER / name, *arguments], portal)


def need(programs: list[str]) -> None:
    for program in programs:
        if not shutil.which(program):
            reason = f"needs {program}"
            pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)


def completed(command: list, portal: str, folder: Path | None = None) -> subprocess.CompletedProcess:
    return subprocess.run(
        command,
        cwd=folder,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "COOP_PORTAL": portal},
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.fixture
@together()
def portal(live_server) -> str:
    """The address of a portal with 60 engagements in Peru, more than a page, and one in Bolivia."""
    programme = ProgrammeFactory(name_en="My.Coop «Perú»")
    for number in range(60):
        EngagementFactory(
            country_id="PE",
            title_en=f"Course {number:02}",
            start_date=f"{1960 + number}-05-01",
            end_date=None,
            programme=programme if number % 2 else None,
        )
    last = EngagementFactory(
        country_id="PE", title_en="Año nuevo", start_date="2024-05-01", end_date=None, programme=programme
    )
    for given_name, hidden in (("Inés", False), ("Ana", False), ("Hidden", True)):
        EngagementStaffFactory(
            engagement=last, profile=ProfileFactory(given_name=given_name, family_name="Ruiz", draft=hidden)
        )
    EngagementFactory(country_id="BO", title_en="Elsewhere")
    EngagementFactory(country_id="PE", title_en="Not public", draft=True)
    return live_server.url


def table(output: str) -> list[list[str]]:
    return [line.split("\t") for line in output.splitlines() if "\t" in line]


@each_example
def test_an_example_prints_every_engagement_of_the_country_with_programme_and_staff(portal, name):
    done = run(name, portal, "PE")
    assert (done.returncode, done.stderr) == (0, "")
    rows = table(done.stdout)
    assert len(rows) == 61
    assert {tuple(row[:3]) for row in rows} == {
        (f"{1960 + number}-05-01", f"Course {number:02}", "My.Coop «Perú» (Management)" if number % 2 else "-")
        for number in range(60)
    } | {("2024-05-01", "Año nuevo", "My.Coop «Perú» (Management)")}
    ((_day, _title, _programme, people),) = (row for row in rows if row[1] == "Año nuevo")
    assert sorted(people.split("; ")) == ["Ana Ruiz (Enterprises Specialist)", "Inés Ruiz (Enterprises Specialist)"]
    assert "61 engagements" in done.stdout


@each_example
def test_an_example_works_where_there_is_nothing(live_server, name):
    done = run(name, live_server.url, "IS")
    assert (done.returncode, done.stderr) == (0, "")
    assert table(done.stdout) == []
    assert "0 engagements" in done.stdout


def test_curl_asks_again_only_for_what_has_changed(portal):
    assert run("engagements.sh", portal).stdout.endswith("Asked again: 304\n")


@pytest.mark.parametrize("name", ["engagements.sh", "engagements.py"])
def test_who_has_asked_too_often_waits_as_long_as_the_answer_says(portal, name, monkeypatch):
    asked = []

    def allow_all_but_the_second(throttle, request, view) -> bool:
        asked.append(request.path)
        return len(asked) != 2

    monkeypatch.setattr("api.throttling.ClientThrottle.allow_request", allow_all_but_the_second)
    monkeypatch.setattr("api.throttling.ClientThrottle.wait", lambda throttle: 2)
    begin = time.monotonic()
    done = run(name, portal, "PE")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(table(done.stdout)) == 61
    assert time.monotonic() - begin > 2


@pytest.mark.parametrize("name", ["engagements.sh", "engagements.py"])
def test_what_is_wrong_is_said_in_words(portal, name):
    done = run(name, portal, "ZZ")
    assert done.returncode == 1
    assert "ZZ" in done.stderr
    assert "Traceback" not in done.stderr


def test_r_counts_the_engagements_of_the_file_by_kind_and_year(portal):
    assert "workshop" in run("engagements.R", portal).stdout.lower()


def test_every_example_of_the_guide_runs(portal, tmp_path):
    assert {language for language, _code in BLOCKS} == set(INTERPRETERS)
    said = {}
    for language, code in BLOCKS:
        command, programs = INTERPRETERS[language]
        need(programs)
        said[code] = completed([*command, code], portal, tmp_path)
        assert (said[code].returncode, said[code].stderr) == (0, ""), code
    output = "".join(each.stdout for each in said.values())
    for expected in ("61 engagements, licence CC-BY-4.0", "200\n304\n", "Perú", "contry", "Workshop"):
        assert expected in output
    files = {file.name for file in tmp_path.iterdir() if file.stat().st_size}
    assert {"engagements.csv", "coop.zip", "activities.xml", "planned.ics"} <= files
