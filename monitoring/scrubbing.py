"""What must not leave in logs and reports: query strings, which hold preview links and what people search for."""

import re
from typing import Any

_QUERY = re.compile(r"\?[^\s\"'<>]*=[^\s\"'<>]*")


def without_queries(text: str) -> str:
    """The text in which nothing is left of addresses' query strings but their question marks."""
    return _QUERY.sub("?…", text)


def all_without_queries(value: Any) -> Any:
    """The same for every text in nested lists and dictionaries; everything else as it is."""
    if isinstance(value, str):
        return without_queries(value)
    if isinstance(value, dict):
        return {key: all_without_queries(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [all_without_queries(each) for each in value]
    return value
