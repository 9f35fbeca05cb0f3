"""The intake runs on every article of a folder, with no database, and is judged."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from intake.findings import Block, BlockKind, Interview, Known, MentionKind, Span
from intake.mentions import find_mentions
from intake.pipeline import propose_from
from intake.reading import read, read_text
from tests.intake.evaluation.facts import proposed
from tests.intake.evaluation.scoring import Tally, score
from tests.intake.evaluation.truth import Case, cases


@dataclass(frozen=True, slots=True)
class Judgement:
    article: str
    tallies: dict[str, Tally]

    def faults(self) -> list[str]:
        """What was made up and what was overlooked, a line each."""
        return [
            f"{field}: {sign} {fact}"
            for field, tally in self.tallies.items()
            for sign, facts in (("+", tally.made_up), ("-", tally.overlooked))
            for fact in facts
        ]


def gazetteer(name: str) -> Iterable[str]:
    """The slugs of the programmes that the intake finds in a text that is nothing but a name."""
    article = read_text(name)
    whole = Span(0, len(article.text))
    interview = Interview("en", (Block(BlockKind.ANSWER, whole),), narrative=(whole,))
    found = find_mentions(article, interview, Known())
    return [mention.key for mention in found if mention.kind is MentionKind.PROGRAMME]


def judge(case: Case) -> Judgement:
    found = proposed(propose_from(read(case.path.read_bytes(), case.path.name)))
    return Judgement(case.name, score(case.facts(gazetteer), found, case.place, case.blocks("subhead")))


def judge_all(folder: Path) -> list[Judgement]:
    return [judge(case) for case in cases(folder)]


def totals(judgements: Iterable[Judgement]) -> dict[str, Tally]:
    sums: dict[str, Tally] = {}
    for judgement in judgements:
        for field, tally in judgement.tallies.items():
            sums[field] = sums.get(field, Tally()) + tally
    return sums
