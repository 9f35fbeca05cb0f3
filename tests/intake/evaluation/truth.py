"""The truth about an article, as a person wrote it down.

`NAME.json` says what `NAME.txt` holds; places are character offsets, the first included and the last not. Its keys:

- `language`, `series`, `person` (`full_name`, `honorific`, `more`: other people presented), `post_title`, `office`,
  `unit`, `duty_station`, `title_line`
- `publication_date`, and `date_line`, the line that prints it; null where the text has none
- `qa`: `question` with its number or label, `start` and `end` of it, `answer_paragraphs`, `captions_inside`
- `body_without_question`: the paragraphs of a narrative; `captions`; `blocks`, of which `standfirst` is the
  introduction and `subhead` a heading inside an answer
- `countries` with `role`: `ilo-engagement`, `worked-there`, `study` or `mention`
- `programmes`, and `proposed_engagements` with `iso2`, `programme` (several with a stroke between), `year_from`
  and `year_to`: equal for work within one year, the second null for work that goes on
"""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from django.utils.text import slugify

from intake.findings import Role
from tests.intake.evaluation.comparing import folded
from tests.intake.evaluation.facts import Engagement, Exchange, Facts

ROLES = {
    "ilo-engagement": Role.ENGAGEMENT,
    "worked-there": Role.WORKED,
    "study": Role.STUDIED,
    "mention": Role.MENTIONED,
}

# The slugs that the intake's gazetteer knows a name by; none if it does not know it.
Gazetteer = Callable[[str], Iterable[str]]


@dataclass(frozen=True)
class Case:
    """An article with its truth."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.stem

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def truth(self) -> dict:
        return json.loads(self.path.with_suffix(".json").read_text(encoding="utf-8"))

    def words(self, place: list[int]) -> str:
        return self.text[place[0] : place[1]]

    def blocks(self, kind: str) -> list[str]:
        return [self.text[block["start"] : block["end"]] for block in self.truth["blocks"] if block["kind"] == kind]

    def facts(self, gazetteer: Gazetteer) -> Facts:
        truth = self.truth
        return Facts(
            series=truth["series"],
            name=truth["person"]["full_name"],
            post=truth["post_title"],
            office=truth["office"],
            published_on=self._published_on(),
            introduction=self._introduction(),
            exchanges=tuple(
                Exchange(self.words([each["start"], each["end"]]), tuple(map(self.words, each["answer_paragraphs"])))
                for each in truth["qa"]
            ),
            narrative=tuple(map(self.words, truth["body_without_question"])),
            captions=tuple(dict.fromkeys(truth["captions"])),
            countries=frozenset((country["iso2"], ROLES[country["role"]].value) for country in truth["countries"]),
            programmes=frozenset(slug for name in truth["programmes"] for slug in slugs(name, gazetteer)),
            engagements=tuple(self._engagements(gazetteer)),
        )

    def _introduction(self) -> str:
        """What stands before the interview, but for a line that is nothing but the person's post."""
        post = folded(self.truth["post_title"])
        return " ".join(text for text in self.blocks("standfirst") if not post or not folded(text).startswith(post))

    @property
    def place(self) -> str:
        """The words for where the person works."""
        station = self.truth["duty_station"]
        countries = [each["as_written"] for each in self.truth["countries"] if each["iso2"] == station["iso2"]]
        return " ".join([self.truth["office"], self.truth["unit"], station["city"], station["note"], *countries])

    def _published_on(self) -> date | None:
        """The date, where the text prints it: some truths have it from the address of the page."""
        printed = self.truth["publication_date"] and self.truth["date_line"]
        return date.fromisoformat(self.truth["publication_date"]) if printed else None

    def _engagements(self, gazetteer: Gazetteer) -> Iterable[Engagement]:
        for each in self.truth["proposed_engagements"]:
            for slug in slugs(each["programme"], gazetteer) or [""]:
                yield Engagement(each["iso2"], slug, each["year_from"], each["year_to"])


def cases(folder: Path) -> list[Case]:
    return [Case(path) for path in sorted(folder.glob("*.txt")) if path.with_suffix(".json").exists()]


def slugs(name: str, gazetteer: Gazetteer) -> list[str]:
    """The programmes that a name of the truth stands for.

    “Start.Coop/Think.Coop pilot” stands for two. One that the gazetteer does not know goes by its name without the
    acronym in brackets.
    """
    if not name:
        return []
    return sorted(set(gazetteer(name))) or [slugify(re.sub(r"\([^)]*\)", "", name))]
