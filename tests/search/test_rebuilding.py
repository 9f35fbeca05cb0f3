"""`rebuild_search` puts any index right, step by step, and finds nothing to do where all is right."""

from io import StringIO

import pytest
from django.core.management import call_command

from codelists.models import Country
from programmes.models import Programme
from search import rebuilding
from search.kinds import KINDS
from search.models import Entry, Scheduled, Word
from search.places import place_of
from tests.factories import EngagementFactory, InterviewFactory, OrganisationFactory, ProfileFactory, ProgrammeFactory
from tests.search.reading import everything_held, is_found


def rebuild(**options) -> str:
    out = StringIO()
    call_command("rebuild_search", stdout=out, **options)
    return out.getvalue()


def state() -> list:
    return [
        list(model.objects.order_by(*order).values(*columns))
        for model, order, columns in [
            (
                Entry,
                ["kind", "object_id", "language"],
                ["kind", "object_id", "language", "title", "names", "keywords", "words", "vocabulary", "passages"],
            ),
            (Word, ["language", "text"], ["language", "text", "uses"]),
            (Scheduled, ["kind", "object_id"], ["kind", "object_id", "publish_at"]),
        ]
    ]


@pytest.fixture
def world(db):
    for factory in (EngagementFactory, InterviewFactory, OrganisationFactory, ProfileFactory, ProgrammeFactory):
        factory()
        factory(draft=True)
        factory(scheduled=True)


def test_where_all_is_right_there_is_nothing_to_do(world):
    before = state()
    assert "profile: 0 wrong" in rebuild(check=True)
    assert "engagement: 0 put right" in rebuild()
    assert state() == before


def test_an_empty_index_is_made_anew(world):
    right = state()
    for model in (Entry, Word, Scheduled):
        model.objects.all().delete()
    rebuild()
    assert state() == right


def test_whatever_is_wrong_is_put_right(world):
    right = state()
    Entry.objects.filter(kind="profile", language="es").delete()
    Entry.objects.filter(kind="programme").update(names="zanthoxylum", vocabulary="zanthoxylum")
    place = place_of("en", KINDS["engagement"].number, "999999")
    Entry.objects.create(id=place, kind="engagement", object_id="999999", language="en", title="Gone")
    Entry.objects.create(id=1, kind="gone", object_id="1", language="xx", title="In a language that was given up")
    Word.objects.filter(language="fr").update(uses=77)
    Word.objects.create(language="en", text="zanthoxylum", uses=0)
    Word.objects.filter(language="es", text="peru").delete()
    Scheduled.objects.all().delete()
    Scheduled.objects.create(kind="interview", object_id="999999", publish_at="2090-01-01T00:00Z")
    with pytest.raises(SystemExit) as stopped:
        rebuild(check=True)
    assert stopped.value.code == 1
    assert Entry.objects.filter(names="zanthoxylum").exists()
    rebuild()
    assert state() == right
    assert "zanthox" not in everything_held()


def test_what_was_changed_past_the_portal_is_found_after_it(world):
    programme = ProgrammeFactory(name_en="Zanthoxylum")
    hidden = ProgrammeFactory(name_en="Metasequoia")
    Programme.objects.filter(pk=programme.pk).update(name_en="Rhododendron")
    Programme.objects.filter(pk=hidden.pk).update(status="archived")
    rebuild()
    assert is_found("rhododendron", programme)
    held = everything_held()
    assert "zanthox" not in held
    assert "metasequ" not in held


def test_it_goes_on_after_every_hundred_records(db, monkeypatch):
    monkeypatch.setattr(rebuilding, "AT_ONCE", 2)
    profiles = ProfileFactory.create_batch(7)
    Entry.objects.filter(kind="profile").delete()
    assert "profile: 21 put right" in rebuild()
    assert Entry.objects.filter(kind="profile", language="en").count() == len(profiles)


@pytest.mark.django_db
def test_loading_the_code_lists_brings_the_index_up_to_them():
    Country.objects.filter(pk="PE").update(name_en="Zanthoxylum")
    rebuild()
    assert "zanthox" in everything_held()
    call_command("load_codelists", stdout=StringIO())
    assert "zanthox" not in everything_held()
