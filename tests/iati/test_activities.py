"""What an engagement says as an activity of IATI 2.03."""

from datetime import UTC, date, datetime

import pytest
from django.test import override_settings
from lxml import etree

from codelists.models import SustainableDevelopmentGoal, Topic
from engagements.models import Engagement
from organisations.models import Organisation
from tests.factories import (
    EngagementFactory,
    EngagementStaffFactory,
    OrganisationFactory,
    ProgrammeFactory,
    full_engagement,
)
from tests.iati.reading import ADDRESS, content, read, texts

pytestmark = pytest.mark.django_db


def only(client) -> etree._Element:
    (activity,) = read(client)
    return activity


def attributes(activity, path: str, *names: str) -> list[tuple]:
    return [tuple(one.get(name) for name in names) for one in activity.findall(path)]


def test_the_sample_content_is_valid_and_keeps_the_rules(fill_with_sample, client):
    fill_with_sample()
    assert len(read(client)) == Engagement.objects.published().count() > 60


def test_a_whole_engagement_is_valid(client):
    full_engagement()
    activity = only(client)
    assert len(activity.findall("participating-org")) == 3


def test_the_identifier_is_the_publisher_s_with_the_number(client):
    engagement = EngagementFactory()
    assert only(client).findtext("iati-identifier") == f"XM-DAC-41302-COOP-{engagement.pk}"


@override_settings(IATI_ORGANISATION="XX-EX-7", IATI_ORGANISATION_TYPE="22", PUBLISHER="Union & <Co>")
def test_the_publisher_reports_answers_for_it_and_carries_it_out(client):
    engagement = EngagementFactory()
    activity = only(client)
    assert activity.findtext("iati-identifier") == f"XX-EX-7-COOP-{engagement.pk}"
    assert attributes(activity, "reporting-org", "ref", "type") == [("XX-EX-7", "22")]
    assert texts(activity.find("reporting-org")) == {"en": "Union & <Co>"}
    roles = attributes(activity, "participating-org", "ref", "type", "role")
    assert roles == [("XX-EX-7", "22", "2"), ("XX-EX-7", "22", "4")]


def test_texts_are_there_in_the_languages_that_have_them_and_in_no_other(client):
    EngagementFactory(
        title_en="Course", title_es="Curso", summary_en="A course.", summary_fr="Un cours.", results_es="<p>Bien.</p>"
    )
    activity = only(client)
    general, other = activity.findall("description")
    assert texts(activity.find("title")) == {"en": "Course", "es": "Curso"}
    assert (general.get("type"), texts(general)) == ("1", {"en": "A course.", "fr": "Un cours."})
    assert (other.get("type"), texts(other)) == ("4", {"es": "Bien."})


def test_the_file_is_the_same_in_every_language_of_the_visitor(client):
    full_engagement(summary_es="Un curso.")
    answers = {content(client.get(ADDRESS, headers={"accept-language": code})) for code in ("en", "es", "fr", "ar")}
    assert len(answers) == 1


def test_partners_have_a_name_and_a_type_and_no_made_up_reference(client):
    engagement = EngagementFactory(country_id="PE")
    expected = []
    for kind, country, code in [
        ("government", "PE", "10"),
        ("cooperative", "PE", "70"),
        ("federation", "PE", "90"),
        ("employers", "PE", "90"),
        ("workers", "PE", "90"),
        ("university", "PE", "80"),
        ("ngo", "PE", "24"),
        ("ngo", "CH", "21"),
        ("ngo", None, "21"),
        ("un-agency", None, "40"),
        ("intergovernmental", None, "40"),
        ("company", "PE", "70"),
    ]:
        engagement.partners.add(OrganisationFactory(kind=kind, country_id=country))
        expected.append((None, code, "4"))
    assert attributes(only(client), "participating-org", "ref", "type", "role")[2:] == expected
    assert {kind for kind, _label in Organisation.Kind.choices} <= {one.kind for one in engagement.partners.all()}


def dates_of(client) -> dict[str, str]:
    return dict(attributes(only(client), "activity-date", "type", "iso-date"))


@pytest.mark.parametrize(
    ("status", "dates"),
    [
        ("1", {"1": "2019-05-01", "3": "2019-05-03"}),
        ("2", {"2": "2019-05-01", "3": "2019-05-03"}),
        ("3", {"2": "2019-05-01", "4": "2019-05-03"}),
        ("4", {"2": "2019-05-01", "4": "2019-05-03"}),
        ("5", {"1": "2019-05-01", "3": "2019-05-03"}),
        ("6", {"2": "2019-05-01", "3": "2019-05-03"}),
    ],
)
def test_dates_are_planned_or_actual_as_the_status_says(client, status, dates):
    EngagementFactory(activity_status=status)
    assert dates_of(client) == dates
    assert attributes(only(client), "activity-status", "code") == [(status,)]


@pytest.mark.parametrize("status", ["2", "3", "4", "6"])
def test_no_actual_date_is_in_the_future_whatever_the_status(client, status):
    EngagementFactory(activity_status=status, start_date=date(2099, 1, 1), end_date=date(2099, 2, 1))
    assert dates_of(client) == {"1": "2099-01-01", "3": "2099-02-01"}


