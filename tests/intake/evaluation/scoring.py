"""How many of the facts of an article the intake finds, field by field.

The rules:

- `name`: equal but for accents, case and honorifics. `post`: see `comparing.same_post`. `date`: the same day. An
  article is one fact in each; nothing found where nothing is to be found is right.
- `exchanges`: one is found where its question is equal but for its number or label and for blanks, and all of its
  answer is, however it is divided into paragraphs and lists are marked. A caption left in an answer makes it wrong.
  Headings inside an answer may be left out or kept. `questions` and `answer paragraphs`, those of all answers
  together, say how near the others came.
- `countries`: pairs of country and role. `programmes`: slugs. `engagements`: pairs of country and programme whose years
  agree where both have one; a pair that is there several times counts as often.
- `introduction` is one fact; `captions` and the paragraphs of a `narrative` are a fact each.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tests.intake.evaluation import comparing
from tests.intake.evaluation.facts import Facts

# What is promised for any set.
THRESHOLDS = {
    "name": 0.98,
    "post": 0.98,
    "date": 0.98,
    "exchanges": 0.98,
    "countries": 0.90,
    "programmes": 0.97,
    "engagements": 0.85,
}


@dataclass
class Tally:
    """Facts found, facts made up, facts overlooked."""

    found: int = 0
    made_up: list[str] = field(default_factory=list)
    overlooked: list[str] = field(default_factory=list)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.found + other.found, [*self.made_up, *other.made_up], [*self.overlooked, *other.overlooked])

    @property
    def precision(self) -> float:
        return self._share(len(self.made_up))

    @property
    def recall(self) -> float:
        return self._share(len(self.overlooked))

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        wrong = len(self.made_up) + len(self.overlooked)
        return 2 * self.found / (2 * self.found + wrong) if self.found or wrong else 1.0

    def _share(self, wrong: int) -> float:
        return self.found / (self.found + wrong) if self.found or wrong else 1.0


def score(truth: Facts, found: Facts, place: str = "", headings: Iterable[str] = ()) -> dict[str, Tally]:
    """`place` is where the person works, in the words of `Case.place`; `headings` are those inside answers."""
    headings = comparing.bare_paragraphs(headings)

    def paragraphs(facts: Facts) -> list[str]:
        return [
            paragraph
            for exchange in facts.exchanges
            for paragraph in comparing.bare_paragraphs(exchange.answer, truth.name, headings)
        ]

    def questions(facts: Facts) -> list[str]:
        return [comparing.bare_question(exchange.question) for exchange in facts.exchanges]

    def exchanges(facts: Facts) -> list[tuple[str, str]]:
        return [
            (comparing.bare_question(each.question), comparing.bare_answer(each, truth.name, headings))
            for each in facts.exchanges
        ]

    def captions(facts: Facts) -> list[str]:
        return [caption for caption in comparing.bare_paragraphs(facts.captions) if caption not in headings]

    return {
        "name": _one(truth.name, found.name, comparing.same_name),
        "post": _one(truth.post, found.post, lambda a, b: comparing.same_post(a, b, place)),
        "date": _one(truth.published_on, found.published_on),
        "exchanges": _many(exchanges(truth), exchanges(found)),
        "countries": _many(sorted(truth.countries), sorted(found.countries)),
        "programmes": _many(sorted(truth.programmes), sorted(found.programmes)),
        "engagements": _many(list(truth.engagements), list(found.engagements), comparing.same_engagement),
        "questions": _many(questions(truth), questions(found)),
        "answer paragraphs": _many(paragraphs(truth), paragraphs(found)),
        "captions": _many(captions(truth), captions(found)),
        "introduction": _one(comparing.unspaced(truth.introduction), comparing.unspaced(found.introduction)),
        "narrative": _many(comparing.bare_paragraphs(truth.narrative), comparing.bare_paragraphs(found.narrative)),
    }


def _equal(one: object, other: object) -> bool:
    return one == other


def _one(truth: object, found: object, same: Callable[[object, object], bool] = _equal) -> Tally:
    if (not truth and not found) or (truth and found and same(truth, found)):
        return Tally(found=1)
    return Tally(made_up=[_shown(found)] if found else [], overlooked=[_shown(truth)] if truth else [])


def _many(truth: list, found: list, same: Callable[[object, object], bool] = _equal) -> Tally:
    """Each fact of the truth is found once."""
    left = list(found)
    overlooked = []
    for fact in truth:
        match = next((each for each in left if same(fact, each)), None)
        if match is None:
            overlooked.append(fact)
        else:
            left.remove(match)
    return Tally(len(truth) - len(overlooked), [_shown(each) for each in left], [_shown(each) for each in overlooked])


def _shown(fact: object) -> str:
    return fact if isinstance(fact, str) else str(fact)
