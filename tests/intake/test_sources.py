"""Public pages say where a fact comes from, as far as the public may know."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from intake.drafting import create_drafts
from intake.models import Source
from intake.sourcing import sources_of
from privacy.withdrawal import withdraw
from profiles.models import Interview, Profile
from publishing.models import WorkingDraft
from publishing.snapshots import take
from tests.factories import (
    FAR_AHEAD,
    LONG_AGO,
    EducationFactory,
    EngagementFactory,
    EngagementStaffFactory,
    ExchangeFactory,
    IntakeFactory,
    InterviewFactory,
    PositionFactory,
    ProfileFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

WORDS = "Then we kept bees."
TEXT = f"We began with milk. {WORDS} Nobody printed this."
START, END = TEXT.index(WORDS), TEXT.index(WORDS) + len(WORDS)


@pytest.fixture
def interview() -> Interview:
    interview = InterviewFactory(title_en="Talk about bees", profile=ProfileFactory(slug="bee"))
    ExchangeFactory(interview=interview, answer_en=f"<p>We began with milk. <strong>Then</strong> {WORDS[5:]}</p>")
    return interview


@pytest.fixture
def study(interview):
    """An education that comes from the interview."""
    study = EducationFactory(profile=interview.profile)
    SourceFactory(intake=IntakeFactory(interview=interview, text=TEXT), record=study, start=START, end=END)
    return study


def shown(client, address: str) -> list:
    """The sources on the page."""
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").select(".source")


def test_the_page_of_a_person_says_where_education_and_positions_come_from(client, interview, study):
    position = PositionFactory(profile=interview.profile)
    SourceFactory(intake=study_intake(), record=position, start=START, end=END)
    PositionFactory(profile=interview.profile)
    found = shown(client, "/en/profiles/bee/")
    assert len(found) == 2
    for source in found:
        assert source.name == "details"
        assert source.blockquote.get_text(strip=True) == WORDS
        assert source.a["href"] == f"/en/profiles/bee/#interview-{interview.pk}"
        assert source.a.get_text() == "Talk about bees"
    # Both in words: which fact it is about is heard, too.
    assert {source.summary.get_text() for source in found} == {"Source: Adviser", "Source: Degree in economics"}


def study_intake():
    return Source.objects.get().intake


def test_the_page_of_an_engagement_says_it_too(client, interview, study):
    engagement = EngagementFactory()
    SourceFactory(intake=study_intake(), record=engagement, start=START, end=END)
    (source,) = shown(client, engagement.get_absolute_url())
    assert source.a["href"] == f"/en/profiles/bee/#interview-{interview.pk}"
    assert source.blockquote.get_text(strip=True) == WORDS


def test_the_link_leads_to_where_it_was_printed(client, interview, study):
    interview.source_url = "https://example.org/bees"
    interview.save()
    (source,) = shown(client, "/en/profiles/bee/")
    assert (source.a["href"], source.a["rel"]) == ("https://example.org/bees", ["external"])


def test_the_words_are_quoted_where_the_public_can_read_them_alone(client, interview, study):
    """What editors took out of an interview is not brought back by a source; what is in print is known anyway."""
    exchange = interview.exchanges.get()
    exchange.answer_en = "We began with milk."
    exchange.save()
    (source,) = shown(client, "/en/profiles/bee/")
    assert (source.name, source.blockquote) == ("p", None)
    assert source.a["href"].endswith(f"#interview-{interview.pk}")
    interview.source_url = "https://example.org/bees"
    interview.save()
    (source,) = shown(client, "/en/profiles/bee/")
    assert source.blockquote.get_text(strip=True) == WORDS


def test_several_places_are_one_source_and_each_is_quoted_once(client, interview, study):
    intake = study_intake()
    for start, end in ((0, 19), (0, 19), (START, END)):
        SourceFactory(intake=intake, record=study, start=start, end=end)
    (source,) = shown(client, "/en/profiles/bee/")
    assert [quote.get_text() for quote in source.select("blockquote p")] == ["We began with milk.", WORDS]


@pytest.mark.parametrize(
    "hidden",
    [
        {"status": "draft"},
        {"status": "in_review"},
        {"status": "archived"},
        {"status": "published", "publish_at": FAR_AHEAD},
    ],
)
@pytest.mark.parametrize("whole", ["interview", "profile"])
def test_the_interview_must_be_public_and_the_person_too(client, interview, study, hidden, whole):
    colleague = ProfileFactory()
    engagement = EngagementFactory()
    for each in (colleague, interview.profile):
        EngagementStaffFactory(engagement=engagement, profile=each)
    SourceFactory(intake=study_intake(), record=engagement, start=START, end=END)
    assert len(shown(client, engagement.get_absolute_url())) == 1
    record = interview if whole == "interview" else interview.profile
    type(record).objects.filter(pk=record.pk).update(**{"publish_at": LONG_AGO} | hidden)
    assert shown(client, engagement.get_absolute_url()) == []
    assert WORDS not in client.get(engagement.get_absolute_url()).content.decode()


def test_without_consent_there_is_no_source(client, editor, interview, study):
    engagement = EngagementFactory()
    SourceFactory(intake=study_intake(), record=engagement, start=START, end=END)
    withdraw(interview.profile, editor, date(2026, 1, 1), "")
    assert shown(client, engagement.get_absolute_url()) == []


def test_changes_of_a_public_interview_that_wait_show_nothing(client, interview, study):
    data = take(interview)
    data["fields"]["source_url"] = "https://example.org/not-yet"
    WorkingDraft.objects.create(record=interview, data=data)
    (source,) = shown(client, "/en/profiles/bee/")
    assert source.a["href"].endswith(f"#interview-{interview.pk}")


def test_an_interview_that_was_deleted_is_no_source(client, interview, study):
    interview.delete()
    assert shown(client, "/en/profiles/bee/") == []


def test_words_in_another_language_are_marked(client, interview, study):
    exchange = interview.exchanges.get()
    exchange.answer_es = WORDS
    exchange.save()
    intake = study_intake()
    for language, marked in (("es", "es"), ("en", None), ("", None), ("xx", None)):
        intake.language = language
        intake.save()
        (source,) = shown(client, "/en/profiles/bee/")
        assert source.blockquote.get("lang") == marked
    (source,) = shown(client, "/fr/profiles/bee/")
    assert source.a.get("lang") == "en"


def test_what_is_said_is_shown_as_text_and_not_as_html(client, interview):
    hostile = "<script>alert(1)</script> & <b>bees</b>"
    interview.source_url = "https://example.org/bees"
    interview.save()
    study = EducationFactory(profile=interview.profile)
    SourceFactory(intake=IntakeFactory(interview=interview, text=hostile), record=study)
    (source,) = shown(client, "/en/profiles/bee/")
    assert source.blockquote.get_text(strip=True) == hostile
    assert source.script is None


def test_the_number_of_queries_is_fixed(interview, study, django_assert_num_queries):
    records = [study]
    for number in range(12):
        each = InterviewFactory(profile=ProfileFactory(slug=f"bee-{number}"))
        record = EducationFactory(profile=interview.profile) if number % 2 else EngagementFactory()
        SourceFactory(intake=IntakeFactory(interview=each), record=record)
        records.append(record)
    sources_of(records)  # kinds are asked for once a process
    with django_assert_num_queries(3):
        found = sources_of(records)
        assert len(found) == 13
        assert all(source.address for sources in found.values() for source in sources)
    with django_assert_num_queries(0):
        assert sources_of([]) == {}


def test_from_the_article_to_the_page(client, intake, author):
    create_drafts(intake, author)
    profile, interview = Profile.objects.get(), Interview.objects.get()
    Profile.objects.update(consent_date=date(2026, 1, 1), consent_by="me", consent_scope="text")
    for record in (profile, interview):
        type(record).objects.filter(pk=record.pk).update(status="published", publish_at=LONG_AGO)
    found = shown(client, profile.get_absolute_url())
    assert [source.summary.get_text() for source in found] == ["Source: Adviser", "Source: Rural economics"]
    assert found[0].a["href"].endswith(f"#interview-{interview.pk}")
