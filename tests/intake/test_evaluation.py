"""The intake keeps its promises over the whole set of articles."""

import pytest

from tests.intake.evaluation.__main__ import ARTICLES
from tests.intake.evaluation.judging import Judgement, judge_all, totals
from tests.intake.evaluation.scoring import THRESHOLDS

# Beyond what is promised for any set, on ours.
OWN_THRESHOLDS = {"introduction": 0.95, "captions": 0.95}


@pytest.fixture(scope="module")
def judgements() -> list[Judgement]:
    return judge_all(ARTICLES)


@pytest.mark.parametrize(("field", "threshold"), [*THRESHOLDS.items(), *OWN_THRESHOLDS.items()])
def test_field_is_found_as_often_as_promised(judgements, field, threshold):
    tally = totals(judgements)[field]
    assert tally.f1 >= threshold, "\n".join(
        f"{judgement.article}: {fault}"
        for judgement in judgements
        for fault in judgement.faults()
        if fault.startswith(f"{field}:")
    )
