"""A backup is whole or it is refused: every bit of it counts, encrypted or not."""

import hashlib
import io
import json
import random
import subprocess
import tarfile
from contextlib import closing
from pathlib import Path

import pytest
from pyrage import x25519

from backup import contents, keys
from backup.archive import SUMS
from backup.archive.encryption import reading, write
from backup.archive.reading import members
from backup.archive.writing import Member, archive
from backup.contents import Closing, Head
from backup.dumping import _packed
from backup.faults import BackupError, DamagedError, KeyFaultError
from backup.files import place_of
from backup.keys import Keys
from backup.tables import Column, Table
from backup.verifying import verify

TABLE = Table("a_table", (Column("id", "integer"), Column("name", "text")), ("id",), "id", 7)
HEAD = Head("2026-01-01T00:00:00+00:00", "1.0", "sqlite", "x", [("a", "0001")], [TABLE])
ROWS = [[1, "One"], [2, None], [3, "“dre\u2028i” 🐝"]]


def piece(rows: list) -> bytes:
    return _packed([json.dumps(row).encode() + b"\n" for row in rows])


def parts(**changed: bytes | None) -> list[Member]:
    """The members of a small backup; those that are `changed` have another content, or with None are left out."""
    by_name = {
        contents.HEAD: HEAD.as_json(),
        "database/a_table/000001.jsonl.gz": piece(ROWS[:2]),
        "database/a_table/000002.jsonl.gz": piece(ROWS[2:]),
        "media/portraits/a.webp": random.Random(1).randbytes(2000),  # noqa: S311
        "private/consent/ü.pdf": b"%PDF",
        contents.CLOSING: Closing({"a_table": 3}, {"media": 1, "private": 1}, {"media": 2000, "private": 4}).as_json(),
    }
    return [Member.of(name, content, 1.0) for name, content in (by_name | changed).items() if content is not None]


def written(path: Path, found: list[Member], encrypted_for: Keys | None = None) -> Path:
    with path.open("wb") as file:
        write(archive(found), file, encrypted_for or Keys([], []))
    return path


@pytest.fixture(scope="module")
def key() -> Keys:
    identity = x25519.Identity.generate()
    return Keys([identity.to_public()], [identity])


@pytest.fixture(params=["plain", "encrypted"])
def whole(request, key, tmp_path) -> Path:
    return written(tmp_path / "backup", parts(), key if request.param == "encrypted" else None)


def test_a_whole_one_is_found_whole(whole, key):
    head, closing = verify(whole, key)
    assert head.as_json() == HEAD.as_json()
    assert closing.rows == {"a_table": 3}


def test_a_bit_that_flips_is_found_wherever_it_is(whole, key, tmp_path):
    content = whole.read_bytes()
    chance = random.Random(7)  # noqa: S311
    # Of the beginning and the end more than of what is between.
    places = {*range(0, 600, 9), *range(len(content) - 70, len(content), 2), *range(0, len(content), 97)}
    broken = tmp_path / "broken"
    for place in sorted(places):
        changed = bytearray(content)
        changed[place] ^= 1 << chance.randrange(8)
        broken.write_bytes(changed)
        with pytest.raises(BackupError):
            verify(broken, key)


def test_one_that_is_cut_off_or_goes_on_is_refused(whole, key, tmp_path):
    content = whole.read_bytes()
    broken = tmp_path / "broken"
    for length in [*range(0, len(content), 173), len(content) - 65, len(content) - 1]:
        broken.write_bytes(content[:length])
        with pytest.raises(BackupError):
            verify(broken, key)
    for more in (b"\0", content):
        broken.write_bytes(content + more)
        with pytest.raises(BackupError):
            verify(broken, key)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({contents.HEAD: b"[]"}, "backup.json"),
        ({contents.HEAD: b'{"format": 1}'}, "backup.json"),
        ({contents.HEAD: HEAD.as_json().replace(b'"text"', b'"words"')}, "kinds of values"),
        ({contents.CLOSING: Closing({"a_table": 2}).as_json()}, "is not what it says"),
        ({contents.CLOSING: None}, "is not what it says"),
        ({"database/a_table/000002.jsonl.gz": None}, "is not what it says"),
        ({"database/a_table/000001.jsonl.gz": None}, "not where it should be"),
        ({"database/a_table/000002.jsonl.gz": piece([["x", "y"]])}, "is no integer"),
        ({"database/a_table/000002.jsonl.gz": piece([[1]])}, "2 columns"),
        ({"database/a_table/000002.jsonl.gz": b"no gzip"}, "cannot be read"),
        ({"database/b_table/000001.jsonl.gz": piece(ROWS)}, "after the end"),
        ({"media/../../etc/passwd": b"x"}, "after the end"),
    ],
)
def test_what_is_signed_but_wrong_is_refused_with_the_reason(changed, said, tmp_path):
    with pytest.raises(DamagedError, match=said):
        verify(written(tmp_path / "backup", parts(**changed)), None)


