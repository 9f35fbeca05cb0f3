"""JSON (RFC 8259): what the file says about itself, the records, and in the end their number.

A file without its end is no JSON: what broke off on the way does not look whole.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model

from downloads.about import About


def pieces(chunks: Iterable[list[Model]], about: About) -> Iterator[bytes]:
    return written({}, "records", chunks, about.table.as_dict, about)


def written(
    opening: dict, name: str, chunks: Iterable[list[Model]], of: Callable[[Model], Any], about: About
) -> Iterator[bytes]:
    """An object with the members `opening`, about, `name` (what `of` makes of each record) and count, in pieces."""
    head = dumps({**opening, "about": about.as_dict()}).removesuffix("}")
    yield f'{head},\n"{name}": ['.encode()
    count = 0
    for chunk in chunks:
        comma = ",\n" if count else "\n"
        count += len(chunk)
        yield (comma + ",\n".join(dumps(of(record)) for record in chunk)).encode()
    yield f'\n],\n"count": {count}}}\n'.encode()


def dumps(value) -> str:
    # Half of a pair of surrogates is no character: no UTF-8 can hold it.
    return json.dumps(value, ensure_ascii=False, default=_plain).encode(errors="replace").decode()


def _plain(value):
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
