"""Reads an article out of a file or a pasted text, whatever wrote it: the first step of the intake."""

from intake.findings import Article
from intake.reading.errors import Unreadable
from intake.reading.limits import check_file
from intake.reading.plain import decoded, read_text

__all__ = ["Unreadable", "read", "read_text"]


def read(data: bytes, file_name: str = "") -> Article:
    """The article in a file. What kind it is follows from its content. Raises Unreadable."""
    check_file(data)
    return read_text(decoded(data))
