"""Every kind of record comes into the index when it becomes public, changes with it, and leaves it again."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.migrations import Migration
from django.urls import reverse
from django.utils import timezone

from codelists.models import Country, Topic
from profiles.models import Position
from search import following
from search.indexing import together
from search.models import Entry, Word
from search.searching import find
from tests.factories import (
    EducationFactory,
    EngagementFactory,
    EngagementStaffFactory,
    ExchangeFactory,
    InterviewFactory,
    InterviewPhotoFactory,
    MaterialFactory,
    ModuleFactory,
    OfficeFactory,
    OrganisationFactory,
    PositionFactory,
    ProfileFactory,
    ProgrammeFactory,
    SeriesFactory,
)
from tests.publishing.admin_forms import filled_in
from tests.search.reading import entry, everything_held, is_found

pytestmark = pytest.mark.django_db

# A factory of each kind with a field of its title and one of its text.
PUBLISHABLE = [
    (ProfileFactory, "family_name", "summary_en"),
    (ProgrammeFactory, "name_en", "aim_en"),
    (EngagementFactory, "title_en", "summary_en"),
    (OrganisationFactory, "name_en", "description_en"),
    (InterviewFactory, "title_en", None),
]


@pytest.mark.parametrize(("factory", "title", "text"), PUBLISHABLE)
def test_a_record_is_found_once_it_is_published_and_no_more_when_archived(factory, title, text):
    words = {title: "Zanthoxylum"} | ({text: "Quixotic ways"} if text else {})
    record = factory(draft=True, **words)
    assert entry(record) is None
    assert "zanthox" not in everything_held()
    record.publish() if factory is not InterviewFactory else ExchangeFactory(interview=record).interview.publish()
    record.refresh_from_db()
    assert is_found("zanthoxylum", record)
    assert not text or is_found("quixotic", record)
    record.archive()
    assert entry(record) is None
    held = everything_held()
    assert "zanthox" not in held
    assert "quixot" not in held


@pytest.mark.parametrize(("factory", "title", "text"), PUBLISHABLE)
def test_a_changed_record_is_found_by_its_new_words_only(factory, title, text):
    record = factory(**{title: "Zanthoxylum"})
    setattr(record, title, "Rhododendron")
    record.save()
    assert is_found("rhododendron", record)
    assert "zanthox" not in everything_held()


@pytest.mark.parametrize(("factory", "title", "text"), PUBLISHABLE)
def test_a_deleted_record_leaves_nothing(factory, title, text):
    record = factory(**{title: "Zanthoxylum"})
    assert "zanthox" in everything_held()
    record.delete()
    assert "zanthox" not in everything_held()


def test_each_part_is_found_comes_and_goes():
    programme, profile, interview = ProgrammeFactory(), ProfileFactory(), InterviewFactory()
    photo = {"interview": interview, "caption_en": "Zanthoxylum", "image": ""}
    parts = [
        (programme, lambda: ModuleFactory(programme=programme, title_en="Zanthoxylum")),
        (programme, lambda: ModuleFactory(programme=programme, summary_en="Zanthoxylum")),
        (programme, lambda: MaterialFactory(programme=programme, title_en="Zanthoxylum")),
        (interview, lambda: ExchangeFactory(interview=interview, question_en="Zanthoxylum")),
        (interview, lambda: ExchangeFactory(interview=interview, answer_en="Zanthoxylum")),
        (interview, lambda: InterviewPhotoFactory(**photo)),
        (profile, lambda: PositionFactory(profile=profile, title_en="Zanthoxylum")),
        (profile, lambda: EducationFactory(profile=profile, title_en="Zanthoxylum")),
        (profile, lambda: profile.links.create(label_en="Zanthoxylum", url="https://example.org/")),
    ]
    for whole, make in parts:
        part = make()
        assert is_found("zanthoxylum", whole), part
        part.delete()
        assert "zanthox" not in everything_held()


def test_a_part_that_is_edited_is_found_by_its_new_words():
    exchange = ExchangeFactory(answer_en="Zanthoxylum")
    exchange.answer_en = "Rhododendron"
    exchange.save()
    assert is_found("rhododendron", exchange.interview)
    assert not is_found("zanthoxylum", exchange.interview)


def test_links_to_others_are_followed_from_both_ends():
    topic = Topic.objects.create(name_en="Zanthoxylum", slug="z")
    for record, links in [
        (ProfileFactory(), topic.profiles),
        (ProgrammeFactory(), topic.programmes),
        (EngagementFactory(), topic.engagements),
    ]:
        for add, take in [
            (lambda r=record: r.topics.add(topic), lambda r=record: r.topics.remove(topic)),
            (lambda r=record: r.topics.set([topic]), lambda r=record: r.topics.clear()),
            (lambda r=record, links=links: links.add(r), lambda r=record, links=links: links.remove(r)),
            (lambda r=record, links=links: links.add(r), lambda links=links: links.clear()),
        ]:
            add()
            assert "zanthoxylum" in entry(record).keywords.split()
            take()
            assert "zanthoxylum" not in entry(record).keywords.split()


def test_the_countries_of_a_position_are_followed():
    position = PositionFactory()
    position.countries.add("IS")
    assert is_found("iceland", position.profile)
    Country.objects.get(pk="IS").positions.clear()
    assert Position.objects.get().countries.count() == 0
    assert not is_found("iceland", position.profile)


def test_a_deleted_topic_leaves_those_who_had_it():
    topic = Topic.objects.create(name_en="Zanthoxylum", slug="z")
    engagement = EngagementFactory()
    engagement.topics.add(topic)
    topic.delete()
    assert "zanthox" not in everything_held()
    assert entry(engagement)


def named_records():
    """Publishable records, each with one that it is named in."""
    programme = ProgrammeFactory(name_en="Zanthoxylum")
    yield programme, EngagementFactory(programme=programme)
    profile = ProfileFactory(family_name="Zanthoxylum")
    yield profile, EngagementStaffFactory(profile=profile).engagement
    for tie in (
        lambda organisation: EngagementFactory.create().partners.add(organisation),
        lambda organisation: ProgrammeFactory.create().partners.add(organisation),
        lambda organisation: PositionFactory(organisation=organisation),
        lambda organisation: EducationFactory(organisation=organisation),
    ):
        organisation = OrganisationFactory(name_en="Zanthoxylum")
        tie(organisation)
        yield organisation, None


def test_who_is_named_in_others_is_found_there_only_while_public():
    for named, other in named_records():
        assert everything_held().count("zanthoxylum") > 3
        assert other is None or is_found("zanthoxylum", other)
        named.archive()
        assert "zanthox" not in everything_held(), named
        named.publish()
        assert other is None or is_found("zanthoxylum", other)
        for field in ("name_en", "family_name"):
            if hasattr(named, field):
                setattr(named, field, "Rhododendron")
        named.save()
        assert "zanthox" not in everything_held(), named
        assert other is None or is_found("rhododendron", other)


def test_an_interview_is_as_public_as_the_person():
    interview = InterviewFactory(title_en="Zanthoxylum")
    interview.profile.archive()
    assert "zanthox" not in everything_held()
    interview.profile.publish()
    assert is_found("zanthoxylum", interview)


def test_names_without_a_page_are_followed_too():
    office, series = OfficeFactory(city_en="Zanthoxylum"), SeriesFactory(name_en="Zanthoxylum")
    profile, interview = ProfileFactory(office=office), InterviewFactory(series=series)
    assert is_found("zanthoxylum", profile)
    assert is_found("zanthoxylum", interview)
    office.city_en, series.name_en = "Rhododendron", "Rhododendron"
    office.save()
    series.save()
    assert is_found("rhododendron", profile)
    assert is_found("rhododendron", interview)
    assert "zanthox" not in everything_held()


def test_the_index_goes_back_with_the_transaction():
    def fail_afterwards():
        with transaction.atomic():
            ProgrammeFactory(name_en="Zanthoxylum")
            assert "zanthox" in everything_held()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_afterwards()
    assert "zanthox" not in everything_held()


def test_many_changes_are_indexed_once_at_their_end():
    interview = InterviewFactory()
    with together():
        for number in range(30):
            ExchangeFactory(interview=interview, answer_en=f"Zanthoxylum {number}")
        assert not is_found("zanthoxylum", interview)
    assert is_found("zanthoxylum", interview)


def test_nothing_is_indexed_of_a_group_of_changes_that_fails():
    def fail_afterwards():
        with together():
            ProgrammeFactory(name_en="Zanthoxylum")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_afterwards()
    assert "zanthox" not in everything_held()
    assert is_found("rhododendron", ProgrammeFactory(name_en="Rhododendron"))


def test_a_word_is_known_as_long_as_a_title_has_it():
    one, other = ProgrammeFactory(name_en="Zanthoxylum one"), ProgrammeFactory(name_en="Zanthoxylum two")
    assert Word.objects.get(language="en", text="zanthoxylum").uses == 2
    one.archive()
    assert Word.objects.get(language="en", text="zanthoxylum").uses == 1
    other.delete()
    assert not Word.objects.filter(text="zanthoxylum").exists()


def test_the_code_lists_are_in_the_index_from_the_first_migration_on():
    assert Entry.objects.filter(kind="country", language="fr").count() == 249
    assert Entry.objects.filter(kind="region").count() == 15
    assert Entry.objects.filter(kind="topic").count() == 72


def test_an_entry_remembers_the_language_of_what_it_shows():
    engagement = EngagementFactory(title_en="Course", title_es="Curso", summary_en="Words")
    spanish, french = entry(engagement, "es"), entry(engagement, "fr")
    assert (spanish.title, spanish.title_language) == ("Curso", "es")
    assert (french.title, french.title_language) == ("Course", "en")
    assert spanish.passages == [["Words", "en"]]


def test_an_unchanged_record_writes_nothing():
    programme = ProgrammeFactory()
    before = list(Entry.objects.filter(kind="programme").values_list("pk", flat=True))
    programme.updated_at = timezone.now() + timedelta(seconds=1)
    programme.save()
    assert list(Entry.objects.filter(kind="programme").values_list("pk", flat=True)) == before


def test_parts_put_into_another_order_stand_so_in_the_index(staff_client):
    programme = ProgrammeFactory(aim_en="Aim")
    for order, title in enumerate(["First", "Second"], start=1):
        ModuleFactory(programme=programme, order=order, title_en=title)
    address = reverse("admin:programmes_programme_change", args=[programme.pk])
    data = filled_in(staff_client.get(address))
    changed = {"modules-0-position": 2, "modules-1-position": 1, "_step": "publish"}
    staff_client.post(address, data | changed)
    assert entry(programme).passages == [["Aim", "en"], ["Second", "en"], ["First", "en"]]


def test_many_records_published_and_archived_at_once_are_followed(staff_client):
    engagements = [EngagementFactory(draft=True, title_en=f"Zanthoxylum {number}") for number in range(3)]
    address = reverse("admin:engagements_engagement_changelist")
    chosen = {"_selected_action": [engagement.pk for engagement in engagements]}
    staff_client.post(address, {"action": "publish", **chosen})
    assert find("zanthoxylum", "en").totals == {"engagement": 3}
    staff_client.post(address, {"action": "archive", **chosen})
    assert "zanthox" not in everything_held()


def test_a_portal_that_gets_the_search_with_an_upgrade_has_its_records_in_it():
    programme = ProgrammeFactory(name_en="Zanthoxylum")
    Entry.objects.all().delete()
    following.migrated(plan=[(Migration("0002_other", "programmes"), False)])
    assert entry(Country.objects.get(pk="PE"))
    assert entry(programme) is None
    following.migrated(plan=[(Migration("0002_full_text", "search"), False)])
    assert is_found("zanthoxylum", programme)
