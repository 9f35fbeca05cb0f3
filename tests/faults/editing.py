"""What staff do while the plug is pulled, and what must be there afterwards.

Run as `python -m tests.faults.editing FILE` at a portal: writes into the file what came of each of `ACTIONS`, as JSON.
"""

import io
import json
import sys
from itertools import count
from pathlib import Path

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402 - Django has to be set up first
from django.core.files.storage import default_storage  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from engagements.models import Engagement  # noqa: E402
from intake.models import Intake  # noqa: E402
from organisations.models import Organisation  # noqa: E402
from privacy.unused import unused_files  # noqa: E402
from profiles.models import Profile  # noqa: E402
from publishing.models import Status, Transition, Version  # noqa: E402
from publishing.passing_files import FOLDER  # noqa: E402
from publishing.private_files import private_storage  # noqa: E402
from search.models import Entry  # noqa: E402
from tests.backup.looking import files, rows  # noqa: E402
from tests.factories import EngagementFactory, ProfileFactory  # noqa: E402
from tests.faults.plug import kill, steps_of  # noqa: E402
from tests.pictures import picture  # noqa: E402
from tests.publishing.admin_forms import filled_in  # noqa: E402
from tests.sheets.files import Importer, as_csv, content_of  # noqa: E402
from tests.sheets.files import address as address_of_sheet  # noqa: E402

ARTICLES = Path(__file__).resolve().parents[1] / "intake" / "articles"
ROWS = 30
POINTS = 4  # of an action, beside those at commits and files
KINDS = {"before a commit": 3, "after a commit": 3, "open": 3}  # how many of them, about


class Action:
    """Something that somebody of the staff does; `number` tells one time from another."""

    def __init__(self, client: Client, number: int):
        self.client, self.number = client, number
        self.prepare()

    def prepare(self) -> None:
        """What is there before."""

    def act(self) -> None:
        raise NotImplementedError

    def is_done(self) -> bool:
        raise NotImplementedError


class OfRecord(Action):
    """A form of the admin that is sent."""

    typed: dict = {}

    def prepare(self):
        self.record = self.factory(draft=True)
        self.address = reverse(f"admin:{self.record._meta.label_lower.replace('.', '_')}_change", args=[self.record.pk])
        self.form = filled_in(self.client.get(self.address), **self.typed)

    def act(self):
        self.client.post(self.address, self.form | self.uploads())

    def uploads(self) -> dict:
        return {}


class Save(OfRecord):
    """A draft is saved with a new portrait, of which smaller ones are made."""

    factory, typed = ProfileFactory, {"post_title_en": "Typed", "portrait_alt_en": "Ana at her desk"}

    def uploads(self):
        return {"portrait": SimpleUploadedFile("ana.webp", picture(200, 200), "image/webp")}

    def is_done(self):
        profile = Profile.objects.get(pk=self.record.pk)
        names = [profile.portrait.name, *(name for name in files_of(profile.portrait.name))]
        return (
            profile.post_title_en == "Typed"
            and len(names) > 2
            and all(default_storage.size(name) for name in names)
            and Version.objects.of(profile).exists()
        )


class Publish(OfRecord):
    factory, typed = EngagementFactory, {"_step": "publish"}

    def is_done(self):
        engagement = Engagement.objects.get(pk=self.record.pk)
        return (
            engagement.status == Status.PUBLISHED
            and Transition.objects.of(engagement).count() == 1
            and Entry.objects.filter(kind="engagement", object_id=engagement.pk).exists()
        )


class Sheet(Action):
    """A sheet is imported."""

    @property
    def slugs(self):
        return [f"union-{self.number}-{row}" for row in range(ROWS)]

    def prepare(self):
        sheet = as_csv([{"slug": slug, "name_en": slug.title(), "kind": "federation"} for slug in self.slugs])
        self.form = Importer(self.client).preview(Organisation, sheet).form

    def act(self):
        content_of(self.client.post(address_of_sheet("confirm", Organisation), self.form))

    def is_done(self):
        made = Organisation.objects.filter(slug__in=self.slugs)
        kept = Version.objects.filter(content_type__model="organisation", object_id__in=made.values("pk"))
        return made.count() == kept.count() == ROWS


class TakeIn(Action):
    """An article is taken in from the command line."""

    def prepare(self):
        self.article = sorted(ARTICLES.glob("en-*.txt"))[self.number]
        # What it reads once is then known to the processes that are to be killed.
        call_command("import_interview", str(self.article), "--dry-run", stdout=io.StringIO())

    def act(self):
        call_command("import_interview", str(self.article), stdout=io.StringIO())

    def is_done(self):
        taken = Intake.objects.filter(file_name=self.article.name)
        return len(taken) == 1 and taken[0].sources.exists() and taken[0].interview.exchanges.exists()


def files_of(name: str) -> list[str]:
    """The smaller ones of a picture."""
    folder, _, stem = name.rpartition("/")
    return [f"{folder}/{each}" for each in default_storage.listdir(folder)[1] if each.startswith(f"{stem}.")]


def check() -> None:
    """Exits where the search or the numbers say something else than the records."""
    for command in ("rebuild_search", "rebuild_tallies"):
        call_command(command, "--check", stdout=io.StringIO())


def report(kind: type[Action], client: Client) -> dict:
    """Where the action was killed, what was torn by that, and whether it was done in the end."""
    times = count()
    steps = steps_of(kind(client, next(times)).act)
    points = [(round(len(steps) * (point + 0.5) / POINTS) or 1, "") for point in range(POINTS)]
    for each, most in KINDS.items():
        times_of = sum(step.startswith(each) for step in steps)
        points += [(number, each) for number in range(1, times_of + 1, max(1, times_of // most))]

    action, before = kind(client, next(times)), (rows(), files())
    found = {"steps": len(steps), "killed": [], "done when killed": 0, "torn": None}
    for point in points:
        if kill(action.act, *point):
            found["killed"].append(point)
        now, files_now = rows(), files()
        changed = [label for label in now if now[label] != before[0][label]]
        if changed and action.is_done():
            action.act()
            found["done when killed"] += action.is_done()
            action, before = kind(client, next(times)), (rows(), files())
        elif changed or not before[1].items() <= files_now.items():
            return found | {"torn": [point, changed]}
    action.act()
    check()
    return found | {"done again": action.is_done()}


def leave_nothing_behind() -> dict:
    """What is there after the nightly cleaning that nobody needs, or that is half written."""
    call_command("forget_old", unused_files=0, imports=0, stdout=io.StringIO())
    stored = [path for folder in (default_storage, private_storage()) for path in Path(folder.location).rglob("*.*")]
    return {
        "unused": [name for _storage, name in unused_files(timezone.now())],
        "empty": [str(path) for path in stored if path.is_file() and not path.stat().st_size],
        "left": list(default_storage.listdir(FOLDER)[1]),
    }


ACTIONS = {"save": Save, "publish": Publish, "sheet": Sheet, "intake": TakeIn}

if __name__ == "__main__":
    setup_test_environment()
    browser = Client()
    browser.force_login(get_user_model().objects.create_superuser("editor"))
    said = {name: report(kind, browser) for name, kind in ACTIONS.items()}
    said["behind"] = leave_nothing_behind()
    Path(sys.argv[1]).write_text(json.dumps(said, indent=1))
