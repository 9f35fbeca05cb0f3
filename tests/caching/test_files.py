"""The shared store in files: one of many adds, old files go, broken ones are nothing."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from caching.backends import files
from caching.backends.files import FOLDERS, PageFiles


@pytest.fixture
def store(tmp_path):
    return PageFiles(str(tmp_path / "pages"), {"TIMEOUT": 60})


def found(store) -> list[Path]:
    return [path for path in Path(store._dir).rglob("*") if path.is_file()]


def test_what_is_set_is_there_until_its_time_is_up(store):
    store.set("a", b"page", timeout=60)
    store.set("b", b"page", timeout=-1)
    assert store.get("a") == b"page"
    assert store.get("b") is None
    store.delete("a")
    assert store.get("a") is None
    assert found(store) == []


def test_of_many_that_add_at_once_one_does(store):
    for number in range(20):
        with ThreadPoolExecutor(16) as pool:
            added = list(pool.map(lambda _one, key=f"turn-{number}": store.add(key, True, timeout=60), range(16)))
        assert sum(added) == 1
    assert len(found(store)) == 20  # nothing else is left behind


def test_what_is_expired_can_be_added_again(store):
    assert store.add("turn", True, timeout=-1)
    assert store.add("turn", True, timeout=60)
    assert not store.add("turn", True, timeout=60)
    store.delete("turn")
    assert store.add("turn", True, timeout=60)


def test_the_oldest_files_go_before_the_directory_grows_too_large(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "SETS_BETWEEN_CULLS", 1)
    most = 64 * FOLDERS * 1024
    store = PageFiles(str(tmp_path), {"OPTIONS": {"MOST_BYTES": most}})
    for number in range(6 * FOLDERS * 16):
        store.set(f"page-{number}", os.urandom(4096))
        if number == 0:
            os.utime(store._key_to_file("page-0"), (0, 0))
    assert most / 2 < sum(path.stat().st_size for path in found(store)) <= most
    assert store.get("page-0") is None
    assert store.get(f"page-{number}")


def test_a_set_looks_through_one_folder_at_most(store, monkeypatch):
    monkeypatch.setattr(files, "SETS_BETWEEN_CULLS", 1)
    for number in range(50):
        store.set(f"page-{number}", b"x")
    looked_at = []
    scan = os.scandir
    monkeypatch.setattr(files.os, "scandir", lambda path: looked_at.append(path) or scan(path))
    store.set("page", b"x")
    assert looked_at == [Path(store._key_to_file("page")).parent]


def test_clearing_leaves_nothing(store):
    for number in range(50):
        store.set(f"page-{number}", b"x")
    store.clear()
    assert found(store) == []
