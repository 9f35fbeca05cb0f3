"""Measures what downloads of very many rows need: `python -m tests.downloads.at_scale [rows]`, a million if not said.

The rows are made in an SQLite database of their own, or in the PostgreSQL database of DATABASE_URL, which is to be a
new one. Each file is then made in a process of its own. For Linux.
"""

import os
import sys
import tempfile
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path
from time import monotonic, process_time

ROWS, DIFFERENT = 1_000_000, 10_000
MEGABYTE = 1_000_000


def prepare() -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "coopportal.settings"
    os.environ |= {"HTTPS": "0", "DEBUG": "0"}
    os.environ.setdefault("SECRET_KEY", "only-for-measuring-" + "0" * 40)
    django.setup()


def fill(rows: int) -> None:
    """Make some engagements that differ, then copies of them with the same relations, in SQL: as many as `rows`."""
    from django.core.management import call_command
    from django.db import connection

    from codelists.models import Country, Topic
    from engagements.models import Engagement, EngagementStaff
    from tests.factories import LONG_AGO, OrganisationFactory, ProfileFactory, ProgrammeFactory

    call_command("migrate", verbosity=0)
    programmes = ProgrammeFactory.create_batch(10)
    countries = list(Country.objects.all())
    Engagement.objects.bulk_create(
        Engagement(
            title_en=f"Workshop {number}",
            title_es=f"Taller {number}",
            slug=f"workshop-{number}",
            summary_en="Trainers were trained to run a cooperative of their own. " * 4,
            kind="workshop",
            country=countries[number % len(countries)],
            programme=programmes[number % 10],
            start_date=date(1990, 1, 1) + timedelta(days=number),
            status="published",
            publish_at=LONG_AGO,
        )
        for number in range(min(rows, DIFFERENT))
    )
    related = {"topics": list(Topic.objects.all()[:5]), "partners": OrganisationFactory.create_batch(5)}
    people = ProfileFactory.create_batch(5)
    copy_to(rows)
    with connection.cursor() as cursor:
        table, _names = _table(Engagement)
        for relation, others in related.items():
            through, names = _table(getattr(Engagement, relation).through)
            for number, other in enumerate(others):
                cursor.execute(
                    f"INSERT INTO {through} ({names}) "  # noqa: S608
                    f"SELECT id, {other.pk} FROM {table} WHERE id % 5 = {number}"
                )
        through, names = _table(EngagementStaff)
        for number, person in enumerate(people):
            cursor.execute(
                f"INSERT INTO {through} ({names}) "  # noqa: S608
                f"SELECT id, {person.pk}, 'trainer' FROM {table} WHERE id % 5 = {number}"
            )


def copy_to(rows: int) -> None:
    """Copy the engagements, without what is tied to them, until there are as many as `rows`."""
    from django.db import connection

    from engagements.models import Engagement

    table, names = _table(Engagement)
    with connection.cursor() as cursor:
        while (missing := rows - Engagement.objects.count()) > 0:
            cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM {table} LIMIT {missing}")  # noqa: S608


def _table(model) -> tuple[str, str]:
    """The table of a model, and its columns but the key, which the database makes."""
    columns = [field.column for field in model._meta.concrete_fields if not field.primary_key]
    return model._meta.db_table, ", ".join(columns)


def measure(extension: str, out) -> None:
    prepare()
    from django.test import Client

    began, size, peak = monotonic(), 0, memory()
    response = Client().get(f"/es/engagements.{extension}", headers={"host": "localhost"})
    for number, piece in enumerate(response.streaming_content):
        size += len(piece)
        if number % 20 == 0:
            peak = max(peak, memory())
    spent = process_time()
    out.put(
        f"{extension:8} {size / MEGABYTE:6.0f} MB  {monotonic() - began:6.0f} s, {spent:6.0f} s of processor  "
        f"peak of memory {peak:4.0f} MB"
    )


def memory() -> float:
    """The memory of this process in megabytes, without the files that it has mapped, as Linux tells it."""
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("RssAnon"))
    return int(line.split()[1]) * 1024 / MEGABYTE


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as directory:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{directory}/db.sqlite3")
        prepare()
        fill(rows)
        context = get_context("spawn")
        for extension in ("xlsx", "csv", "geojson", "json"):
            out = context.Queue()
            process = context.Process(target=measure, args=(extension, out))
            process.start()
            process.join()
            line = out.get(timeout=5) if process.exitcode == 0 else f"{extension}: failed"
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
