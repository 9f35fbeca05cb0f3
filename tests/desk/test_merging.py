"""Two records become one: nothing is lost, nothing is there twice."""

from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from codelists.models import Topic
from desk.merging import GoneError, Merge, keys_to, links_to
from desk.models import FormerAddress, PossibleDuplicate
from engagements.models import Engagement, EngagementStaff
from organisations.models import Organisation
from profiles.models import Education, Interview, Position, Profile, ProfileLink
from tests.factories import (
    EducationFactory,
    EngagementFactory,
    EngagementStaffFactory,
    ExchangeFactory,
    InterviewFactory,
    OrganisationFactory,
    PositionFactory,
    ProfileFactory,
    ProgrammeFactory,
)
from tests.pictures import picture
from tests.search.reading import entry, everything_held, is_found

pytestmark = pytest.mark.django_db


def merge(kept, other, **chosen):
    """Merge, and answer the kept record as it is then."""
    with transaction.atomic():
        Merge.of(type(kept), kept.pk, other.pk, locked=True).carry_out(chosen)
    assert not type(kept).objects.filter(pk=other.pk).exists()
    return type(kept).objects.get(pk=kept.pk)


@pytest.fixture
def people():
    return ProfileFactory(slug="kept"), ProfileFactory(slug="other")


@pytest.fixture
def organisations():
    return OrganisationFactory(slug="kept"), OrganisationFactory(slug="other")


def test_everything_that_points_to_a_person_moves(people):
    kept, other = people
    interview = InterviewFactory(profile=other)
    ExchangeFactory(interview=interview)
    EducationFactory(profile=other)
    PositionFactory(profile=other).countries.set(["PE", "BO"])
    ProfileLink.objects.create(profile=other, label_en="Papers", url="https://example.org/")
    EngagementStaffFactory(profile=other, role="lead")
    other.languages.set(["en", "es"])
    other.topics.set(Topic.objects.all()[:2])
    kept = merge(kept, other)
    assert kept.interviews.get() == interview
    assert kept.education.count() == kept.positions.count() == kept.links.count() == 1
    assert set(kept.positions.get().countries.values_list("pk", flat=True)) == {"PE", "BO"}
    assert kept.engagement_staff.get().role == "lead"
    assert set(kept.languages.values_list("pk", flat=True)) == {"en", "es"}
    assert kept.topics.count() == 2


def test_everything_that_points_to_an_organisation_moves(organisations):
    kept, other = organisations
    EngagementFactory().partners.add(other)
    ProgrammeFactory().partners.add(other)
    education, position = EducationFactory(organisation=other), PositionFactory(organisation=other)
    kept = merge(kept, other)
    assert kept.engagements.count() == kept.programmes.count() == 1
    assert Education.objects.get(pk=education.pk).organisation == kept
    assert Position.objects.get(pk=position.pk).organisation == kept


