"""The data sets of the benchmark: valid records, an index that is right, the same rows at each build."""

import random

import pytest
from django.core.management import call_command, get_commands
from django.db import connection

from bench.data import filling, words
from bench.data.loading import _copied
from bench.data.recipe import Size, size_of
from engagements.models import Engagement, EngagementStaff
from organisations.models import Organisation
from profiles.models import Interview, Profile
from programmes.models import Programme
from search import rebuilding
from search.models import Scheduled


def indexes() -> set[str]:
    tables = [Engagement._meta.db_table, EngagementStaff._meta.db_table, "search_entry", "search_word"]
    with connection.cursor() as cursor:
        return {name for table in tables for name in connection.introspection.get_constraints(cursor, table)}


@pytest.mark.django_db(transaction=True)
def test_a_data_set_is_valid_and_its_index_right(capsys):
    before = indexes()
    filling.build(Size(250))
    assert indexes() == before
    assert Engagement.objects.count() == 250
    for model in (Engagement, Profile, Programme, Organisation, Interview):
        some = model._base_manager.order_by("pk")[:: 40 if model is Engagement else 10]
        assert some
        for record in some:
            record.full_clean()
    wrong = {name: number for name, number in rebuilding.rebuild(only_check=True).items() if number}
    assert not wrong
    if "rebuild_tallies" in get_commands():
        call_command("rebuild_tallies", "--check")
    # Some of everything: hidden and scheduled ones, translated ones, with and without programme, people, partners.
    assert 0 < Engagement.objects.published().count() < 250
    assert Scheduled.objects.filter(kind="engagement").exists()
    assert Engagement.objects.filter(title_es__isnull=False).exists()
    assert Engagement.objects.filter(programme=None).exists()
    assert Engagement.objects.filter(partners__isnull=False).exists()
    assert not Engagement.objects.filter(staff__isnull=True).exists()
    assert Engagement.objects.filter(summary_en__contains="{").count() == 0
    assert not Engagement.objects.filter(title_en__icontains="zzplac").exists()
    # Whoever adds an engagement afterwards gets a number that is free.
    following = Engagement.objects.create(
        country_id="PE", title_en="Another", kind="workshop", summary_en="One.", start_date="2020-01-01"
    )
    assert following.pk > 250


def test_names_are_the_same_at_each_build_and_none_twice():
    names = words.people(500, random.Random(1))
    assert names == words.people(500, random.Random(1))
    assert len(set(names)) == 500
    assert names == sorted(names, key=lambda name: (name[1], name[0]))
    assert len(set(words.places(2_000))) == 2_000
    assert len({words.word(number, 4) for number in range(5_000)}) == 5_000


def test_the_first_are_chosen_more_often():
    first, second, third = words.zipf(3, 1)
    assert (first, second - first) == (1, 0.5)
    assert third - second == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("text", "engagements", "name"), [("20k", 20_000, "20k"), ("1M", 1_000_000, "1m"), ("350", 350, "350")]
)
def test_a_size_is_read_and_written(text, engagements, name):
    assert size_of(text).engagements == engagements
    assert size_of(text).name == name


@pytest.mark.parametrize("text", ["", "0", "many", "1g", "-5"])
def test_what_is_no_size_is_refused(text):
    with pytest.raises(ValueError, match="is no size"):
        size_of(text)


def test_a_million_has_twenty_thousand_people():
    assert size_of("1M").people == 20_000
    assert size_of("1M").organisations == 5_000
    assert size_of("1M").programmes == size_of("10k").programmes == 500


def test_values_are_written_as_copy_reads_them():
    assert [_copied(value) for value in (None, "a\tb\nc\\", 5)] == ["\\N", "a\\tb\\nc\\\\", "5"]
