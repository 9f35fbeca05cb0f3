"""Reads plain text."""

from intake.findings import Article
from intake.reading.characters import clean
from intake.reading.limits import check_text


def read_text(text: str) -> Article:
    """The article in a text that somebody pasted. Raises Unreadable."""
    check_text(text)
    text = clean(text)
    check_text(text)
    return Article(text)


def decoded(data: bytes) -> str:
    """Bytes as text: UTF-16 where they begin with its mark, else UTF-8, else Windows-1252, which takes any."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Five bytes mean nothing in Windows-1252; as Latin-1 they are control characters, which are left out later.
        return data.decode("cp1252", errors="replace")
