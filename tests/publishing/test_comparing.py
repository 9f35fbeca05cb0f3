"""What is different between two snapshots, in words."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from codelists.models import Language, Topic
from profiles.models import Exchange
from publishing.comparing import Change, compare
from publishing.snapshots import take
from search.indexing import together
from tests.factories import (
    EngagementFactory,
    EngagementStaffFactory,
    ExchangeFactory,
    InterviewFactory,
    InterviewPhotoFactory,
    MaterialFactory,
    ModuleFactory,
    OrganisationFactory,
    ProfileFactory,
    ProgrammeFactory,
    full_engagement,
    full_interview,
    full_organisation,
    full_profile,
    full_programme,
)
from tests.timing import assert_takes_less_than

pytestmark = pytest.mark.django_db


def changes(record, before: dict) -> list[tuple[str, str, str, str]]:
    """The differences from `before` to what the record is now."""
    found = compare(type(record), before, take(record))
    return [(change.part, change.label, change.before, change.after) for change in found]


def changed(record, **values) -> list[tuple[str, str, str, str]]:
    """The differences that these values make."""
    before = take(record)
    for name, value in values.items():
        setattr(record, name, value)
    record.save()
    return changes(record, before)


# Fields


@pytest.mark.parametrize("make", [full_profile, full_interview, full_programme, full_organisation, full_engagement])
def test_no_difference_from_itself(make):
    record = make()
    assert changes(record, take(record)) == []


def test_text_is_named_with_its_language():
    assert changed(ProgrammeFactory(aim_es="Antes"), aim_es="Después") == [("", "Aim (Spanish)", "Antes", "Después")]


def test_labels_are_in_the_language_of_the_reader():
    programme = ProgrammeFactory(aim_en="Before")
    with override("es"):
        ((_part, label, _before, _after),) = changed(programme, aim_en="After")
    assert "inglés" in label.lower()


def test_choice_is_named_as_in_the_form():
    assert changed(ProgrammeFactory(kind="finance"), kind="start-up") == [("", "Kind", "Finance", "Start-up")]


def test_choice_that_is_no_more_stands_as_it_is():
    programme = ProgrammeFactory()
    data = take(programme)
    data["fields"]["kind"] = "abolished"
    assert changes(programme, data) == [("", "Kind", "abolished", "Management")]


def test_yes_and_no():
    assert changed(ProgrammeFactory(), featured=True) == [("", "Show on the home page", "No", "Yes")]


def test_numbers_and_what_was_empty():
    assert changed(EngagementFactory(), women_trained=0) == [("", "Women trained", "", "0")]


def test_foreign_key_is_named_by_its_record():
    one = OrganisationFactory(country_id="PE")
    assert changed(one, country_id="BO") == [("", "Country", "Peru", "Bolivia")]


def test_links_are_named_in_the_order_of_their_names():
    programme = ProgrammeFactory()
    before = take(programme)
    programme.languages.set(Language.objects.filter(pk__in=["en", "es", "fr"]))
    assert changes(programme, before) == [("", "Languages", "", "English, French, Spanish")]


def test_gone_references_are_told_by_number():
    programme, topic = ProgrammeFactory(), Topic.objects.first()
    programme.topics.add(topic)
    before, number = take(programme), topic.pk
    topic.delete()
    assert changes(programme, before) == [("", "Topics", f"{number} (no longer there)", "")]


def test_two_of_the_same_name_are_told_apart_by_number():
    programme = ProgrammeFactory()
    one, other = OrganisationFactory(name_en="Federation"), OrganisationFactory(name_en="Federation")
    programme.partners.set([one])
    before = take(programme)
    programme.partners.set([other])
    assert changes(programme, before) == [("", "Partners", f"Federation (#{one.pk})", f"Federation (#{other.pk})")]


def test_day_is_written_as_people_write_it():
    assert changed(ProfileFactory(), consent_date=date(2024, 6, 2)) == [
        ("", "Consent given on", "1 May 2024", "2 June 2024")
    ]


def test_date_of_an_engagement_is_as_exact_as_it_is_known():
    engagement = EngagementFactory(start_date=date(2018, 1, 1), start_precision="year", end_date=None)
    found = changed(engagement, start_date=date(2018, 11, 1), start_precision="month")
    assert found == [("", "Start", "2018", "November 2018")]


def test_more_exact_date_on_the_same_day_is_a_difference():
    engagement = EngagementFactory(start_date=date(2018, 1, 1), start_precision="year", end_date=None)
    assert changed(engagement, start_precision="day") == [("", "Start", "2018", "1 January 2018")]


def test_picture_is_named_by_its_file_and_its_renditions_are_not_told():
    profile = full_profile()
    before = take(profile)
    old = before["fields"]["portrait"]
    profile.portrait = "portraits/other.webp"
    profile.portrait_renditions = None
    type(profile).objects.filter(pk=profile.pk).update(portrait="portraits/other.webp", portrait_renditions=None)
    (change,) = compare(type(profile), before, take(profile))
    assert (change.label, change.before, change.after) == ("Portrait", old.removeprefix("portraits/"), "other.webp")
    assert change.files == (old, "portraits/other.webp")


def test_field_that_is_younger_than_the_version_is_no_difference():
    programme = ProgrammeFactory(launch_year=2005)
    ModuleFactory(programme=programme, order=1)
    before = take(programme)
    del before["fields"]["launch_year"], before["parts"]["modules"]
    assert changes(programme, before) == []


# Parts


def test_changed_question_is_named_by_its_place():
    interview = InterviewFactory()
    question = ExchangeFactory(interview=interview, order=2, question_en="Why?")
    before = take(interview)
    question.question_en = "Why not?"
    question.save()
    assert changes(interview, before) == [("Question and answer 2", "Question (English)", "Why?", "Why not?")]


def test_added_and_removed_parts_are_called_so_and_tell_all_that_they_say():
    programme = ProgrammeFactory()
    gone = MaterialFactory(programme=programme, title_en="Manual", url="https://example.org/old")
    before = take(programme)
    gone.delete()
    MaterialFactory(programme=programme, title_en="Guide", url="https://example.org/new")
    assert changes(programme, before) == [
        ("Material (removed)", "Title (English)", "Manual", ""),
        ("Material (removed)", "Link", "https://example.org/old", ""),
        ("Material (added)", "Title (English)", "", "Guide"),
        ("Material (added)", "Link", "", "https://example.org/new"),
    ]


def test_questions_that_traded_places_differ_in_their_order_alone():
    interview = InterviewFactory()
    first, second = (ExchangeFactory(interview=interview, order=number) for number in (1, 2))
    before = take(interview)
    for number, order in ((first.pk, 3), (second.pk, 1), (first.pk, 2)):
        Exchange.objects.filter(pk=number).update(order=order)
    assert changes(interview, before) == [
        ("Question and answer 1", "Order", "2", "1"),
        ("Question and answer 2", "Order", "1", "2"),
    ]


def test_photo_under_a_question_that_is_gone_names_it_as_it_was():
    interview = InterviewFactory()
    question = ExchangeFactory(interview=interview, order=1, question_en="Why?")
    photo = InterviewPhotoFactory(interview=interview, exchange=question)
    before = take(interview)
    question.delete()
    photo.refresh_from_db()
    assert ("Photo", "After question", "1. Why?", "") in changes(interview, before)


def test_other_colleague_and_role_in_an_engagement():
    engagement = EngagementFactory()
    part = EngagementStaffFactory(engagement=engagement, profile=ProfileFactory(family_name="Soto"), role="lead")
    before = take(engagement)
    part.profile, part.role = ProfileFactory(given_name="Luis", family_name="Paz"), "trainer"
    part.save()
    assert changes(engagement, before) == [
        ("Member of staff", "Profile", "Ana Soto", "Luis Paz"),
        ("Member of staff", "Role", "Lead", "Trainer"),
    ]


def test_no_more_queries_for_fifty_parts_than_for_one():
    def queries(number: int) -> int:
        engagement = EngagementFactory()
        before = take(engagement)
        with together():
            for _ in range(number):
                EngagementStaffFactory(engagement=engagement)
        after = take(engagement)
        with CaptureQueriesContext(connection) as captured:
            compare(type(engagement), before, after)
        return len(captured)

    assert queries(1) == queries(50)


# Words


def pieces(before: str, after: str) -> list[tuple[str, str]]:
    return Change("", "", before, after).pieces


def test_changed_phrase_is_one_piece():
    assert pieces("I like red apples very much", "I like green pears very much indeed") == [
        ("same", "I like "),
        ("gone", "red apples"),
        ("new", "green pears"),
        ("same", " very much"),
        ("new", " indeed"),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "all new"),
        ("all gone", ""),
        ("one two three", "three two one"),
        ("two\n\nparagraphs", "two paragraphs"),
        ("a  b ", " a b"),
        ("один 二 ثلاثة", "один 三 ثلاثة"),
        ("a b c d e f", "f e d c b a"),
    ],
)
def test_pieces_together_are_both_texts(before, after):
    found = pieces(before, after)
    assert "".join(text for state, text in found if state != "new") == before
    assert "".join(text for state, text in found if state != "gone") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a b " * 2000, "b a " * 2000),
        ("word " * 4000, "word other " * 2000),
        ("x" * 1_000_000, "y" * 1_000_000),
        ("a " * 300_000, "b " * 300_000),
    ],
)
def test_hostile_long_text_stays_fast(before, after):
    found = assert_takes_less_than(1, pieces, before, after)
    assert "".join(text for state, text in found if state != "gone") == after
