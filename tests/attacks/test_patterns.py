"""No pattern of the portal takes long for a text that was made for it (ReDoS).

Found are those that modules and their classes hold, those that are written where they are used, and those of addresses.
The time is compared with that of reading the same text once, measured in the same run.
"""

import ast
import importlib
import pkgutil
import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from django.urls import URLResolver, get_resolver

from tests.attacks.pumping import LENGTH, texts_for
from tests.timing import shortest

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = sorted(file.parent.name for file in ROOT.glob("*/apps.py"))
USES = {"compile", "match", "search", "fullmatch", "sub", "subn", "findall", "finditer", "split"}
# How many times as long as reading the text once. A pattern that takes the square of the length is below; one that
# takes its third power, or doubles with each character, is far above.
LIMIT = 1_000
ENDLESS = 1  # second of the processor, after which nobody waits any longer


class TakesTooLongError(Exception):
    pass


@contextmanager
def given_up_after(seconds: float) -> Iterator[None]:
    """A pattern asks for signals while it searches, and so can be stopped."""

    def stop(*_signal):
        raise TakesTooLongError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def modules() -> Iterator[object]:
    for app in APPS:
        package = importlib.import_module(app)
        yield package
        for found in pkgutil.walk_packages(package.__path__, f"{app}."):
            if ".migrations" not in found.name:
                yield importlib.import_module(found.name)


def held(thing: object, depth: int = 3) -> Iterator[re.Pattern]:
    """The patterns in a value: itself, or in its parts."""
    if isinstance(thing, re.Pattern):
        yield thing
    elif depth and isinstance(thing, dict):
        for part in thing.values():
            yield from held(part, depth - 1)
    elif depth and isinstance(thing, tuple | list | set | frozenset):
        for part in thing:
            yield from held(part, depth - 1)


def in_modules() -> Iterator[tuple[str, re.Pattern]]:
    for module in modules():
        for name, value in vars(module).items():
            is_own_class = isinstance(value, type) and value.__module__ == module.__name__
            for part in vars(value).values() if is_own_class else [value]:
                yield from ((f"{module.__name__}.{name}", pattern) for pattern in held(part))


def written() -> Iterator[tuple[str, re.Pattern]]:
    """Those that are literals in a call of `re`."""
    for file in sorted(file for app in APPS for file in (ROOT / app).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in USES):
                continue
            is_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
            if is_re and node.args and isinstance(node.args[0], ast.Constant):
                yield f"{file.relative_to(ROOT)}:{node.lineno}", re.compile(node.args[0].value)


def of_addresses(patterns: list) -> Iterator[tuple[str, re.Pattern]]:
    for pattern in patterns:
        yield str(pattern.pattern), pattern.pattern.regex
        if isinstance(pattern, URLResolver):
            yield from of_addresses(pattern.url_patterns)


@cache
def every() -> dict[re.Pattern, str]:
    """All patterns, and where each was found first."""
    found = {}
    for where, pattern in [*in_modules(), *written(), *of_addresses(get_resolver().url_patterns)]:
        found.setdefault(pattern, where)
    return found


ONCE = re.compile(r"(?s:.)")


def read_once(text: str) -> None:
    for _character in ONCE.finditer(text):
        pass


def asked(pattern: re.Pattern, text: str) -> None:
    with given_up_after(ENDLESS):
        pattern.search(text if isinstance(pattern.pattern, str) else text.encode("latin-1", "replace"))


def seconds(work, *arguments) -> float:
    began = time.process_time()
    work(*arguments)
    return time.process_time() - began


def too_long(patterns: dict[re.Pattern, str]) -> dict[str, str]:
    """The patterns that take too long for a text, with its beginning."""
    usual = min(seconds(read_once, "a" * LENGTH) for _turn in range(20))
    found = {}
    for pattern, where in patterns.items():
        for text in texts_for(pattern):
            try:
                # What looks slow may have met a slow moment of the machine.
                if seconds(asked, pattern, text) < usual * LIMIT / 2:
                    continue
                if shortest(asked, pattern, text) < shortest(read_once, text) * LIMIT:
                    continue
            except TakesTooLongError:
                pass
            found[where] = f"{pattern.pattern!r:.200} for {text[:40]!r}…{text[-3:]!r}"
            break
    return found


def test_no_pattern_takes_long():
    patterns = every()
    assert len(patterns) > 300
    assert too_long(patterns) == {}


@pytest.mark.parametrize(
    "pattern",
    [r"(a+)+$", r"x(?:\w\w?|\d)*-", r"\s*\s*\s*\s*;", r"(?:[^\W_]+-?)+\.", r'"(?:[^"]|\\.)*";', rb"(?:\d+ ?)*x"],
)
def test_one_that_does_would_be_seen(pattern):
    assert too_long({re.compile(pattern): "here"})
