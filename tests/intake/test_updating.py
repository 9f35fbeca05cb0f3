"""Who and what is in the portal already gets what it lacks, and keeps what it says."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from engagements.models import Engagement
from intake.drafting import create_drafts
from intake.models import Source
from organisations.models import Organisation
from profiles.models import Interview, Profile
from publishing.models import Version, WorkingDraft
from publishing.workflow import take_step
from tests.factories import (
    EducationFactory,
    EngagementFactory,
    EngagementStaffFactory,
    ExchangeFactory,
    InterviewFactory,
    OrganisationFactory,
    PositionFactory,
    ProfileFactory,
)
from tests.intake.people_taken_in import milena, reviewed, rows
from tests.intake.proposed import FEDERATION, STUDIED

pytestmark = pytest.mark.django_db


def test_a_person_who_is_there_as_a_draft_gets_what_is_missing(author, my_coop):
    profile = milena(draft=True, post_title_en="Chief", summary_en=None)
    there = EducationFactory(profile=profile, title_en="Rural Economics", country_id=None, to_year=1998)
    intake = reviewed(author)
    assert intake.profile == profile
    create_drafts(intake, author)
    profile.refresh_from_db()
    assert Profile.objects.get() == profile
    assert profile.post_title_en == "Chief"
    assert profile.summary_en.startswith("Milena Orsolic has worked")
    assert profile.education.get() == there
    there.refresh_from_db()
    assert (there.country_id, there.organisation.name_en) == ("NO", "University of Tarvo")
    assert profile.positions.get().title_en == "Adviser"
    before, after = Version.objects.of(profile).order_by("pk")
    assert (before.comment, before.user, after.user) == ("As it was before.", None, author)
    assert before.data["fields"]["summary_en"] is None
    assert not WorkingDraft.objects.exists()


def test_a_public_person_is_changed_in_a_working_draft_alone(author, chief, my_coop):
    profile = milena(summary_en=None, post_title_en="Chief")
    PositionFactory(profile=profile, title_en="Bee-keeper")
    intake = reviewed(author)
    create_drafts(intake, author)
    profile.refresh_from_db()
    assert profile.summary_en is None
    assert [post.title_en for post in profile.positions.all()] == ["Bee-keeper"]
    draft = WorkingDraft.objects.of(profile).get()
    assert draft.user == author
    assert draft.data["fields"]["summary_en"].startswith("Milena Orsolic has worked")
    # Its parts keep the numbers that their sources name.
    (study,) = draft.data["parts"]["education"]
    take_step(profile, "publish", chief)
    profile.refresh_from_db()
    assert profile.education.get().pk == study["pk"]
    assert Source.objects.of(profile.education.get()).get().words == STUDIED
    assert {post.title_en for post in profile.positions.all()} == {"Bee-keeper", "Adviser"}


def test_a_working_draft_that_is_there_is_gone_on_with(author, my_coop):
    profile = milena()
    first = reviewed(author, positions=())
    create_drafts(first, author)
    second = reviewed(author, education=(), engagements=())
    create_drafts(second, author)
    data = WorkingDraft.objects.of(profile).get().data
    assert len(data["parts"]["education"]) == len(data["parts"]["positions"]) == 1


def test_a_person_who_is_there_with_all_of_it_is_left_alone(author, my_coop):
    intake = reviewed(author)
    create_drafts(intake, author)
    before = rows()
    again = reviewed(author)
    review = again.review
    assert review["profile"]["match"]
    assert review["interview"]["match"]
    assert all(item["match"] for item in (*review["engagements"], *review["organisations"], *review["programmes"]))
    assert create_drafts(again, author) == []
    now = rows()
    assert {name for name in before if before[name] != now[name]} == {"Source"}


def test_an_engagement_that_is_there_gets_the_person_and_the_partner(author, my_coop):
    partner = OrganisationFactory(name_en=FEDERATION)
    engagement = EngagementFactory(
        country_id="PE", programme=my_coop, kind="training-of-trainers", start_date=date(2009, 5, 1), end_date=None
    )
    engagement.partners.add(partner)
    intake = reviewed(author)
    assert intake.review["engagements"][0]["match"] == engagement.pk
    create_drafts(intake, author)
    assert Engagement.objects.filter(country="PE").count() == 1
    assert not engagement.engagement_staff.exists()  # it is public
    (staff,) = WorkingDraft.objects.of(engagement).get().data["parts"]["engagement_staff"]
    assert staff["fields"]["profile"] == Profile.objects.get().pk
    assert engagement.summary == "Trainers were trained."


def test_an_engagement_of_the_person_that_is_there_keeps_the_role(author, my_coop):
    profile = milena(draft=True)
    engagement = EngagementFactory(draft=True, country_id="BO", kind="policy-advice", start_date=date(2011, 1, 1))
    EngagementStaffFactory(engagement=engagement, profile=profile, role="lead")
    create_drafts(reviewed(author), author)
    assert engagement.engagement_staff.get().role == "lead"
    assert Engagement.objects.filter(country="BO").get() == engagement


def test_the_same_interview_gets_the_questions_that_it_lacks(author, my_coop):
    profile = milena(draft=True)
    interview = InterviewFactory(draft=True, profile=profile, published_on=date(2018, 5, 3))
    ExchangeFactory(interview=interview, order=1, question_en="How did you BEGIN?", answer_en="With bees.")
    intake = reviewed(author)
    assert intake.review["interview"]["match"] == interview.pk
    create_drafts(intake, author)
    first, second = Interview.objects.get().exchanges.all()
    assert (first.answer_en, second.order) == ("<p>With bees.</p>", 2)


def test_whom_somebody_added_meanwhile_is_not_added_again(intake, author):
    other = milena(draft=True)
    OrganisationFactory(name_en="Honey Union", draft=True)
    with pytest.raises(ValidationError) as refused:
        create_drafts(intake, author)
    assert list(refused.value.message_dict) == ["profile.match"]
    intake.review["profile"]["match"] = other.pk
    intake.save()
    create_drafts(intake, author)
    assert Profile.objects.get() == other
    assert Organisation.objects.filter(name_en="Honey Union").count() == 1


def test_somebody_else_of_the_same_name_can_be_added(intake, author):
    milena(draft=True)
    intake.review["profile"]["is_new"] = True
    intake.save()
    create_drafts(intake, author)
    assert sorted(Profile.objects.values_list("slug", flat=True)) == ["milena", "milena-orsolic"]


def test_the_article_taken_in_twice_side_by_side_makes_one_of_everything(author, my_coop):
    first, second = reviewed(author), reviewed(author)
    create_drafts(first, author)
    second.review["profile"]["match"] = Profile.objects.get().pk
    second.save()
    before = rows()
    create_drafts(second, author)
    now = rows()
    assert {name for name in before if before[name] != now[name]} == {"Source"}


def test_a_person_who_withdrew_the_consent_is_not_written_about(author, my_coop):
    profile = milena(draft=True, withdrawn_on=date(2025, 1, 1))
    intake = reviewed(author)
    assert intake.review["profile"]["match"] == profile.pk
    with pytest.raises(ValidationError, match="withdrawn"):
        create_drafts(intake, author)


def test_an_author_does_not_change_what_waits_for_review(author, my_coop):
    profile = milena(in_review=True)
    intake = reviewed(author)
    with pytest.raises(ValidationError) as refused:
        create_drafts(intake, author)
    assert list(refused.value.message_dict) == ["profile.match"]
    profile.refresh_from_db()
    assert not profile.education.exists()


def test_the_number_of_queries_grows_with_what_is_written_alone(author, my_coop, django_assert_max_num_queries):
    """Not with what the portal holds."""
    OrganisationFactory.create_batch(30)
    ProfileFactory.create_batch(10)
    intake = reviewed(author)
    with django_assert_max_num_queries(330):
        create_drafts(intake, author)
