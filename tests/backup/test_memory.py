"""The memory that a backup and its check need does not grow with what is in them."""

import tracemalloc
from collections.abc import Callable

import pytest
from pyrage import x25519

from backup.keys import Keys
from backup.making import make
from backup.restoring import restore
from backup.verifying import verify
from desk.models import CheckedLink

pytestmark = pytest.mark.django_db
MUCH = 12 * 1024**2  # bytes


def peak(work: Callable[[], object]) -> int:
    """The bytes that Python had at most while it worked."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_stays_while_rows_and_files_grow(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "large.pdf").write_bytes(bytes(3 * MUCH))
    address = "https://example.org/" + "x" * 900
    CheckedLink.objects.bulk_create(CheckedLink(url=f"{address}/{number}") for number in range(5_000))
    identity = x25519.Identity.generate()
    keys = Keys([identity.to_public()], [identity])
    backup = tmp_path / "backup"
    assert peak(lambda: make(backup, keys)) < MUCH
    assert peak(lambda: verify(backup, keys)) < MUCH
    assert peak(lambda: restore(backup, keys, str, replace=True)) < MUCH
    assert CheckedLink.objects.count() == 5_000
