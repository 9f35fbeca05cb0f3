"""ZIP files that are written while they are sent."""

import tracemalloc
from io import BytesIO
from zipfile import ZipFile

from opendata.zipping import zipped


def test_members_come_out_as_they_went_in():
    members = [("a.csv", [b"one,", b"two\n"]), ("empty.txt", []), ("deep/ñ.bin", [bytes(range(256))] * 100)]
    with ZipFile(BytesIO(b"".join(zipped(members)))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["a.csv", "empty.txt", "deep/ñ.bin"]
        assert archive.read("a.csv") == b"one,two\n"
        assert archive.read("empty.txt") == b""
        assert archive.read("deep/ñ.bin") == bytes(range(256)) * 100


def test_the_same_members_give_the_same_bytes():
    members = [("a.csv", [b"one,two\n"]), ("b.csv", [b"3"])]
    assert b"".join(zipped(members)) == b"".join(zipped(members))


def test_a_member_is_made_only_when_those_before_it_are_written():
    seen = []

    def first():
        yield b"1"
        seen.append("first is written")

    def members():
        yield "first", first()
        yield "second", [",".join(seen).encode()]

    with ZipFile(BytesIO(b"".join(zipped(members())))) as archive:
        assert archive.read("second") == b"first is written"


def test_no_memory_is_taken_by_what_is_long():
    def peak(pieces: int) -> int:
        tracemalloc.start()
        for _piece in zipped([("long", (b"0123456789" * 1000 for _number in range(pieces)))]):
            pass
        taken = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return taken

    assert peak(2000) < peak(20) + 200_000  # bytes; the long one has 20 MB
