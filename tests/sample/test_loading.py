"""What the loader makes of the data files."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from codelists.models import Country
from engagements.models import Engagement
from organisations.models import Office, Organisation
from profiles.models import Exchange, Interview, Profile, Series
from programmes.models import Module, Programme
from publishing.models import Status
from sample.building import PUBLISHED_AT
from sample.loading import load


def updated_at() -> list:
    return [
        list(model.objects.order_by("pk").values_list("pk", "updated_at"))
        for model in (Organisation, Programme, Profile, Interview, Engagement)
    ]


def test_makes_each_record_with_its_texts_and_relations(content):
    report = content.load()

    engagement = Engagement.objects.get()
    assert engagement.programme.name_en == "Milk.Coop"
    assert engagement.programme.partners.get() == engagement.partners.get() == Organisation.objects.get()
    assert engagement.staff.get().office.name_es == "Oficina de Lima"
    assert engagement.engagement_staff.get().role == "trainer"
    assert [country.pk for country in Profile.objects.get().positions.get().countries.all()] == ["BO", "PE"]
    assert Interview.objects.get().series == Series.objects.get()
    assert report.created == 6
    assert not report.left_alone


def test_parts_stand_in_the_order_of_the_file(content):
    content.load()

    assert list(Module.objects.values_list("order", "title_en")) == [(1, "Cows"), (2, "Cans")]
    assert list(Exchange.objects.values_list("order", "question_en")) == [(1, "Why?"), (2, "How?")]


def test_what_can_be_published_is_published_at_a_fixed_moment(content):
    content.load()

    for model in (Organisation, Programme, Profile, Interview, Engagement):
        record = model.objects.published().get()
        assert record.publish_at == PUBLISHED_AT


def test_the_file_can_ask_for_another_status(content):
    content.organisation["status"] = "draft"
    content.programme["publish_at"] = "2090-01-01T00:00:00Z"
    content.load()

    organisation = Organisation.objects.get()
    assert organisation.status == Status.DRAFT
    assert organisation.publish_at is None
    assert Programme.objects.get().is_scheduled


def test_dates_of_engagements_are_as_precise_as_in_the_file(content):
    content.engagement |= {"start": "2019-05", "end": "2020"}
    content.load()

    engagement = Engagement.objects.get()
    assert (engagement.start_date, engagement.start_precision) == (date(2019, 5, 1), "month")
    assert (engagement.end_date, engagement.end_precision) == (date(2020, 12, 31), "year")


def test_an_office_can_cover_a_region(content):
    del content.office["countries_covered"]
    content.office["region_covered"] = "arab-states"
    content.load()

    covered = Office.objects.get().countries_covered.all()
    assert set(covered) == set(Country.objects.filter(region="arab-states"))
    assert covered.filter(pk="JO").exists()


def test_a_second_run_writes_nothing(content):
    content.load()
    before = updated_at()

    with CaptureQueriesContext(
        connection,
    ) as queries:
        report = load(content.directory)

    written = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert written == []
    assert updated_at() == before
    assert (report.created, report.updated, report.unchanged) == (0, 0, 6)
    assert not report.left_alone


def test_a_changed_data_file_changes_the_record_that_nobody_touched(content):
    content.load()
    before = Programme.objects.get()
    content.programme["aim"] = {"en": "Cooler milk, sooner.", "fr": "Du lait plus frais."}
    content.programme["modules"] = [{"title": {"en": "Cans"}}]
    content.programme["topics"] = ["youth"]
    report = content.load()

    programme = Programme.objects.get()
    assert programme.pk == before.pk
    assert programme.created_at == before.created_at
    assert programme.aim_en == "Cooler milk, sooner."
    assert programme.aim_fr == "Du lait plus frais."
    assert programme.modules.get().title_en == "Cans"
    assert programme.topics.get().slug == "youth"
    assert (report.created, report.updated, report.unchanged) == (0, 1, 5)


def test_what_is_taken_out_of_a_data_file_is_taken_out_of_the_record(content):
    content.load()
    for name in ("programme", "partners", "engagement_staff"):
        del content.engagement[name]
    content.load()

    engagement = Engagement.objects.get()
    assert engagement.programme is None
    assert not engagement.partners.exists()
    assert not engagement.staff.exists()


def test_after_a_change_of_the_data_file_the_record_is_still_untouched(content):
    content.load()
    content.programme["aim"] = {"en": "Second."}
    content.load()
    content.programme["aim"] = {"en": "Third."}
    report = content.load()

    assert Programme.objects.get().aim_en == "Third."
    assert not report.left_alone


def test_a_new_record_in_the_files_is_added(content):
    content.load()
    content.more_engagements = [content.engagement | {"key": "bo-milk", "country": "BO"}]
    report = content.load()

    assert Engagement.objects.count() == 2
    assert (report.created, report.updated, report.unchanged) == (1, 0, 6)


def test_the_language_of_the_moment_does_not_matter(content):
    with translation.override("es"):
        content.load()

    # The column without a language, which modeltranslation fills from the language of the moment.
    assert Office.objects.rewrite(False).values_list("name", flat=True).get() == "Office in Lima"
    assert content.load().unchanged == 6
