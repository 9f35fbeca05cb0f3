"""Drafts of a review: all of them or none, nothing twice, nothing public changed."""

from dataclasses import replace
from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from engagements.models import Engagement
from intake.captions import PhotoToAdd, photos_to_add
from intake.checking import problems, without_incomplete
from intake.drafting import create_drafts
from intake.models import Intake, Source
from intake.review import new_item
from organisations.models import Organisation
from profiles.models import Interview, Profile, Series
from publishing.models import Status, Version
from publishing.workflow import take_step
from tests.factories import (
    InterviewPhotoFactory,
    OfficeFactory,
    UserFactory,
)
from tests.intake.conftest import somebody
from tests.intake.people_taken_in import reviewed, rows
from tests.intake.proposed import FEDERATION, INTERVIEW, LAW, STUDIED, TRAINED

pytestmark = pytest.mark.django_db

# What the drafts say


def test_everything_that_is_ticked_becomes_a_draft(intake, author):
    office = OfficeFactory()
    intake.review["profile"]["office"] = office.pk
    intake.save()
    create_drafts(intake, author)
    profile = Profile.objects.get()
    assert (profile.given_name, profile.family_name, profile.slug) == ("Milena", "Orsolic", "milena-orsolic")
    assert (profile.post_title_en, profile.office) == ("Cooperative Officer", office)
    assert profile.summary_en.startswith("Milena Orsolic has worked with fishers")
    assert [topic.slug for topic in profile.topics.all()] == ["youth"]
    study, post = profile.education.get(), profile.positions.get()
    assert (study.title_en, study.organisation.name_en, study.country_id) == (
        "Rural economics",
        "University of Tarvo",
        "NO",
    )
    assert (study.from_year, study.to_year, study.organisation.kind) == (None, 1998, "university")
    assert (post.title_en, post.organisation.name_en, post.from_year, post.to_year) == (
        "Adviser",
        "Honey Union",
        1999,
        2003,
    )
    assert [country.pk for country in post.countries.all()] == ["KE"]
    interview = Interview.objects.get()
    assert (interview.profile, interview.published_on, interview.language_id) == (profile, date(2018, 5, 3), "en")
    assert interview.series.name_en == "Voices of the Valley"
    first, second = interview.exchanges.all()
    assert first.question_en == "How did you begin?"
    # Lines are broken for their length in plain text, and paragraphs are not.
    assert first.answer_en == f"<p>{STUDIED} Then I was an adviser of the Honey Union in Kenya from 1999 to 2003.</p>"
    assert second.answer_en == f"<p>{TRAINED}</p>\n<p>{LAW}</p>"
    for record in (profile, interview, study.organisation):
        assert getattr(record, "status", Status.DRAFT) == Status.DRAFT


def test_an_engagement_is_dated_by_its_years_and_named_in_every_language(intake, author, my_coop):
    create_drafts(intake, author)
    training, advice = Engagement.objects.order_by("start_date")
    assert (training.programme, training.country_id, training.sector_id) == (my_coop, "PE", "A")
    assert (training.start_date, training.start_precision, training.end_date) == (date(2009, 1, 1), "year", None)
    assert (advice.period, advice.end_date) == ("2010 – 2011", date(2011, 12, 31))
    assert training.title_en == "Training of trainers on My.Coop in Peru"
    assert training.title_es
    assert training.title_fr
    assert training.summary_en == TRAINED
    assert [partner.name_en for partner in training.partners.all()] == [FEDERATION]
    staff = training.engagement_staff.get()
    assert (str(staff.profile), staff.role) == ("Milena Orsolic", "trainer")


def test_a_title_that_was_typed_stands_in_the_language_of_the_article_alone(intake, author):
    intake.review["engagements"][0]["title"] = "Course for net menders"
    intake.save()
    create_drafts(intake, author)
    training = Engagement.objects.get(country="PE")
    assert (training.title_en, training.title_es, training.title_fr) == ("Course for net menders", None, None)
    assert training.slug == "course-for-net-menders"


