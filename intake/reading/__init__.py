"""Reads an article out of a file or a pasted text, whatever wrote it: the first step of the intake."""

import re

from intake.findings import Article
from intake.reading.errors import Unreadable
from intake.reading.kinds import FileKind, is_page, kind_of
from intake.reading.limits import check_file
from intake.reading.pages import read_page
from intake.reading.plain import decoded, read_plain
from intake.reading.word import read_word

__all__ = ["Unreadable", "read", "read_text"]

_CHARSET = re.compile(rb"<meta[^<>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)


def read(data: bytes, file_name: str = "") -> Article:
    """The article in a file. Its content decides what kind it is; `file_name` helps where that leaves a doubt.

    Raises Unreadable.
    """
    check_file(data)
    match kind_of(data, file_name):
        case FileKind.WORD:
            return read_word(data)
        case FileKind.PAGE:
            charset = _CHARSET.search(data[:4096])
            return read_page(decoded(data, charset[1].decode("ascii") if charset else ""))
    return read_plain(decoded(data))


def read_text(text: str) -> Article:
    """The article in a text that somebody pasted, be it the source of a web page. Raises Unreadable."""
    return read_page(text) if is_page(text) else read_plain(text)
