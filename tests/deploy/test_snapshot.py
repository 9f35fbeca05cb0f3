"""The command as a timer runs it: killed in the middle it leaves nothing half, and the next run completes."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from snapshot.folder import Folder
from tests.scaling.processes import ROOT


@pytest.fixture
def snapshot(environment, tmp_path):
    """Starts the command for the folder `copy`."""

    def start(*arguments: str) -> subprocess.Popen:
        command = [sys.executable, "manage.py", "snapshot", tmp_path / "copy", "--languages", "en", *arguments]
        told = environment | {"SITE_URL": "https://portal.example.org"}
        return subprocess.Popen(command, cwd=ROOT, env=told, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    return start


def files(folder: Path) -> dict[str, bytes]:
    found = {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    del found["snapshot.json"]  # says when
    return {name: content for name, content in found.items() if "about-this-copy" not in name and name != "SHA256SUMS"}


def test_killed_in_the_middle_and_run_again(snapshot, tmp_path):
    process, page = snapshot(), tmp_path / "copy" / "en" / "engagements" / "index.html"
    while not page.exists():
        assert process.poll() is None, process.communicate()
        time.sleep(0.005)
    process.kill()
    process.communicate()
    left = files(tmp_path / "copy")
    assert '"origin": null' in (tmp_path / "copy" / "snapshot.json").read_text()

    with Folder(tmp_path / "copy").locked():
        second = snapshot()
        assert "Another process" in second.communicate()[1]
        assert second.returncode == 0
    assert files(tmp_path / "copy") == left

    process = snapshot()
    said, complaints = process.communicate()
    assert process.returncode == 0, complaints
    whole = files(tmp_path / "copy")
    assert "deleted" in said
    assert left.keys() <= whole.keys()
    assert not [name for name in whole if name.endswith("snapshot-part")]
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=tmp_path / "copy", check=True)

    checking = snapshot("--check")
    assert "every link leads to a file" in checking.communicate()[0]
    again = snapshot()
    assert "nothing has changed" in again.communicate()[0]
    assert files(tmp_path / "copy") == whole
