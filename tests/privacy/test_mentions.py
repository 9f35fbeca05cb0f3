"""Where the name of a person still stands in the texts of others."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from privacy.mentions import mentions_of
from tests.factories import (
    EngagementFactory,
    ExchangeFactory,
    IntakeFactory,
    InterviewFactory,
    InterviewPhotoFactory,
    ModuleFactory,
    ProfileFactory,
)

pytestmark = pytest.mark.django_db


def found(person) -> list[str]:
    return [str(mention.record) for mention in mentions_of(person)]


@pytest.mark.parametrize("field", ["title_en", "summary_es", "results_fr"])
@pytest.mark.parametrize("spelling", ["Querétaro", "Queretaro", "QUERÉTARO"])
def test_a_text_is_found_in_every_language_and_spelling(person, field, spelling):
    values = {"title_en": "A course"} | {field: f"With Dr. {spelling}, who came."}
    engagement = EngagementFactory(**values)
    (mention,) = mentions_of(person)
    assert mention.record == engagement
    assert spelling in mention.around
    assert mention.edit_url == reverse("admin:engagements_engagement_change", args=[engagement.pk])


def test_the_texts_of_parts_lead_to_their_whole(person):
    interview = InterviewFactory(title_en="Other talk")
    ExchangeFactory(interview=interview, answer_en="I learnt it from Querétaro.")
    InterviewPhotoFactory(interview=interview, credit="Zora Querétaro")
    module = ModuleFactory(summary_en="By Querétaro.")
    assert found(person) == ["Other talk", "Other talk", str(module.programme)]


def test_what_is_not_public_is_found_too(person):
    EngagementFactory(draft=True, title_en="Querétaro again")
    assert found(person) == ["Querétaro again"]


def test_the_own_texts_are_left_out(person):
    person.summary_en = "Zora Querétaro works here."
    person.save()
    interview = person.interviews.get()
    ExchangeFactory(interview=interview, question_en="Ms Querétaro?")
    assert found(person) == []


def test_only_the_whole_word_counts(db):
    person = ProfileFactory(family_name="King")
    EngagementFactory(summary_en="Taking part, making kings.")
    assert found(person) == []


def test_the_page_lists_them_with_a_link(editors_browser, person):
    engagement = EngagementFactory(title_en="A course", summary_en="Zora Querétaro <b>came</b>.")
    page = editors_browser.get(reverse("privacy:withdraw", args=[person.pk])).content.decode()
    assert reverse("admin:engagements_engagement_change", args=[engagement.pk]) in page
    assert "&lt;b&gt;came" in page


def test_many_texts_cost_no_more_queries(person):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            mentions_of(person)
        return len(queries)

    ExchangeFactory(interview=InterviewFactory(), answer_en="Querétaro")
    few = cost()
    for interview in InterviewFactory.create_batch(10):
        ExchangeFactory(interview=interview, answer_en="Querétaro")
    assert cost() == few


def test_articles_about_others_are_found(person):
    """An article that was taken in holds whatever people it names."""
    article = IntakeFactory(interview__profile=ProfileFactory(), text="I learnt it from Querétaro, who kept bees.")
    IntakeFactory(interview=person.interviews.get(), text="Querétaro tells.")
    (mention,) = mentions_of(person)
    assert (mention.record, mention.around) == (article, "I learnt it from Querétaro, who kept bees.")
    assert mention.edit_url == reverse("admin:intake_intake_change", args=[article.pk])
