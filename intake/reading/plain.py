"""Reads plain text."""

from intake.findings import Article
from intake.reading.characters import clean
from intake.reading.limits import check_text

# Other encodings of the web than Latin-1, in which pages of organisations were written.
_DECLARED = frozenset({"windows-1250", "windows-1251", "iso-8859-2", "iso-8859-5", "iso-8859-15", "macintosh"})


def read_plain(text: str) -> Article:
    """The article in a text without any markup. Raises Unreadable."""
    check_text(text)
    text = clean(text)
    check_text(text)
    return Article(text)


def decoded(data: bytes, declared: str = "") -> str:
    """Bytes as text: UTF-16 where they begin with its mark, else UTF-8, else as `declared`, else Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    # What says it is Latin-1 is Windows-1252 in truth, as the Encoding Standard has it.
    if declared.lower() in _DECLARED:
        return data.decode(declared, errors="replace")
    return data.decode("cp1252", errors="replace")
