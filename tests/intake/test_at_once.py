"""Two people who work on one article, or on two about one person, at the same moment."""

import threading

import pytest
from django.contrib.auth.models import User
from django.db import connection, connections
from django.test import Client

from engagements.models import Engagement
from intake.models import Intake
from organisations.models import Organisation
from profiles.models import Interview, Profile
from programmes.models import Programme
from tests.factories import ProgrammeFactory, SeriesFactory
from tests.intake.reviews import a_drafted_intake, address, an_intake, fields


@pytest.fixture
def editor(real_transactions) -> User:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    SeriesFactory(name_en="Voices of the Valley")
    ProgrammeFactory(name_en="My.Coop", slug="my-coop")
    return User.objects.create_superuser("editor")


def at_once(editor: User, *sent: tuple[str, dict]) -> list:
    """The answers to these forms, each sent to its address by a browser of its own, all in the same moment."""
    begin, answers = threading.Barrier(len(sent)), [None] * len(sent)

    def send(number: int, client: Client, where: str, form: dict) -> None:
        try:
            begin.wait(60)
            answers[number] = client.post(where, form)
        finally:
            connections.close_all()

    threads = []
    for number, (where, form) in enumerate(sent):
        client = Client()
        client.force_login(editor)
        threads.append(threading.Thread(target=send, args=[number, client, where, form]))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def complete(editor: User) -> Intake:
    """Taken in, with the kinds chosen."""
    intake = an_intake(editor)
    for item in (*intake.review["organisations"], *intake.review["programmes"]):
        item["kind"] = item["kind"] or ("management" if "slug" in item else "cooperative")
    intake.keep_review(intake.review, editor)
    return intake


def form_of(editor: User, intake: Intake, **more) -> tuple[str, dict]:
    client = Client()
    client.force_login(editor)
    where = address("change", intake)
    return where, fields(client.get(where).content) | more


def test_drafts_are_created_once_though_two_press_the_button(editor):
    intake = complete(editor)
    form = form_of(editor, intake, _create="1")
    answers = at_once(editor, form, form)
    assert {answer.url.partition("#")[0] for answer in answers} == {address("done", intake)}
    assert (Profile.objects.count(), Interview.objects.count()) == (1, 1)
    assert Intake.objects.get().state == "drafted"


def test_two_articles_about_one_person_make_one_of_everything(editor):
    first, second = complete(editor), complete(editor)
    answers = at_once(editor, form_of(editor, first, _create="1"), form_of(editor, second, _create="1"))
    assert {answer.status_code for answer in answers} <= {200, 302}
    assert (Profile.objects.count(), Interview.objects.count(), Programme.objects.count()) == (1, 1, 1)
    names = list(Organisation.objects.values_list("name_en", flat=True))
    assert len(names) == len(set(names))
    assert Engagement.objects.count() == len(Engagement.objects.values("country", "start_date").distinct())


def test_of_two_who_save_one_is_told(editor):
    intake = an_intake(editor)
    mine = form_of(editor, intake, **{"_save": "1", "profile-given_name": "Mina"})
    theirs = form_of(editor, intake, **{"_save": "1", "profile-given_name": "Lena"})
    answers = at_once(editor, mine, theirs)
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    winner = "Mina" if answers[0].status_code == 302 else "Lena"
    assert Intake.objects.get().review["profile"]["given_name"] == winner


def test_it_is_taken_back_once(editor):
    intake = a_drafted_intake(editor)
    form = address("take_back", intake), {"lost": ""}
    answers = at_once(editor, form, form)
    assert {answer.status_code for answer in answers} == {302}
    assert not Profile.objects.exists()
    assert Intake.objects.get().state == "taken-back"
