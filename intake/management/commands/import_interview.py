"""Reads published interviews and makes drafts of them."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction
from django.urls import reverse

from intake.as_json import as_json
from intake.as_text import as_text, table
from intake.checking import problems, without_incomplete
from intake.drafting import create_drafts
from intake.findings import Known, Proposals
from intake.matching import known_from_database
from intake.models import Intake
from intake.pipeline import propose_from
from intake.reading import Unreadable, read
from intake.reading.limits import MOST_BYTES
from intake.review import Review, items
from intake.taking_in import take_in


@dataclass
class Outcome:
    """What came of a file: what was read, the result in words or a `problem`, and what was left out of the drafts."""

    file: str
    read: dict[str, Any] = field(default_factory=dict)
    result: str = ""
    problem: str = ""
    left_out: list[str] = field(default_factory=list)

    @property
    def row(self) -> list[Any]:
        numbers = [len(self.read.get(key, ())) for key in ("exchanges", "countries", "programmes", "engagements")]
        name, published_on = self.read.get("name") or "–", self.read.get("published_on") or "–"
        return [Path(self.file).name, name, published_on, *numbers, self.problem or self.result]


class Command(BaseCommand):
    help = (
        "Reads published interviews (.txt, .html, .docx), says what is in them, and creates drafts: profile, "
        "interview, organisations, programmes, engagements. What is in the portal already gets what it lacks. What "
        "lacks something that the article does not say, as an engagement its year, is left out and named. The article "
        "is kept under “Articles taken in” in the admin, from where all drafts can be taken back; it is not taken in "
        "twice. Of several files a table is printed, or a JSON object whose keys are the files. The exit code is 1 if "
        "a file could not be read or drafted; the others are done."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument(
            "--language",
            default="",
            choices=[code for code, _name in settings.CONTENT_LANGUAGES],
            help="The language of the articles, if it is not to be found out.",
        )
        parser.add_argument("--dry-run", action="store_true", help="Only say what is found; write nothing.")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="How it is said.")

    def handle(self, *, files: list[str], language: str, dry_run: bool, format: str, **options):
        known = self._known(dry_run)
        outcomes = [self._outcome(file, language, known, dry_run) for file in dict.fromkeys(files)]
        self._print(outcomes, format)
        if said := [f"{outcome.file}: {outcome.problem}" for outcome in outcomes if outcome.problem]:
            raise CommandError("\n".join(said))

    def _known(self, dry_run: bool) -> Known:
        try:
            return known_from_database()
        except DatabaseError as error:
            if not dry_run:
                raise CommandError(f"The database cannot be read: {error}") from error
            self.stderr.write("The database cannot be read; names of its records are not known.")
            return Known()

    def _outcome(self, file: str, language: str, known: Known, dry_run: bool) -> Outcome:
        outcome = Outcome(_printable(file))
        try:
            with Path(file).open("rb") as opened:
                article = read(opened.read(MOST_BYTES + 1), Path(file).name)
        except OSError as error:
            outcome.problem = error.strerror or str(error)
        except Unreadable as error:
            outcome.problem = str(error)
        else:
            proposals = propose_from(article, language, known)
            outcome.read = as_json(proposals)
            if dry_run:
                outcome.result = "read; nothing written"
            else:
                self._draft(outcome, proposals)
        return outcome

    @transaction.atomic
    def _draft(self, outcome: Outcome, proposals: Proposals) -> None:
        """Keep the article together with the drafts: who is killed between them would find it “taken in before”."""
        before = Intake.objects.of_text(proposals.article.text).first()
        if before is not None:
            outcome.result = f"taken in before, nothing written: {_address(before)}"
            return
        intake = take_in(proposals, None, file_name=Path(outcome.file).name)
        lacking = _lacking(intake.review)
        left_out = without_incomplete(intake.review)
        intake.keep_review(intake.review, None)
        try:
            changes = create_drafts(intake, None)
        except ValidationError as error:
            said = " ".join(error.messages)
            outcome.problem = f"No drafts were created. {said} Go on with the review: {_address(intake)}"
            return
        intake.refresh_from_db()
        outcome.result = f"{len(changes)} records written as drafts"
        if left_out:
            outcome.result += f", {len(left_out)} proposals left out as incomplete"
        outcome.result += f": {_address(intake)}"
        outcome.left_out = lacking

    def _print(self, outcomes: list[Outcome], format: str) -> None:
        single = outcomes[0] if len(outcomes) == 1 else None
        if format == "json":
            read = {outcome.file: outcome.read or {"error": outcome.problem} for outcome in outcomes}
            if single is None or single.read:
                self._print_json(single.read if single else read)
            for outcome in outcomes:
                if outcome.result:
                    self.stderr.write(f"{outcome.file}: {outcome.result}", style_func=str)
        elif single is None:
            head = ["File", "Name", "Date", "Questions", "Countries", "Programmes", "Engagements", "Result"]
            self.stdout.write(table(head, [outcome.row for outcome in outcomes]))
        elif single.read:
            self.stdout.write(as_text(single.read))
            if single.result:
                self.stdout.write("\n".join(["", f"Result: {single.result}", *single.left_out]))

    def _print_json(self, data: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))


def _printable(name: str) -> str:
    """The name of a file without what is no text: old archives have names in other encodings."""
    return name.encode(errors="replace").decode()


def _address(intake: Intake) -> str:
    return reverse(f"admin:intake_intake_{'change' if intake.is_open else 'done'}", args=[intake.pk])


def _lacking(review: Review) -> list[str]:
    """What is incomplete, by its name, and what it lacks."""
    by_id = {item["id"]: item for item in items(review)}
    lines = []
    for key, texts in problems(review).items():
        item = by_id[key.partition(".")[0]]
        name = item.get("name") or item.get("title") or item["id"]
        lines += [f"- {name}: {text}" for text in texts]
    return lines
