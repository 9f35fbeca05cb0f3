"""Texts from before rich text become rich, and plain again on the way back."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from richtext import migrating
from richtext.migrating import to_rich_text
from search import rebuilding
from search.models import Entry
from tests.factories import ExchangeFactory, InterviewFactory

pytestmark = pytest.mark.django_db

PLAIN = "One & <two>\nand\n\nThree"
RICH = "<p>One &amp; &lt;two&gt;<br>and</p>\n<p>Three</p>"


class Editor:
    """As much of a schema editor as the operation asks for."""

    connection = connection


@pytest.fixture
def apps():
    """The models as migrations see them: a rich text is a text like any other."""
    return MigrationExecutor(connection).loader.project_state(("profiles", "0006_rich_text")).apps


@pytest.fixture
def exchanges(apps):
    return apps.get_model("profiles", "Exchange").objects


@pytest.fixture
def migrate(apps):
    """Runs the operation forwards, or backwards."""
    operation = to_rich_text("profiles", "exchange", "answer")

    def migrate(*, back: bool = False) -> None:
        (operation.reverse_code if back else operation.code)(apps, Editor)

    return migrate


def test_plain_texts_become_rich_in_every_language_and_plain_again(migrate, exchanges):
    exchange = ExchangeFactory()
    exchanges.update(answer=PLAIN, answer_en=PLAIN, answer_es="Sí", answer_fr=None)

    migrate()
    columns = exchanges.filter(pk=exchange.pk)
    there = columns.values("answer_en", "answer_es", "answer_fr").get()
    assert there == {"answer_en": RICH, "answer_es": "<p>Sí</p>", "answer_fr": None}

    migrate(back=True)
    back = columns.values("answer_en", "answer_es", "answer_fr").get()
    assert back == {"answer_en": PLAIN, "answer_es": "Sí", "answer_fr": None}


def test_all_rows_are_rewritten_in_batches(migrate, exchanges, monkeypatch):
    monkeypatch.setattr(migrating, "AT_ONCE", 2)
    interview = InterviewFactory()
    ExchangeFactory.create_batch(5, interview=interview)
    exchanges.update(answer_en="Yes")

    migrate()

    assert set(exchanges.values_list("answer_en", flat=True)) == {"<p>Yes</p>"}


def test_a_text_of_spaces_becomes_none(migrate, exchanges):
    ExchangeFactory()
    exchanges.update(answer_en="Yes", answer_es=" \n ")

    migrate()

    assert exchanges.values_list("answer_es", flat=True).get() is None


def test_the_search_index_stays_as_it_is(migrate, exchanges):
    ExchangeFactory(answer_en="x")
    exchanges.update(answer_en="Milk & cheese\n\nfor the <valley>")
    before = "Milk & cheese for the <valley>"

    migrate()
    rebuilding.rebuild()

    passages = Entry.objects.get(kind="interview", language="en").passages
    assert before in [words for words, _language in passages]