@pytest.mark.parametrize("model", [Profile, Organisation])
def test_no_relation_is_left_out(model):
    """Counted on the tables of the database, not on the models: every column that refers to the model's table."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = {
            (table, column)
            for table in tables
            for column, (_other, to) in connection.introspection.get_relations(cursor, table).items()
            if to == model._meta.db_table
        }
    # Some keys the database does not know of: what they say outlives a deletion.
    keys = {(key.model._meta.db_table, key.column) for key in keys_to(model)}
    assert keys - {(key.model._meta.db_table, key.column) for key in keys_to(model) if not key.db_constraint} == found


def test_an_engagement_of_both_stays_once_with_the_weightier_role(people):
    kept, other = people
    engagements = [EngagementFactory() for _number in range(3)]
    roles = [("contributor", "lead"), ("trainer", "contributor")]
    for engagement, (mine, theirs) in zip(engagements[:2], roles, strict=True):
        EngagementStaffFactory(engagement=engagement, profile=kept, role=mine)
        EngagementStaffFactory(engagement=engagement, profile=other, role=theirs)
    EngagementStaffFactory(engagement=engagements[2], profile=other, role="adviser")
    merge(kept, other)
    found = EngagementStaff.objects.filter(profile=kept).order_by("engagement_id").values_list("role", flat=True)
    assert list(found) == ["lead", "trainer", "adviser"]
    assert EngagementStaff.objects.count() == 3


def test_a_link_of_both_stays_once(people, organisations):
    (kept, other), topic = people, Topic.objects.first()
    kept.topics.set([topic])
    other.topics.set([topic])
    assert merge(kept, other).topics.get() == topic
    kept, other = organisations
    engagement = EngagementFactory()
    engagement.partners.set([kept, other])
    merge(kept, other)
    assert engagement.partners.get() == kept


def test_a_degree_that_both_have_stays_once_and_another_one_is_kept_too(people):
    kept, other = people
    EducationFactory(profile=kept, title_en="Economics", from_year=2001)
    EducationFactory(profile=other, title_en="Economics", from_year=2001)
    EducationFactory(profile=other, title_en="Economics", from_year=2009)
    assert [step.from_year for step in merge(kept, other).education.order_by("from_year")] == [2001, 2009]


def test_positions_in_different_countries_are_two(people):
    kept, other = people
    PositionFactory(profile=kept).countries.set(["PE"])
    PositionFactory(profile=other).countries.set(["BO"])
    assert merge(kept, other).positions.count() == 2


def test_the_kept_record_keeps_its_address_number_and_status():
    kept, other = ProfileFactory(slug="kept", draft=True), ProfileFactory(slug="other")
    merged = merge(kept, other)
    assert (merged.pk, merged.slug, merged.status) == (kept.pk, "kept", "draft")


def test_empty_fields_are_filled_and_others_stay(organisations):
    kept = OrganisationFactory(name_en="Union", description_en="Ours.", country_id=None)
    other = OrganisationFactory(name_en="Union", website="https://union.example/", description_en="Theirs.")
    merged = merge(kept, other)
    assert (merged.website, merged.country_id, merged.description_en) == ("https://union.example/", "PE", "Ours.")


def test_the_editor_can_take_what_the_other_says(organisations):
    kept, other = organisations
    other.kind = "university"
    other.save()
    merged = merge(kept, other, name="other", kind="other")
    assert (merged.name_en, merged.kind) == (other.name_en, "university")


def test_translations_of_one_text_are_put_together(organisations):
    kept = OrganisationFactory(name_en="Union", name_fr="Union")
    other = OrganisationFactory(name_en="Union", name_es="Unión")
    merged = merge(kept, other)
    assert (merged.name_en, merged.name_es, merged.name_fr) == ("Union", "Unión", "Union")


def test_translations_of_different_texts_are_not_mixed():
    kept = OrganisationFactory(description_en="A union of farmers.")
    other = OrganisationFactory(description_en="A union of fishers.", description_es="Una unión de pescadores.")
    assert merge(kept, other).description_es is None
    kept, other = kept, OrganisationFactory(description_en="A third.", description_es="Una tercera.")
    merged = merge(kept, other, description="other")
    assert (merged.description_en, merged.description_es) == ("A third.", "Una tercera.")


def test_the_consent_of_the_kept_person_stands_whatever_is_asked_for(people):
    kept = ProfileFactory(consent_date=date(2024, 1, 1), consent_by="by letter")
    other = ProfileFactory(consent_date=date(2020, 1, 1), consent_by="by phone")
    merged = merge(kept, other, consent="other", consent_date="other")
    assert (merged.consent_date, merged.consent_by) == (date(2024, 1, 1), "by letter")


def test_a_person_without_consent_takes_that_of_the_other_record():
    kept = ProfileFactory(draft=True, consent_date=None, consent_by="")
    other = ProfileFactory(consent_date=date(2020, 1, 1), consent_by="by phone")
    merged = merge(kept, other)
    assert (merged.consent_date, merged.consent_by) == (date(2020, 1, 1), "by phone")


def test_nobody_consents_by_being_merged():
    kept, other = (ProfileFactory(draft=True, consent_date=None, consent_by="") for _number in range(2))
    assert merge(kept, other).consent_date is None


def with_portrait(**values) -> Profile:
    profile = ProfileFactory(portrait_alt_en="A woman", **values)
    profile.portrait.save("portrait.webp", ContentFile(picture(120, 120)))
    return profile


def test_a_portrait_comes_along_with_its_words_and_loads(django_capture_on_commit_callbacks):
    kept, other = ProfileFactory(), with_portrait(portrait_credit="Studio")
    with django_capture_on_commit_callbacks(execute=True):
        merged = merge(kept, other)
    assert merged.portrait.name == other.portrait.name
    assert (merged.portrait_alt_en, merged.portrait_credit) == ("A woman", "Studio")
    storage = merged.portrait.storage
    assert storage.exists(merged.portrait.name)
    assert merged.portrait.renditions
    assert all(storage.exists(name) for name in merged.portrait.renditions.names())


def test_the_words_of_one_portrait_are_not_given_to_another():
    kept, other = with_portrait(), with_portrait(portrait_credit="Studio")
    merged = merge(kept, other)
    assert merged.portrait.name == kept.portrait.name
    assert merged.portrait_credit == ""


def test_a_record_that_would_not_be_valid_is_not_merged():
    kept, other = ProfileFactory(), with_portrait()
    Profile.objects.filter(pk=other.pk).update(portrait_alt_en="")
    EngagementStaffFactory(profile=other)
    with pytest.raises(ValidationError, match="what the portrait shows"):
        merge(kept, other)
    assert Profile.objects.filter(pk=other.pk).exists()
    assert other.engagement_staff.exists()
    assert not FormerAddress.objects.exists()


def test_a_record_that_is_gone_cannot_be_merged(organisations):
    kept, other = organisations
    merge(kept, other)
    with pytest.raises(GoneError):
        Merge.of(Organisation, kept.pk, other.pk)


def test_the_search_finds_the_kept_record_and_no_trace_of_the_other():
    kept, other = OrganisationFactory(name_en="Kept union"), OrganisationFactory(name_en="Zanthoxylum union")
    engagement = EngagementFactory()
    engagement.partners.add(other)
    person = PositionFactory(organisation=other).profile
    assert is_found("zanthoxylum", engagement)
    merge(kept, other)
    assert entry(kept)
    assert is_found("kept", engagement)
    assert is_found("kept", person)
    assert "zanthox" not in everything_held()


def test_the_search_follows_a_merged_person():
    kept, other = ProfileFactory(family_name="Kept"), ProfileFactory(family_name="Zanthoxylum")
    interview, staff = InterviewFactory(profile=other), EngagementStaffFactory(profile=other)
    merge(kept, other)
    assert is_found("kept", interview)
    assert is_found("kept", staff.engagement)
    assert "zanthox" not in everything_held()


def test_what_was_set_aside_for_the_other_is_set_aside_for_the_kept(organisations):
    kept, other = organisations
    third = OrganisationFactory()
    for one in (kept, other):
        PossibleDuplicate.objects.create(kind="organisation", first=one.pk, second=third.pk, reason="same")
    PossibleDuplicate.objects.create(kind="organisation", first=kept.pk, second=other.pk, reason="same")
    PossibleDuplicate.objects.get(first=other.pk).set_aside(None)
    merge(kept, other)
    pair = PossibleDuplicate.objects.get()
    assert (pair.first, pair.second) == (kept.pk, third.pk)
    assert pair.set_aside_at


def test_what_links_to_a_record_is_told_in_words(people, organisations):
    kept, other = organisations
    EngagementFactory().partners.add(other)
    EducationFactory(organisation=other)
    assert links_to(Organisation, [kept.pk, other.pk]) == {
        kept.pk: [],
        other.pk: [("engagements", 1), ("education", 1)],
    }


def test_a_former_address_follows_the_next_merger(organisations):
    kept, other = organisations
    last = OrganisationFactory()
    merge(kept, other)
    merge(last, kept)
    kind = ContentType.objects.get_for_model(Organisation)
    assert set(FormerAddress.objects.values_list("path", "content_type", "object_id")) == {
        ("organisations/kept/", kind.pk, last.pk),
        ("organisations/other/", kind.pk, last.pk),
    }


def test_query_count_of_a_merger_does_not_grow_with_what_moves(django_assert_max_num_queries):
    def count(number: int) -> int:
        kept, other = OrganisationFactory(draft=True), OrganisationFactory(draft=True)
        for _number in range(number):
            EngagementFactory(draft=True).partners.add(other)
            EducationFactory(organisation=other, profile=ProfileFactory(draft=True))
        with CaptureQueriesContext(connection) as queries:
            merge(kept, other)
        assert kept.engagements.count() == number
        return len(queries)

    few = count(2)
    assert count(50) - few <= 6  # records that name it are indexed a hundred at a time
    assert few < 90


def test_interviews_of_the_other_keep_their_questions(people):
    kept, other = people
    exchange = ExchangeFactory(interview=InterviewFactory(profile=other))
    merge(kept, other)
    assert Interview.objects.get().exchanges.get() == exchange
    assert Engagement.objects.count() == 0
