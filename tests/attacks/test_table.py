"""docs/security.md: every row says what, how, and which test would fail; and there is such a test."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
HEAD, LINE = "| point | how it is met | test |", "|---|---|---|"
ROWS = [line for line in PAGE.splitlines() if line.startswith("|") and line not in (HEAD, LINE)]
POINT = re.compile(r"(\d+\.\d+\.\d+)((, | to )\d+\.\d+\.\d+)* \S.*")
TEST = re.compile(r"`((?:\w+/)*test_\w+\.py)::(test_\w+)`")
CHAPTER = re.compile(r"## V(\d+) .+")


@cache
def functions_of(path: Path) -> set[str]:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, functions)}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[2:40])
def test_each_row_says_what_how_and_by_which_test(row):
    point, how, tests = (cell.strip() for cell in row.strip("|").split("|"))
    assert POINT.fullmatch(point)
    assert how
    named = TEST.findall(tests)
    assert ", ".join(f"`{file}::{test}`" for file, test in named) == tests
    for file, test in named:
        path = ROOT / "tests" / file
        assert path.is_file(), file
        assert test in functions_of(path), f"{file}::{test}"


def test_rows_stand_in_the_chapter_of_their_number():
    chapter, seen = None, {}
    for line in PAGE.splitlines():
        if line.startswith("## "):
            found = CHAPTER.fullmatch(line)
            chapter = found[1] if found else None
        elif line in ROWS:
            assert line.startswith(f"| {chapter}."), line
            seen[chapter] = seen.get(chapter, 0) + 1
    assert len(seen) > 10
    assert PAGE.count(HEAD) == PAGE.count(LINE) == len(seen)


def test_what_is_not_met_is_not_said_to_be_met():
    """6.2.5 is, but for one rule."""
    met = {number for row in ROWS for number in re.findall(r"\d+\.\d+\.\d+", row.split("|")[1])}
    missed = re.findall(r"^- \*\*((?:\d+\.\d+\.\d+(?:, )?)+)", PAGE.partition("## Not met")[2], re.MULTILINE)
    assert len(missed) > 5
    assert met & {number for numbers in missed for number in numbers.split(", ")} <= {"6.2.5"}
