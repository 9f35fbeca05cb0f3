"""After a test with real transactions the database is as the migrations left it."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection

from codelists.models import Country, Topic
from engagements.models import Engagement
from search.models import Entry
from tests.conftest import empty_tables
from tests.emptying import tables
from tests.factories import EngagementFactory, full_interview


def contents() -> dict[str, list[str]]:
    found = {}
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f"SELECT {table.columns} FROM {table.name}")  # noqa: S608 (tables of our own)
            found[table.name] = sorted(map(repr, cursor.fetchall()))
    return found


def not_needed() -> None:
    pytest.fail("the tables were emptied by Django")


def test_what_was_written_goes_and_what_was_changed_comes_back(real_transactions):
    before = contents()
    EngagementFactory(country_id="PE").topics.add(Topic.objects.get(slug="youth"))
    full_interview()
    Country.objects.filter(pk="PE").update(name_es="Pirú")
    Topic.objects.filter(slug="statistics").delete()
    Topic.objects.create(slug="coffee", name_en="Coffee")
    Group.objects.get(name="Author").permissions.set(Permission.objects.all())
    assert contents() != before
    empty_tables(not_needed)
    assert contents() == before
    assert "workshop" not in {word for entry in Entry.objects.all() for word in entry.words.split()}
    assert Topic.objects.create(slug="tea", name_en="Tea").pk
    assert not Engagement.objects.exists()


def test_where_tables_have_changed_django_empties_them_all(real_transactions):
    EngagementFactory()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE kept_codelists_topic")

    def by_django():
        call_command("flush", interactive=False, verbosity=0)

    empty_tables(by_django)
    assert not Engagement.objects.exists()
    assert (Country.objects.count(), Group.objects.count()) == (249, 3)
    before = contents()
    Topic.objects.filter(slug="youth").update(name_en="Young people")
    empty_tables(not_needed)
    assert contents() == before
