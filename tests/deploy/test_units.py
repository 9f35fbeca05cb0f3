"""The units of systemd: systemd itself reads them, they give little away, and they do what the handbook's timers do."""

import os
import re
import shlex
import shutil
import subprocess

import pytest
from django.core.management import get_commands

from tests.deploy.machine import FOLDER, UNITS, Unit
from tests.scaling.processes import ROOT

SERVICES = sorted(file.name for file in UNITS.glob("*.service"))
MOST_EXPOSED = 20  # tenths, of systemd's own measure: 2.0 is “OK”, 9.6 a service without any of it


@pytest.fixture
def installed(tmp_path):
    """The units as on a server, with the portal's folder where this one is; the arguments before systemd-analyze's."""
    if not shutil.which("systemd-analyze"):
        reason = "needs Debian's package systemd"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    for file in UNITS.glob("portal*"):
        (tmp_path / file.name).write_text(file.read_text().replace(FOLDER, str(ROOT)))
    for folder in ("portal.service.d", "portal-.service.d"):
        (tmp_path / folder).mkdir()
        shutil.copy(UNITS / "hardening.conf", tmp_path / folder)
    return tmp_path


def analyze(folder, *arguments) -> subprocess.CompletedProcess:
    environment = {"SYSTEMD_UNIT_PATH": f"{folder}:", "PATH": os.environ["PATH"]}
    return subprocess.run(["systemd-analyze", *arguments], env=environment, capture_output=True, text=True)


def test_systemd_finds_nothing_wrong(installed):
    units = [installed / file.name for file in UNITS.glob("portal*")]
    done = analyze(installed, "verify", "--man=no", "--recursive-errors=no", *units)
    ours = [line for line in done.stderr.splitlines() if "portal" in line or "hardening" in line]
    assert (done.returncode, ours) == (0, [])


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_exposed_to_little(installed, service):
    done = analyze(installed, "security", "--offline=true", f"--threshold={MOST_EXPOSED}", "--no-pager", service)
    assert done.returncode == 0, done.stdout[-600:]


def test_nothing_runs_as_root():
    assert Unit("hardening.conf")["Service"]["User"] == "portal"


def test_the_timers_do_what_is_listed_for_machines_without_systemd():
    cron = re.search(r"## Timers.*?```\n(.*?)```", (ROOT / "docs" / "operators.md").read_text(), re.S)[1]
    listed = re.findall(r"manage\.py (.+)", cron)
    done = [line.partition("manage.py ")[2] for name in SERVICES for line in Unit(name).all("ExecStart")]
    assert sorted(filter(None, done)) == sorted(listed)
    looped = re.findall(r"manage\.py (.+)", (ROOT / "deploy" / "container" / "timers.sh").read_text())
    in_folders = {'"$BACKUP_DIR"': "backups", '"$SNAPSHOT_DIR" &': "site-copy"}
    for place, folder in in_folders.items():
        looped = [command.replace(place, folder) for command in looped]
    assert sorted(looped) == sorted(listed)


@pytest.mark.parametrize("name", [name for name in SERVICES if name != "portal.service"])
def test_each_command_is_there_and_its_unit_has_a_timer(name):
    for line in Unit(name).all("ExecStart"):
        assert shlex.split(line)[2] in get_commands()
    assert (UNITS / name.replace(".service", ".timer")).is_file()