def test_one_that_is_over_before_its_end_keeps_the_end_as_planned(client):
    EngagementFactory(activity_status="4", end_date=date(2099, 2, 1))
    assert dates_of(client) == {"2": "2019-05-01", "3": "2099-02-01"}


def test_without_an_end_it_was_over_when_it_began_or_goes_on(client):
    engagement = EngagementFactory(activity_status="4", end_date=None)
    assert dates_of(client) == {"2": "2019-05-01", "4": "2019-05-01"}
    Engagement.objects.filter(pk=engagement.pk).update(start_date=date(2019, 1, 1), start_precision="year")
    assert dates_of(client) == {"2": "2019-01-01", "4": "2019-12-31"}
    Engagement.objects.filter(pk=engagement.pk).update(activity_status="2")
    assert dates_of(client) == {"2": "2019-01-01"}


def test_a_month_or_year_becomes_its_first_and_last_day_and_says_so(client):
    EngagementFactory(
        start_date=date(2020, 2, 1), start_precision="month", end_date=date(2020, 2, 29), end_precision="month"
    )
    start, end = only(client).findall("activity-date")
    assert (start.get("iso-date"), end.get("iso-date")) == ("2020-02-01", "2020-02-29")
    assert texts(start)["en"] == "February 2020; the exact day is not known"
    assert set(texts(start)) == {"en", "es", "fr"}


def test_a_day_needs_no_words(client):
    EngagementFactory()
    assert [texts(one) for one in only(client).findall("activity-date")] == [{}, {}]


def test_what_was_over_in_a_year_that_goes_on_was_over_when_that_was_written(client):
    engagement = EngagementFactory(
        start_date=date(2024, 1, 1), start_precision="year", end_date=date(2024, 12, 31), end_precision="year"
    )
    Engagement.objects.filter(pk=engagement.pk).update(updated_at=datetime(2024, 6, 5, 12, tzinfo=UTC))
    assert dates_of(client) == {"2": "2024-01-01", "4": "2024-06-05"}


def test_the_sector_is_the_section_of_isic_or_not_specified(client):
    engagement = EngagementFactory(sector_id="A")
    (sector,) = only(client).findall("sector")
    assert (sector.get("vocabulary"), sector.get("code")) == ("99", "A")
    assert set(texts(sector)) == {"en", "es", "fr"}
    Engagement.objects.filter(pk=engagement.pk).update(sector=None)
    assert attributes(only(client), "sector", "vocabulary", "code") == [("1", "99810")]


def test_tags_are_the_goals_of_the_programme_the_programme_and_the_topics(client):
    programme, topic = ProgrammeFactory(), Topic.objects.get(slug="youth")
    programme.sdgs.set(SustainableDevelopmentGoal.objects.filter(pk__in=[8, 5]))
    EngagementFactory(programme=programme).topics.add(topic)
    assert attributes(only(client), "tag", "vocabulary", "vocabulary-uri", "code") == [
        ("2", None, "5"),
        ("2", None, "8"),
        ("99", "http://testserver/api/v1/programmes/", str(programme.pk)),
        ("99", "http://testserver/api/v1/topics/", str(topic.pk)),
    ]


def test_links_lead_to_the_page_and_to_the_source(client):
    engagement = EngagementFactory(source_url="https://example.org/a report.PDF")
    page, source = only(client).findall("document-link")
    assert page.get("url") == f"http://testserver{engagement.get_absolute_url()}"
    assert client.get(page.get("url")).status_code == 200
    assert (source.get("url"), source.get("format")) == ("https://example.org/a%20report.PDF", "application/pdf")


def test_the_page_is_the_english_one_whatever_the_visitor_s_language(client):
    EngagementFactory()
    root = read(client, headers={"accept-language": "fr"})
    assert root.find(".//document-link").get("url").startswith("http://testserver/en/engagements/")


def test_people_trained_are_a_result_with_baseline_and_both_sexes(client):
    EngagementFactory(women_trained=12, men_trained=0)
    indicator = only(client).find("result/indicator")
    assert indicator.find("baseline").attrib == {"year": "2019", "iso-date": "2019-05-01", "value": "0"}
    actuals = [
        (one.get("value"), [tuple(dimension.attrib.values()) for dimension in one])
        for one in indicator.findall("period/actual")
    ]
    assert actuals == [("12", []), ("12", [("sex", "female")]), ("0", [("sex", "male")])]


def test_where_only_women_were_counted_there_is_no_total(client):
    EngagementFactory(women_trained=12)
    assert [(one.get("value"), len(one)) for one in only(client).findall(".//actual")] == [("12", 1)]


@pytest.mark.parametrize("values", [{}, {"women_trained": 5, "activity_status": "1"}])
def test_no_result_where_nobody_counted_or_nothing_began(client, values):
    EngagementFactory(**values)
    assert only(client).find("result") is None


def test_people_are_not_named(client):
    part = EngagementStaffFactory(profile__given_name="Zoraida")
    assert part.profile.given_name not in content(client.get(ADDRESS)).decode()