def test_texts_stand_in_the_language_of_the_article_and_english_is_asked_for_at_publication(author, chief, my_coop):
    intake = reviewed(author, interview=replace(INTERVIEW, language="es"))
    create_drafts(intake, author)
    profile, interview = Profile.objects.get(), Interview.objects.get()
    assert (profile.post_title_es, profile.post_title_en) == ("Cooperative Officer", None)
    assert profile.education.get().title_es == "Rural economics"
    assert interview.exchanges.first().question_es == "How did you begin?"
    assert not interview.exchanges.first().question_en
    assert str(interview) == "Milena Orsolic"  # a draft without English has a name all the same
    assert str(profile.education.get()) == "Rural economics"
    assert Engagement.objects.get(country="PE").title_en == "Training of trainers on My.Coop in Peru"
    missing = {**profile.missing_for_publication(), **interview.missing_for_publication()}
    assert {"post_title_en", "summary_en", "education", "positions", "title_en", "exchanges"} <= missing.keys()
    with pytest.raises(ValidationError, match="English"):
        take_step(interview, "publish", chief)


def test_what_is_left_out_is_not_written(intake, author):
    for section in ("education", "positions", "organisations", "engagements", "exchanges"):
        for item in intake.review[section]:
            item["include"] = False
    intake.save()
    create_drafts(intake, author)
    assert Profile.objects.get().education.count() == Profile.objects.get().positions.count() == 0
    assert not Interview.objects.get().exchanges.exists()
    assert not Engagement.objects.exists()
    assert not Organisation.objects.exists()


def test_what_an_editor_added_is_written_too(intake, author):
    item = new_item(intake.review, "engagements")
    item |= {"country": "KE", "kind": "research", "title": "Study of hives", "year": 2001}
    intake.save()
    create_drafts(intake, author)
    assert Engagement.objects.get(country="KE").title_en == "Study of hives"


# History, log, sources


def test_each_record_has_a_version_and_the_log_says_who(intake, author):
    create_drafts(intake, author)
    for record in (Profile.objects.get(), Interview.objects.get(), *Engagement.objects.all()):
        version = Version.objects.of(record).get()
        assert (version.user, version.comment) == (author, "From an article that was taken in.")
        assert LogEntry.objects.filter(object_id=record.pk, user=author, action_flag=1).exists()
    profile = Version.objects.of(Profile.objects.get()).get()
    assert len(profile.data["parts"]["education"]) == 1


def test_each_record_and_part_says_where_it_stands_in_the_article(intake, author):
    create_drafts(intake, author)
    words = {
        (source.content_type.model, source.words) for source in Source.objects.select_related("intake", "content_type")
    }
    assert ("education", STUDIED) in words
    assert ("engagement", TRAINED) in words
    assert ("engagementstaff", LAW) in words
    assert ("organisation", TRAINED) in words
    assert ("exchange", "How did you begin?") in words
    assert ("interview", "3 May 2018") in words
    assert ("profile", "Milena Orsolic") in words


def test_places_outside_of_the_article_are_no_sources(intake, author):
    intake.review["engagements"][0]["evidence"] = [[5, 5], [-1, 3], [0, 10**6]]
    intake.save()
    create_drafts(intake, author)
    assert not Source.objects.of(Engagement.objects.get(country="PE")).exists()


def test_the_intake_says_what_became_of_it(intake, author, chief):
    changes = create_drafts(intake, chief)
    intake.refresh_from_db()
    assert (intake.state, intake.finished_by) == (Intake.State.DRAFTED, chief)
    assert (intake.profile, intake.interview) == (Profile.objects.get(), Interview.objects.get())
    assert {change.name for change in changes} >= {"Milena Orsolic", "Training of trainers on My.Coop in Peru"}


# Captions


def test_captions_wait_on_the_interview_until_their_photo_is_there(intake, author, staff_client):
    create_drafts(intake, author)
    interview = Interview.objects.get()
    assert photos_to_add(interview) == [PhotoToAdd("Fishers mending nets in the harbour", 1)]
    page = staff_client.get(f"/admin/profiles/interview/{interview.pk}/change/").content.decode()
    assert "Fishers mending nets in the harbour – after question 1" in page
    InterviewPhotoFactory(interview=interview, caption_en="Fishers mending nets in the harbour.")
    assert photos_to_add(interview) == []
    page = staff_client.get(f"/admin/profiles/interview/{interview.pk}/change/").content.decode()
    assert "after question 1" not in page


# All or nothing


