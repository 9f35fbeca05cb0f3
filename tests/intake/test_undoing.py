"""Taking back what came from an article: all of it, what was edited since only after a question, nothing for good."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from engagements.models import Engagement
from intake.drafting import WorkWouldBeLostError, create_drafts, take_back
from intake.models import Change, Intake, Source
from organisations.models import Organisation
from profiles.models import Interview, Profile, Series
from publishing.deletions import recover
from publishing.models import Version, WorkingDraft
from publishing.snapshots import take
from publishing.workflow import take_step
from tests.factories import EngagementFactory, EngagementStaffFactory, InterviewFactory, UserFactory
from tests.intake.conftest import somebody
from tests.intake.people_taken_in import milena, reviewed, rows

pytestmark = pytest.mark.django_db

# What stays: who did what, what was deleted and can be recovered.
REMEMBERED = {"Version", "LogEntry"}


def same_but_for_the_history(before: dict, now: dict) -> bool:
    return {name for name in before if before[name] != now[name]} <= REMEMBERED


def test_all_that_was_added_is_removed(intake, author):
    before = rows()
    create_drafts(intake, author)
    assert take_back(intake, author) == []
    assert same_but_for_the_history(before, rows())
    intake.refresh_from_db()
    assert (intake.state, intake.interview_id, intake.finished_at) == (Intake.State.TAKEN_BACK, None, None)


def test_a_series_that_was_added_is_removed(intake, chief):
    Series.objects.all().delete()
    intake.review["interview"]["series"] = None
    intake.save()
    create_drafts(intake, chief)
    assert Series.objects.exists()
    take_back(intake, chief)
    assert not Series.objects.exists()


def test_the_review_is_kept_and_drafts_can_be_created_again(intake, author):
    create_drafts(intake, author)
    take_back(intake, author)
    create_drafts(intake, author)
    assert Profile.objects.get().positions.get().title == "Adviser"


def test_what_was_removed_can_be_recovered(intake, author):
    create_drafts(intake, author)
    profile, interview = Profile.objects.get(), Interview.objects.get()
    take_back(intake, author)
    version = Version.objects.of(profile).filter(kind=Version.Kind.DELETED).get()
    recover(version.deletion, author)
    recover(Version.objects.of(interview).filter(kind=Version.Kind.DELETED).get().deletion, author)
    assert Profile.objects.get().positions.count() == 1
    assert Interview.objects.get().exchanges.count() == 2


def test_what_was_changed_is_as_it_was(author, my_coop):
    profile = milena(draft=True, summary_en=None)
    before = take(profile)
    intake = reviewed(author)
    create_drafts(intake, author)
    assert take(profile) != before
    take_back(intake, author)
    assert take(profile) == before


@pytest.mark.parametrize("had_draft", [True, False])
def test_a_working_draft_is_as_it_was(author, my_coop, had_draft):
    profile = milena()
    data = None
    if had_draft:
        data = take(profile)
        data["fields"]["summary_en"] = "Typed by somebody."
        WorkingDraft.objects.create(record=profile, data=data)
    intake = reviewed(author)
    create_drafts(intake, author)
    assert WorkingDraft.objects.of(profile).get().data != data
    take_back(intake, author)
    assert [draft.data for draft in WorkingDraft.objects.of(profile)] == ([data] if had_draft else [])
    assert not profile.education.exists()


def test_what_an_editor_changed_since_is_named_and_nothing_is_taken_back(intake, author):
    create_drafts(intake, author)
    training = Engagement.objects.get(country="PE")
    training.summary_en = "Better words."
    training.save()
    before = rows()
    with pytest.raises(WorkWouldBeLostError) as refused:
        take_back(intake, author)
    assert refused.value.messages == ["“Training of trainers on My.Coop in Peru” was edited since."]
    assert rows() == before
    intake.refresh_from_db()
    assert intake.state == Intake.State.DRAFTED


def test_a_part_that_was_added_since_counts_as_edited(intake, author):
    create_drafts(intake, author)
    Profile.objects.get().links.create(label_en="Papers", url="https://example.org/")
    with pytest.raises(WorkWouldBeLostError, match="Milena Orsolic"):
        take_back(intake, author)


def test_once_confirmed_it_goes_and_can_be_recovered(intake, author, chief):
    create_drafts(intake, author)
    training = Engagement.objects.get(country="PE")
    training.summary_en = "Better words."
    training.save()
    with pytest.raises(PermissionDenied):
        take_back(intake, author, confirmed=True)  # authors delete nothing that somebody worked at
    assert take_back(intake, chief, confirmed=True) == []
    assert not Engagement.objects.exists()
    recover(Version.objects.of(training).filter(kind=Version.Kind.DELETED).get().deletion, chief)
    assert Engagement.objects.get().summary_en == "Better words."


def test_what_was_submitted_or_published_since_is_named(intake, author, chief):
    create_drafts(intake, author)
    training, advice = Engagement.objects.order_by("start_date")
    take_step(training, "submit", author)
    take_step(advice, "publish", chief)
    with pytest.raises(WorkWouldBeLostError) as refused:
        take_back(intake, chief)
    assert len(refused.value.messages) == 2
    assert "published, or submitted" in refused.value.messages[0]
    take_back(intake, chief, confirmed=True)
    assert not Engagement.objects.exists()


def test_what_was_published_from_a_working_draft_is_taken_out_in_one(author, chief, my_coop):
    profile = milena()
    before = take(profile)
    intake = reviewed(author)
    create_drafts(intake, author)
    take_step(profile, "publish", chief)
    with pytest.raises(WorkWouldBeLostError, match="Milena Orsolic"):
        take_back(intake, chief)
    take_back(intake, chief, confirmed=True)
    assert profile.education.exists()  # the public sees no change that nobody published
    assert WorkingDraft.objects.of(profile).get().data == before
    take_step(profile, "publish", chief)
    assert take(profile) == before


def test_a_draft_that_was_published_after_the_change_is_taken_out_in_a_working_draft(author, chief, my_coop):
    profile = milena(draft=True)
    before = take(profile)
    intake = reviewed(author)
    create_drafts(intake, author)
    take_step(profile, "publish", chief)
    take_back(intake, chief, confirmed=True)
    assert WorkingDraft.objects.of(profile).get().data == before


def test_a_working_draft_that_was_edited_since_is_kept_in_the_history(author, my_coop):
    profile = milena()
    intake = reviewed(author)
    create_drafts(intake, author)
    draft = WorkingDraft.objects.of(profile).get()
    draft.data["fields"]["summary_en"] = "Typed since."
    draft.save()
    with pytest.raises(WorkWouldBeLostError):
        take_back(intake, author)
    take_back(intake, author, confirmed=True)
    assert not WorkingDraft.objects.exists()
    assert "Typed since." in [version.data["fields"]["summary_en"] for version in Version.objects.of(profile)]


def test_a_working_draft_that_somebody_threw_away_is_no_reason_to_ask(author, my_coop):
    milena()
    intake = reviewed(author)
    create_drafts(intake, author)
    WorkingDraft.objects.all().delete()
    assert take_back(intake, author) == []


def test_what_others_need_by_now_stays_and_is_named(intake, author):
    create_drafts(intake, author)
    federation = Organisation.objects.get(name_en="Federation of Net Menders")
    EngagementFactory().partners.add(federation)
    InterviewFactory(profile=Profile.objects.get())
    stays = take_back(intake, author)
    # The person keeps the education and the career, and what these name.
    names = ["Federation of Net Menders (FNM)", "Honey Union", "Milena Orsolic", "University of Tarvo"]
    assert sorted(stays) == [f"“{name}” stays: other records need it." for name in names]
    assert Organisation.objects.get(name_en="Federation of Net Menders") == federation
    assert not Engagement.objects.filter(country="BO").exists()


def test_a_person_in_the_engagement_of_others_stays(intake, author):
    create_drafts(intake, author)
    EngagementStaffFactory(profile=Profile.objects.get())
    assert "“Milena Orsolic” stays: other records need it." in take_back(intake, author)
    assert Profile.objects.exists()


def test_what_was_deleted_meanwhile_is_no_obstacle(intake, author):
    create_drafts(intake, author)
    Engagement.objects.get(country="BO").delete()
    assert take_back(intake, author) == []
    assert not Profile.objects.exists()


def test_only_drafts_that_were_created_are_taken_back_and_once(intake, author):
    with pytest.raises(ValidationError, match="no drafts"):
        take_back(intake, author)
    create_drafts(intake, author)
    take_back(intake, author)
    with pytest.raises(ValidationError, match="no drafts"):
        take_back(intake, author)


def test_who_may_not_add_takes_nothing_back(intake, author):
    create_drafts(intake, author)
    for user in (UserFactory(), somebody("Administrator")):
        with pytest.raises(PermissionDenied):
            take_back(intake, user)
    assert Profile.objects.exists()


@pytest.mark.parametrize("broken", ["publishing.deletions.Version.keep", "search.indexing.index"])
def test_all_or_nothing(intake, author, monkeypatch, broken):
    create_drafts(intake, author)
    before = rows()

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(broken, fail)
    with pytest.raises(RuntimeError):
        take_back(intake, author)
    assert rows() == before


def test_sources_go_with_it(intake, author, client):
    create_drafts(intake, author)
    take_back(intake, author)
    assert not Source.objects.exists()
    assert not Change.objects.exists()
    assert client.get(reverse("profiles:detail", args=["milena-orsolic"])).status_code == 404