@pytest.mark.parametrize(
    "name", ["media/../x", "media//x", "/etc/x", "other/x", "media/", "media", "private/a/../../b"]
)
def test_no_file_leaves_its_folder(name):
    with pytest.raises(DamagedError, match="no place"):
        place_of(name)


def test_a_newer_format_says_so(tmp_path):
    newer = HEAD.as_json().replace(b'"format": 1', b'"format": 99')
    with pytest.raises(BackupError, match="newer release"):
        verify(written(tmp_path / "backup", parts(**{contents.HEAD: newer})), None)


def test_what_is_no_backup_says_so(tmp_path):
    for content in (b"", b"hello" * 1000):
        (tmp_path / "other").write_bytes(content)
        with pytest.raises(DamagedError, match="It is no backup"):
            verify(tmp_path / "other", None)
    with tarfile.open(tmp_path / "other", "w") as other:
        other.add(__file__)
    with pytest.raises(DamagedError, match="It is no backup of a portal"):
        verify(tmp_path / "other", None)


def test_another_key_none_and_the_public_half_are_told_apart(tmp_path, key):
    path = written(tmp_path / "backup", parts(), key)
    other = x25519.Identity.generate()
    for wrong, said in (
        (Keys([other.to_public()], [other]), "another key"),
        (None, "--key-file"),
        (Keys(key.recipients, []), "secret one"),
    ):
        with pytest.raises(KeyFaultError, match=said):
            verify(path, wrong)


def test_nothing_readable_is_in_an_encrypted_one(tmp_path, key):
    content = written(tmp_path / "backup", parts(), key).read_bytes()
    assert b"a_table" not in content
    assert b"portraits" not in content


def test_other_programs_read_it(tmp_path):
    path = written(tmp_path / "backup", parts())
    subprocess.run(["tar", "--extract", "--file", path, "--directory", tmp_path], check=True)
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", SUMS], cwd=tmp_path, check=True)
    assert (tmp_path / "private/consent/ü.pdf").read_bytes() == b"%PDF"
    content = path.read_bytes()
    assert hashlib.sha256(content[:-65]).hexdigest().encode() + b"\n" == content[-65:]


def test_names_of_files_need_not_be_utf_8(tmp_path):
    strange = b"media/portraits/caf\xe9.webp".decode(errors="surrogateescape")
    closing = Closing({"a_table": 3}, {"media": 2, "private": 1}, {"media": 2001, "private": 4}).as_json()
    found = parts(**{contents.CLOSING: None})
    found += [Member.of(strange, b"x", 1.0), Member.of(contents.CLOSING, closing, 1.0)]
    verify(written(tmp_path / "backup", found), None)


def test_whoever_stops_reading_an_encrypted_one_stops_the_decryption(tmp_path, key):
    path = written(tmp_path / "backup", [Member.of("big", bytes(5_000_000), 1.0)], key)
    with reading(path, key) as file, closing(members(file)) as found:
        assert next(found).name == "big"
    assert file._thread.is_alive() is False


def test_an_error_of_what_is_written_comes_through_the_encryption(key):
    def broken():
        yield b"x"
        raise ZeroDivisionError("here")

    with pytest.raises(ZeroDivisionError, match="here"):
        write(broken(), io.BytesIO(), key)


@pytest.mark.parametrize("text", ["age1", "AGE-SECRET-KEY-1QQ", "a password", "age1qqqq\n"])
def test_what_is_no_key_is_not_told(text):
    with pytest.raises(KeyFaultError, match=r"Line 2 .* --new-key") as raised:
        keys.read(f"# mine\n{text}")
    assert text.strip() not in str(raised.value).replace("it begins with age1 (public)", "").replace("of age", "")


def test_a_new_key_is_its_owner_s_and_both_halves_are_read(tmp_path, key):
    public = keys.make(tmp_path / "key")
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    found = keys.read_file(tmp_path / "key")
    assert [str(one) for one in found.recipients] == [public]
    assert len(found.identities) == 1
    assert keys.read(public).identities == []
    for path in (tmp_path / "key", tmp_path / "nowhere" / "key"):
        with pytest.raises(KeyFaultError, match="not written"):
            keys.make(path)
    (tmp_path / "empty").write_text("# nothing\n")
    with pytest.raises(KeyFaultError, match="no key in"):
        keys.read_file(tmp_path / "empty")
