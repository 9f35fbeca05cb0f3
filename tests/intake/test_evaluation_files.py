"""An article says the same, whatever file it comes in: a saved page with all that stands around it, or a document."""

from pathlib import Path

import pytest

from intake.pipeline import propose_from
from intake.reading import read
from tests.intake.evaluation.__main__ import ARTICLES
from tests.intake.evaluation.comparing import folded
from tests.intake.evaluation.facts import Facts, proposed
from tests.intake.evaluation.truth import Case

FILES = sorted((Path(__file__).parent / "files").glob("*-*-20*.*"))


def words(facts: Facts) -> list[tuple[str, str]]:
    """Questions and answers without the marks of lists, which each kind of file has its own of."""
    return [(folded(each.question), folded(" ".join(each.answer))) for each in facts.exchanges]


def without_labels(exchanges: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(question.removeprefix("p "), answer.removeprefix("r ")) for question, answer in exchanges]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_file_says_what_its_article_says(path):
    truth = Case(ARTICLES / f"{path.stem}.txt").facts(lambda name: [])
    found = proposed(propose_from(read(path.read_bytes(), path.name)))
    assert without_labels(words(found)) == without_labels(words(truth))
    assert found.name == truth.name
    assert found.published_on == truth.published_on
    assert found.captions == truth.captions


def test_there_are_pages_and_a_document():
    assert sorted(path.suffix for path in FILES) == [".docx", ".html", ".html"]
