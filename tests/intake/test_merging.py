"""Records of an article that become one with others on the desk: sources go along, and taking back takes its own."""

import pytest
from django.db import transaction

from desk.merging import Merge
from engagements.models import Engagement
from intake.drafting import create_drafts, losses, take_back
from intake.models import Change, Intake, Source
from intake.taking_in import take_in
from organisations.models import Organisation
from profiles.models import Education, Interview, Profile
from publishing.models import Status, WorkingDraft
from publishing.snapshots import take
from tests.factories import EducationFactory, OrganisationFactory, ProfileFactory
from tests.intake.people_taken_in import milena
from tests.intake.proposed import FEDERATION, proposals

pytestmark = pytest.mark.django_db


def merge(kept, other) -> None:
    with transaction.atomic():
        Merge.of(type(kept), kept.pk, other.pk, locked=True).carry_out({})


def dangling() -> list[Source | Change]:
    """What is about records that are no more."""
    rows = [*Source.objects.all(), *Change.objects.all()]
    return [row for row in rows if row.record is None]


@pytest.fixture
def drafted(intake, author) -> Intake:
    create_drafts(intake, author)
    return Intake.objects.get()


def test_sources_and_changes_are_those_of_the_kept_record(drafted):
    twin, kept = Profile.objects.get(), milena()
    places = set(Source.objects.of(twin).values_list("start", "end"))
    assert places
    merge(kept, twin)
    assert set(Source.objects.of(kept).values_list("start", "end")) == places
    assert Change.objects.of(kept).get().kind == Change.Kind.CHANGED
    assert dangling() == []


def test_a_place_that_both_have_is_one_source(drafted):
    twin, kept = Profile.objects.get(), milena()
    first = Source.objects.of(twin).first()
    Source.objects.create(record=kept, intake=drafted, start=first.start, end=first.end)
    number = Source.objects.of(twin).count()
    merge(kept, twin)
    assert Source.objects.of(kept).count() == number


def test_a_part_that_both_have_keeps_its_source(drafted):
    twin, kept = Profile.objects.get(), milena()
    study = twin.education.get()
    values = {name: getattr(study, name) for name in ("title_en", "organisation", "country_id", "from_year", "to_year")}
    EducationFactory(profile=kept, **values)
    merge(kept, twin)
    assert Source.objects.of(kept.education.get()).exists()
    assert not Source.objects.of_kind(Education).exclude(object_id=kept.education.get().pk).exists()


def test_taking_back_after_a_merging_leaves_the_record_that_was_there(drafted, author):
    twin, kept = Profile.objects.get(), milena(post_title_en="Net mender", status=Status.DRAFT)
    EducationFactory(profile=kept, title_en="Knots")
    before = take(kept)
    merge(kept, twin)
    assert kept.education.count() == 2
    assert losses(drafted) == []
    take_back(drafted, author)
    assert take(Profile.objects.get()) == before
    assert not Interview.objects.exists()
    assert not Engagement.objects.exists()


def test_a_public_record_is_asked_about_and_waits_in_a_working_draft(drafted, chief):
    twin, kept = Profile.objects.get(), milena()
    merge(kept, twin)
    assert len(losses(drafted)) == 1
    take_back(drafted, chief, confirmed=True)
    assert WorkingDraft.objects.of(kept).get().data["parts"]["education"] == []
    assert kept.education.count() == 1


def test_taking_back_leaves_what_the_other_one_was(drafted, author):
    """The record of the article is kept, and an older one became one with it."""
    kept, older = Profile.objects.get(), milena()
    EducationFactory(profile=older, title_en="Knots")
    merge(kept, older)
    assert losses(drafted) == []
    take_back(drafted, author)
    profile = Profile.objects.get()
    assert [study.title for study in profile.education.all()] == ["Knots"]


def test_two_records_of_one_article_go_together(drafted, author):
    first, second = Organisation.objects.order_by("pk")[:2]
    merge(first, second)
    assert losses(drafted) == []
    take_back(drafted, author)
    assert not Organisation.objects.exists()
    assert not Profile.objects.exists()


def test_an_organisation_that_was_there_stays(drafted, author):
    union = Organisation.objects.get(name_en=FEDERATION)
    kept = OrganisationFactory(name_en="Federation of the Valley", status=Status.DRAFT)
    merge(kept, union)
    assert Engagement.objects.filter(partners=kept).exists()
    assert losses(drafted) == []
    take_back(drafted, author)
    assert Organisation.objects.get().name == "Federation of the Valley"


def test_an_open_review_knows_the_kept_record(author, my_coop):
    twin, kept = milena(), ProfileFactory(slug="other")
    intake = take_in(proposals(), author)
    intake.review["profile"]["match"] = twin.pk
    intake.keep_review(intake.review, author)
    merge(kept, twin)
    intake.refresh_from_db()
    assert (intake.review["profile"]["match"], intake.profile_id) == (kept.pk, kept.pk)


def test_articles_about_others_are_not_touched(drafted):
    changes = list(Change.objects.order_by("pk").values())
    merge(OrganisationFactory(), OrganisationFactory())
    assert list(Change.objects.order_by("pk").values()) == changes
