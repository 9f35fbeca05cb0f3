"""What PostgreSQL knows of words and SQLite has to be taught: sorting them, and capitals beyond A to Z."""

import re
from functools import lru_cache

from multilingual.text import COLLATION, sort_key


def teach(connection, **kwargs) -> None:
    """Add the functions to a new `connection`, if it is one to SQLite: receiver of Django's `connection_created`."""
    if connection.vendor == "sqlite":
        connection.connection.create_collation(COLLATION, compare)
        connection.connection.create_function("like", 3, like, deterministic=True)


def compare(one: str, other: str) -> int:
    """Less than, equal to or greater than 0 as `one` sorts before, with or after `other`."""
    one_key, other_key = (sort_key(one), one), (sort_key(other), other)
    return (one_key > other_key) - (one_key < other_key)


def like(pattern: str | None, text, escape: str) -> bool | None:
    """``text LIKE pattern ESCAPE escape``, which SQLite asks without regard to case, but for A to Z alone."""
    if pattern is None or text is None:
        return None
    return bool(_matcher(str(pattern), escape)(str(text).casefold()))


@lru_cache(maxsize=500)
def _matcher(pattern: str, escape: str):
    parts = re.findall(f"{re.escape(escape)}.|.", pattern.casefold(), re.DOTALL)
    within = parts[1:-1]
    if len(parts) > 1 and parts[0] == parts[-1] == "%" and not {"%", "_"} & set(within):
        wanted = "".join(part[-1] for part in within)  # “contains”, by far the most frequent question
        return lambda text: wanted in text
    wildcards = {"%": ".*", "_": "."}
    expression = "".join(wildcards.get(part) or re.escape(part[-1]) for part in parts)
    return re.compile(expression, re.DOTALL).fullmatch
