"""`make upgrade`: a portal that is asked all the while becomes a newer one, and no request fails."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.deploy.machine import answer_of, asking_all_the_while, portal, socket_of_systemd, status_of, wait_for_more
from tests.scaling.processes import ROOT

PAGE = "/en/accessibility/"
MIGRATION = """
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("opendata", "{last}")]
    operations = [migrations.RunSQL("CREATE TABLE of_the_newer_program (x integer)")]
"""
# Says where it was asked to write, and what the database was like.
BACKUP = """
import json
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import connection


class Command(BaseCommand):
    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *args, file, **options):
        tables = connection.introspection.table_names()
        (file / "told.json").write_text(json.dumps("of_the_newer_program" in tables))
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory) -> Path:
    """A copy of the program that can be changed. It has a command `backup` of its own, whatever the portal's does."""
    folder = tmp_path_factory.mktemp("program")
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True)
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    (folder / ".venv").symlink_to((ROOT / ".venv").resolve())
    commands = folder / "coopportal" / "management" / "commands"
    commands.mkdir(parents=True, exist_ok=True)
    for package in (commands.parent, commands):
        (package / "__init__.py").touch()
    (commands / "backup.py").write_text(BACKUP)
    return folder


def make_upgrade(program: Path, environment: dict, **more: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [program / ".venv" / "bin" / "python", "deploy/upgrade.py"],
        cwd=program,
        env=environment | more,
        capture_output=True,
        text=True,
    )


def body_of(port: int) -> str:
    status, body = answer_of(port, PAGE)
    assert status == 200
    return body.decode()


def test_no_request_fails_while_the_program_is_upgraded(program, environment, tmp_path):
    with socket_of_systemd() as listening:
        port = listening.getsockname()[1]
        here = {"GUNICORN_BIND": f"127.0.0.1:{port}", "BACKUP_DIR": str(tmp_path / "backups")}
        process = portal(listening, program, tmp_path / "portal.log", **environment)
        with process.started(lambda: status_of(port, "/readyz") == 200):
            assert "of the newer program" not in body_of(port)
            with asking_all_the_while(lambda: status_of(port, PAGE)) as outcomes:
                wait_for_more(outcomes)
                last = max((ROOT / "opendata" / "migrations").glob("0*.py")).stem
                (program / "opendata" / "migrations" / "9999_newer.py").write_text(MIGRATION.format(last=last))
                template = program / "templates" / "pages" / "accessibility.html"
                template.write_text(template.read_text().replace("</h1>", " of the newer program</h1>", 1))
                done = make_upgrade(program, environment, **here)
                assert done.returncode == 0, done.stdout + done.stderr
                wait_for_more(outcomes)
            assert set(outcomes) == {200}
            assert "of the newer program" in body_of(port)
            assert process.running.poll() is None
    assert json.loads((tmp_path / "backups" / "told.json").read_text()) is False, "it is made before the migrations"
    steps = re.findall(r"^== (?:manage\.py )?(\w+)", done.stdout, re.M)
    before, after = ["check", "backup", "collectstatic", "migrate"], ["the", "rebuild_tallies", "make_renditions"]
    assert steps == [*before, "restart", *after, "upgraded"]


def test_without_a_running_portal_nothing_is_done(program, environment, tmp_path):
    done = make_upgrade(
        program, environment, GUNICORN_PIDFILE=str(tmp_path / "none"), BACKUP_DIR=str(tmp_path / "backups")
    )
    assert done.returncode == 1
    assert "No portal runs" in done.stderr
    assert "systemctl start portal" in done.stderr
    assert not (tmp_path / "backups").exists()


def test_a_backup_that_fails_ends_the_upgrade_before_anything_is_changed(program, environment, tmp_path):
    sleeping = subprocess.Popen(["sleep", "600"])
    try:
        (tmp_path / "pid").write_text(str(sleeping.pid))
        (tmp_path / "backups").mkdir()
        (tmp_path / "backups" / "told.json").mkdir()  # cannot be written over
        here = {"GUNICORN_PIDFILE": str(tmp_path / "pid"), "BACKUP_DIR": str(tmp_path / "backups")}
        done = make_upgrade(program, environment, **here)
        assert done.returncode == 1
        assert "“manage.py backup” failed" in done.stderr
        assert "manage.py migrate" not in done.stdout
        assert sleeping.poll() is None
    finally:
        sleeping.kill()
        sleeping.wait()
