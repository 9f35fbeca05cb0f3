"""Loading the files again, and the migration that loads them first."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import translation

from codelists.loading import OFFICIAL_LISTS, load
from codelists.models import Country, Region, Sector, Topic


def contents() -> dict[str, list[str]]:
    """Every column of every row of the code lists, as the database has it."""
    tables = [apps.get_model("codelists", name)._meta.db_table for _, name, _ in OFFICIAL_LISTS]
    rows = {}
    with connection.cursor() as cursor:
        for table in [*tables, Topic._meta.db_table]:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 (tables of our own)
            rows[table] = sorted(map(repr, cursor.fetchall()))
    return rows


@pytest.mark.django_db
def test_loading_again_changes_nothing():
    before = contents()
    load(apps)
    assert contents() == before


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["es", "fr"])
def test_loading_while_another_language_is_active_changes_nothing(language):
    before = contents()
    with translation.override(language):
        load(apps)
    assert contents() == before


@pytest.mark.django_db
def test_changed_official_row_is_set_back():
    Country.objects.filter(pk="PE").update(name_es="Pirú", region=None, m49="999")
    load(apps)
    country = Country.objects.get(pk="PE")
    assert (country.name_es, country.region_id, country.m49) == ("Perú", "americas", "604")


@pytest.mark.django_db
def test_official_title_of_a_sector_is_set_back():
    Sector.objects.filter(pk="A").update(isic_title="Farming")
    load(apps)
    assert Sector.objects.get(pk="A").isic_title == "Agriculture, forestry and fishing"


@pytest.mark.django_db
def test_missing_official_row_comes_back():
    Country.objects.filter(pk="AQ").delete()
    load(apps)
    assert Country.objects.get(pk="AQ").name_fr == "Antarctique"


@pytest.mark.django_db
def test_official_row_that_is_not_in_the_files_stays():
    Region.objects.create(code="moon", position=6, name_en="Moon")
    load(apps)
    assert Region.objects.filter(pk="moon").exists()


@pytest.mark.django_db
def test_editors_changed_topic_survives():
    Topic.objects.filter(slug="youth").update(name_en="Young people", description_es="")
    load(apps)
    topic = Topic.objects.get(slug="youth")
    assert (topic.name_en, topic.description_es) == ("Young people", "")


@pytest.mark.django_db
def test_editors_own_topic_survives():
    Topic.objects.create(slug="coffee", name_en="Coffee")
    load(apps)
    assert Topic.objects.get(slug="coffee").name_en == "Coffee"


@pytest.mark.django_db
def test_missing_topic_is_added_in_every_language():
    Topic.objects.filter(slug="youth").delete()
    load(apps)
    topic = Topic.objects.get(slug="youth")
    assert (topic.name_en, topic.name_es, topic.name_fr) == ("Youth", "Juventud", "Jeunesse")
    assert topic.description_fr == "Des jeunes qui créent, rejoignent et dirigent des coopératives."


@pytest.mark.django_db
def test_command_says_how_many_rows_each_file_has(capsys):
    call_command("load_codelists")
    assert "countries.csv: 249 rows" in capsys.readouterr().out


@pytest.mark.django_db
def test_command_changes_nothing_when_one_file_cannot_be_loaded(monkeypatch):
    Region.objects.filter(pk="africa").update(name_en="Changed")
    monkeypatch.setattr("codelists.loading.TOPICS", "no-such-file.csv")
    with pytest.raises(FileNotFoundError):
        call_command("load_codelists")
    assert Region.objects.get(pk="africa").name_en == "Changed"


@pytest.fixture
def migrated_back(transactional_db):
    """The contents of the code lists; their migrations were undone, and are done again afterwards."""
    before = contents()
    call_command("migrate", "codelists", "0001", verbosity=0)
    yield before
    call_command("migrate", verbosity=0)


def migrate_forwards():
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def test_migrating_back_keeps_the_rows(migrated_back):
    with connection.cursor() as cursor:  # the model of today has columns that the table of the past lacks
        cursor.execute("SELECT name_es FROM codelists_country WHERE code = 'PE'")
        assert cursor.fetchall() == [("Perú",)]


def test_migrating_forwards_fills_empty_lists(migrated_back):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM codelists_country")
        cursor.execute("DELETE FROM codelists_topic")
    migrate_forwards()
    assert Country.objects.count() == 249
    assert Topic.objects.get(slug="youth").description_es == "Jóvenes que crean, integran y dirigen cooperativas."


def test_migrating_forwards_again_leaves_the_same_rows(migrated_back):
    assert all(migrated_back.values())
    migrate_forwards()
    assert contents() == migrated_back
