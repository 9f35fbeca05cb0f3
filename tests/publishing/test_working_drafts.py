"""A public record is changed without the public seeing it, until the changes are published."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse

from profiles.models import Exchange
from programmes.models import Module
from publishing.models import Version, WorkingDraft
from search.models import Entry
from tests.factories import ExchangeFactory, InterviewFactory, ModuleFactory, OrganisationFactory, ProgrammeFactory
from tests.publishing.admin_forms import filled_in, messages, with_part

pytestmark = pytest.mark.django_db


def change_page(record) -> str:
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def save(client, record, data=None, **typed):
    address = change_page(record)
    return client.post(address, (data or filled_in(client.get(address))) | typed, follow=True)


def publish(client, record):
    return save(client, record, _step="publish")


@pytest.fixture
def programme():
    """A public programme with two modules and a partner."""
    programme = ProgrammeFactory(name_en="Before")
    programme.partners.add(OrganisationFactory())
    for order, title in enumerate("AB", start=1):
        ModuleFactory(programme=programme, order=order, title_en=title)
    return programme


def modules(programme) -> str:
    return "".join(programme.modules.order_by("order").values_list("title_en", flat=True))


def test_the_public_sees_nothing_of_a_working_draft(staff_client, programme):
    save(staff_client, programme, name_en="Afterwards", aim_en="Something unheard of")
    public = Client().get(programme.get_absolute_url()).content.decode()
    assert "Before" in public
    assert "Afterwards" not in public
    assert not Entry.objects.filter(title__contains="Afterwards").exists()


def test_saving_says_that_it_is_a_working_draft(staff_client, programme):
    page = save(staff_client, programme, name_en="Afterwards")
    assert "It is a working draft: the public sees it once it is published." in messages(page)


def test_the_page_leads_to_what_the_draft_changes(staff_client, programme):
    save(staff_client, programme, aim_en="Something unheard of")
    address = reverse("admin:programmes_programme_compare", args=[programme.pk])
    assert f'<a href="{address}?from=now&amp;to=draft">' in staff_client.get(change_page(programme)).content.decode()
    assert "unheard of" in staff_client.get(f"{address}?from=now&to=draft").content.decode()


def test_the_page_shows_what_the_draft_says(staff_client, programme):
    save(staff_client, programme, name_en="Afterwards")
    form = staff_client.get(change_page(programme)).context["adminform"].form
    assert form["name_en"].value() == "Afterwards"


def test_looking_at_a_draft_leaves_the_record_as_it_is(staff_client, programme):
    save(staff_client, programme, name_en="Afterwards")
    before = type(programme).objects.values().get(pk=programme.pk)
    staff_client.get(change_page(programme))
    assert type(programme).objects.values().get(pk=programme.pk) == before


def test_publishing_shows_it_to_the_public(staff_client, programme):
    save(staff_client, programme, name_en="Afterwards")
    publish(staff_client, programme)
    assert "Afterwards" in Client().get(programme.get_absolute_url()).content.decode()
    assert Entry.objects.filter(title="Afterwards").exists()
    assert not WorkingDraft.objects.exists()


def test_publish_now_publishes_what_was_just_typed(staff_client, programme):
    save(staff_client, programme, name_en="At once", _step="publish")
    programme.refresh_from_db()
    assert programme.name_en == "At once"


def test_saving_what_is_no_change_makes_no_draft(staff_client, programme):
    save(staff_client, programme)
    assert not WorkingDraft.objects.exists()


def test_a_draft_undone_by_hand_is_gone(staff_client, programme):
    save(staff_client, programme, name_en="Afterwards")
    save(staff_client, programme, name_en="Before")
    assert not WorkingDraft.objects.exists()


def test_parts_are_added_in_a_draft_and_keep_their_number(staff_client, programme):
    page = staff_client.get(change_page(programme))
    save(staff_client, programme, data=with_part(page, "modules", title_en="C"))
    assert modules(programme) == "AB"
    page = staff_client.get(change_page(programme))
    number = filled_in(page)["modules-2-id"]
    save(staff_client, programme, **{"modules-2-title_en": "D"})
    publish(staff_client, programme)
    assert modules(programme) == "ABD"
    assert Module.objects.get(title_en="D").pk == int(number)


def test_the_number_of_a_part_in_a_draft_is_given_to_no_other(staff_client, programme):
    page = staff_client.get(change_page(programme))
    save(staff_client, programme, data=with_part(page, "modules", title_en="C"))
    other = ModuleFactory(programme=ProgrammeFactory(), order=1, title_en="Of another programme")
    publish(staff_client, programme)
    other.refresh_from_db()
    assert other.title_en == "Of another programme"
    assert modules(programme) == "ABC"


def test_parts_trade_places_and_leave_in_a_draft(staff_client, programme):
    ModuleFactory(programme=programme, order=3, title_en="C")
    changed = {"modules-0-position": 3, "modules-1-DELETE": "on"}
    save(staff_client, programme, **changed)
    assert modules(programme) == "ABC"
    publish(staff_client, programme)
    assert modules(programme) == "CA"


def test_relations_are_changed_in_a_draft(staff_client, programme):
    new = OrganisationFactory()
    save(staff_client, programme, partners=[new.pk])
    assert new not in programme.partners.all()
    publish(staff_client, programme)
    assert list(programme.partners.all()) == [new]


def test_a_partner_deleted_meanwhile_is_left_out_with_a_word(staff_client, programme):
    new = OrganisationFactory()
    save(staff_client, programme, partners=[new.pk])
    number = new.pk
    new.delete()
    page = staff_client.get(change_page(programme))
    assert f"Left out, because it exists no more: organisation: {number}." in messages(page)


def test_a_draft_whose_address_was_taken_is_kept_in_the_history(staff_client, programme):
    save(staff_client, programme, slug="taken")
    ProgrammeFactory(slug="taken")
    page = staff_client.get(change_page(programme))
    assert any("cannot be used any more" in text for text in messages(page))
    assert page.context["adminform"].form["slug"].value() == programme.slug
    assert Version.objects.of(programme).filter(kind="set-aside").get().data["fields"]["slug"] == "taken"


def test_what_is_typed_over_such_a_draft_is_saved(staff_client, programme):
    save(staff_client, programme, slug="taken")
    opened = filled_in(staff_client.get(change_page(programme)))
    ProgrammeFactory(slug="taken")
    del opened["seen"]
    save(staff_client, programme, data=opened, slug="free", name_en="Typed")
    draft = WorkingDraft.objects.of(programme).get()
    assert (draft.data["fields"]["slug"], draft.data["fields"]["name_en"]) == ("free", "Typed")


def test_a_long_interview_is_rewritten_in_a_draft(staff_client):
    interview = InterviewFactory()
    for order in range(1, 6):
        ExchangeFactory(interview=interview, order=order)
    save(staff_client, interview, **{"exchanges-4-position": 1, "exchanges-0-question_en": "New?"})
    publish(staff_client, interview)
    assert list(Exchange.objects.filter(interview=interview).values_list("order", flat=True)) == [1, 2, 3, 4, 5]
    assert interview.exchanges.get(order=2).question_en == "New?"


def test_the_log_says_that_something_was_changed(staff_client, programme):
    save(staff_client, programme, name_en="Afterwards")
    assert LogEntry.objects.get().get_change_message().startswith("Changed Name")


def test_a_refused_form_shows_what_was_typed_and_keeps_the_draft(staff_client, programme):
    save(staff_client, programme, name_en="Afterwards")
    page = save(staff_client, programme, name_en="Later still", launch_year="soon")
    assert page.context["adminform"].form["name_en"].value() == "Later still"
    assert WorkingDraft.objects.get().data["fields"]["name_en"] == "Afterwards"


# Two editors at once


@pytest.fixture
def colleague() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("colleague"))
    return client


@pytest.fixture(params=["draft", "public"])
def record(request):
    return ProgrammeFactory(name_en="Before", draft=request.param == "draft")


def saved_name(record) -> str:
    draft = WorkingDraft.objects.of(record).first()
    record.refresh_from_db()
    return draft.data["fields"]["name_en"] if draft else record.name_en


def test_the_second_save_of_a_page_is_stopped_and_both_texts_are_shown(staff_client, colleague, record):
    opened = filled_in(staff_client.get(change_page(record)))
    save(colleague, record, name_en="Theirs")
    page = save(staff_client, record, data=opened, name_en="Mine")
    assert saved_name(record) == "Theirs"
    text = page.content.decode()
    assert "colleague has saved this record since you opened it." in text
    (change,) = [change for change in page.context["conflict"] if change.label.startswith("Name")]
    assert (change.before, change.after) == ("Theirs", "Mine")
    assert page.context["adminform"].form["name_en"].value() == "Mine"


def test_what_was_stopped_is_saved_when_it_is_sent_again(staff_client, colleague, record):
    opened = filled_in(staff_client.get(change_page(record)))
    save(colleague, record, name_en="Theirs")
    page = save(staff_client, record, data=opened, name_en="Mine")
    save(staff_client, record, data=filled_in(page))
    assert saved_name(record) == "Mine"


def test_what_was_stopped_stands_in_the_history(staff_client, colleague, editor, record):
    opened = filled_in(staff_client.get(change_page(record)))
    save(colleague, record, name_en="Theirs")
    save(staff_client, record, data=opened, name_en="Mine")
    aside = Version.objects.of(record).get(kind="set-aside")
    assert (aside.user, aside.data["fields"]["name_en"]) == (editor, "Mine")


def test_a_step_with_a_stale_page_is_not_taken(staff_client, colleague, record):
    opened = filled_in(staff_client.get(change_page(record)))
    save(colleague, record, name_en="Theirs")
    save(staff_client, record, data=opened, _step="archive")
    assert saved_name(record) == "Theirs"
    assert record.status != "archived"


def test_one_editor_alone_saves_again_and_again(staff_client, record):
    for name in ("One", "Two", "Three"):
        save(staff_client, record, name_en=name)
        assert saved_name(record) == name


def test_the_page_says_who_else_has_it_open(staff_client, colleague, record):
    colleague.get(change_page(record))
    assert "colleague has this record open since" in staff_client.get(change_page(record)).content.decode()
    assert "colleague has this record open" not in colleague.get(change_page(record)).content.decode()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite takes numbers back")
def test_sqlite_gives_no_number_twice(staff_client, programme):
    page = staff_client.get(change_page(programme))
    save(staff_client, programme, data=with_part(page, "modules", title_en="C"))
    kept = WorkingDraft.objects.get().data["parts"]["modules"][-1]["pk"]
    assert ModuleFactory(programme=ProgrammeFactory(), order=1).pk > kept