@pytest.mark.parametrize(
    "broken",
    [
        "intake.drafting.writing.Writer.keep_sources",
        "intake.drafting.engagements._links",
        "intake.drafting.people._exchanges",
        "publishing.models.Version.keep",
        "search.indexing.index",
    ],
)
def test_nothing_is_half_written(intake, author, monkeypatch, broken):
    def fail(*args, **kwargs):
        raise RuntimeError

    before = rows()
    monkeypatch.setattr(broken, fail)
    with pytest.raises(RuntimeError):
        create_drafts(intake, author)
    assert rows() == before
    intake.refresh_from_db()
    assert intake.is_open


def test_drafts_are_created_once(intake, author):
    create_drafts(intake, author)
    before = rows()
    with pytest.raises(ValidationError, match="already"):
        create_drafts(intake, author)
    assert rows() == before


def test_two_who_write_the_same_at_once_are_told(intake, author, monkeypatch):
    def twice(*args):
        raise IntegrityError

    monkeypatch.setattr("intake.drafting.creating._create", twice)
    with pytest.raises(ValidationError, match="Try again"):
        create_drafts(intake, author)


# What is missing


@pytest.mark.parametrize(
    ("section", "field", "value"),
    [
        ("engagements", "year", None),
        ("engagements", "year", 1234),
        ("engagements", "to_year", 1950),
        ("engagements", "country", ""),
        ("engagements", "kind", ""),
        ("engagements", "title", "  "),
        ("engagements", "programme", "no-such"),
        ("engagements", "organisations", ["Nobody"]),
        ("education", "title", ""),
        ("education", "organisation", "Nobody"),
        ("positions", "to_year", 1990),
        ("organisations", "kind", ""),
        ("organisations", "name", ""),
        ("exchanges", "question", ""),
    ],
)
def test_what_is_missing_is_named_at_its_field_and_nothing_written(intake, author, section, field, value):
    item = intake.review[section][0]
    item[field] = value
    intake.save()
    before = rows()
    with pytest.raises(ValidationError) as refused:
        create_drafts(intake, author)
    assert f"{item['id']}.{field}" in refused.value.message_dict
    assert rows() == before
    left_out = without_incomplete(intake.review)
    assert item["id"] in left_out
    assert not problems(intake.review)


@pytest.mark.parametrize(
    ("item", "field", "value"),
    [
        ("profile", "family_name", ""),
        ("profile", "include", False),
        ("interview", "title", ""),
        ("interview", "language", "xx"),
        ("interview", "published_on", "yesterday"),
        ("interview", "source_url", "not an address"),
        ("profile", "match", 10**6),
        ("interview", "match", 10**6),
        ("interview", "series", 10**6),
    ],
)
def test_what_is_wrong_with_person_and_interview_is_named(intake, author, item, field, value):
    intake.review[item][field] = value
    intake.save()
    before = rows()
    with pytest.raises(ValidationError) as refused:
        create_drafts(intake, author)
    assert f"{item}.{field}" in refused.value.message_dict
    assert rows() == before


def test_what_the_models_refuse_is_named_at_its_field(intake, author):
    intake.review["engagements"][0]["country"] = "XX"
    intake.review["positions"][0]["title"] = "x" * 300
    intake.save()
    with pytest.raises(ValidationError) as refused:
        create_drafts(intake, author)
    assert list(refused.value.message_dict) == ["positions-1.title"]
    intake.review["positions"][0]["title"] = "x"
    intake.save()
    with pytest.raises(ValidationError) as refused:
        create_drafts(intake, author)
    assert list(refused.value.message_dict) == ["engagements-1.country"]


# Who may


def test_an_author_makes_drafts_with_the_rights_of_an_author_alone(intake, author):
    Series.objects.all().delete()
    intake.review["interview"]["series"] = None
    intake.save()
    with pytest.raises(ValidationError) as refused:
        create_drafts(intake, author)
    assert list(refused.value.message_dict) == ["interview.series"]
    create_drafts(intake, somebody("Editor"))
    assert Interview.objects.get().series.name_en == "Voices of the Valley"


@pytest.mark.parametrize("role", ["Administrator", None])
def test_who_may_not_add_records_makes_none(intake, role):
    user = somebody(role) if role else UserFactory()
    with pytest.raises(ValidationError) as refused:
        create_drafts(intake, user)
    assert list(refused.value.message_dict) == ["organisations-1.include"]
    assert not Profile.objects.exists()


def test_the_system_may(intake):
    create_drafts(intake, None)
    assert Profile.objects.exists()
    assert not LogEntry.objects.exists()
