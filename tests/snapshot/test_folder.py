"""Files of a snapshot appear whole, are left alone where they are right, and go when their page has gone."""

import os
from hashlib import sha256
from pathlib import Path

import pytest

from snapshot.faults import BusyError, SnapshotError
from snapshot.folder import Folder
from snapshot.manifest import Manifest


def fill(path: Path, files: dict[str, bytes]) -> Folder:
    folder = Folder(path)
    with folder.locked():
        for name, content in files.items():
            assert folder.put(name, [content[:1], content[1:]]) == sha256(content).hexdigest()
        folder.note_down(Manifest("2026-01-01"))
        folder.tidy()
    return folder


def contents(path: Path) -> dict[str, bytes]:
    files = {str(file.relative_to(path)): file.read_bytes() for file in path.rglob("*") if file.is_file()}
    del files["snapshot.json"]
    return files


def test_the_same_again_writes_nothing(tmp_path):
    files = {"en/index.html": b"page", "a.xml": b"map"}
    assert fill(tmp_path, files).written == 2
    before = {name: (tmp_path / name).stat().st_ino for name in files}
    assert fill(tmp_path, files).written == 0
    assert {name: (tmp_path / name).stat().st_ino for name in files} == before


def test_what_is_gone_goes_and_leaves_no_empty_folder(tmp_path):
    fill(tmp_path, {"en/a/b/index.html": b"page", "en/index.html": b"page"})
    (tmp_path / "en" / ".x.snapshot-part").write_bytes(b"of somebody who was killed")
    folder = fill(tmp_path, {"en/index.html": b"other"})
    assert contents(tmp_path) == {"en/index.html": b"other"}
    assert (folder.written, folder.deleted) == (1, 1)
    assert not (tmp_path / "en" / "a").exists()


def test_a_folder_may_take_the_place_of_a_file_and_the_other_way_round(tmp_path):
    fill(tmp_path, {"a": b"file", "b/c": b"file"})
    fill(tmp_path, {"a/c": b"file", "b": b"file"})
    assert contents(tmp_path) == {"a/c": b"file", "b": b"file"}


def test_files_of_others_are_linked_and_never_written_into(tmp_path):
    source, path = tmp_path / "source", tmp_path / "copy"
    source.write_bytes(b"picture")
    for _time in range(2):
        folder = Folder(path)
        with folder.locked():
            assert folder.put_file("media/a.webp", source) == sha256(b"picture").hexdigest()
            folder.note_down(Manifest("2026-01-01"))
            folder.tidy()
    assert folder.written == 0
    assert (path / "media" / "a.webp").samefile(source)
    fill(path, {"media/a.webp": b"another"})
    assert source.read_bytes() == b"picture"


def test_where_links_cannot_be_it_is_a_copy(tmp_path, monkeypatch):
    def refuse(*args):
        raise OSError

    monkeypatch.setattr(os, "link", refuse)
    (tmp_path / "source").write_bytes(b"picture")
    folder = Folder(tmp_path / "copy")
    with folder.locked():
        folder.put_file("a.webp", tmp_path / "source")
    assert (tmp_path / "copy" / "a.webp").read_bytes() == b"picture"
    assert not (tmp_path / "copy" / "a.webp").samefile(tmp_path / "source")


def test_proxies_may_read_what_is_written_whatever_the_portals_files_may(tmp_path):
    mask = os.umask(0o077)
    try:
        fill(tmp_path / "copy", {"en/index.html": b"page"})
        assert os.umask(0o077) == 0o077
    finally:
        os.umask(mask)
    assert (tmp_path / "copy" / "en" / "index.html").stat().st_mode & 0o777 == 0o644
    assert (tmp_path / "copy" / "en").stat().st_mode & 0o777 == 0o755


def test_a_folder_with_something_else_is_refused(tmp_path):
    (tmp_path / "letter.txt").write_text("do not delete me")
    with pytest.raises(SnapshotError, match="something else"):
        fill(tmp_path, {"index.html": b"page"})
    assert os.listdir(tmp_path) == ["letter.txt"]


def test_two_at_once(tmp_path):
    with Folder(tmp_path).locked(), pytest.raises(BusyError):
        fill(tmp_path, {"index.html": b"page"})
    fill(tmp_path, {"index.html": b"page"})


def test_a_manifest_that_nobody_understands_is_none(tmp_path):
    for text in ("", "[]", "{}", '{"format": "coop-portal-snapshot-1", "origin": {}}', '{"format": "other"}'):
        (tmp_path / "snapshot.json").write_text(text)
        assert Manifest.read(tmp_path) is None
