"""The calendars of planned engagements, by the rules of RFC 5545."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from calendars import events
from codelists.models import Topic
from engagements.models import Engagement
from search.indexing import together
from tests.factories import (
    EngagementFactory,
    EngagementStaffFactory,
    OrganisationFactory,
    ProfileFactory,
    ProgrammeFactory,
)

pytestmark = pytest.mark.django_db

SOON = date.today() + timedelta(days=100)


def planned(**values) -> Engagement:
    """Something planned for a day of next year."""
    return EngagementFactory(**{"activity_status": "1", "start_date": SOON, "end_date": None} | values)


def calendar(client, address: str = "/en/planned.ics") -> Calendar:
    """The calendar, checked as far as the standard says what must be there."""
    response = client.get(address)
    assert response.status_code == 200, address
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    lines = response.content.split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 75 for line in lines)  # section 3.1, in octets
    assert not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", b"".join(lines))
    response.content.decode()
    (read,) = Calendar.from_ical(response.content, multiple=True)
    assert read.errors == []
    assert read["version"] == "2.0"
    assert read["prodid"]
    assert "method" not in read
    assert read.subcomponents  # section 3.6: at least one component
    identifiers = [str(event["uid"]) for event in read.events]
    assert len(identifiers) == len(set(identifiers))
    for event in read.events:
        assert event.errors == []
        assert {"uid", "dtstamp", "dtstart", "dtend", "summary", "status", "transp", "url"} <= {*map(str.lower, event)}
        assert event["dtstart"].params["VALUE"] == event["dtend"].params["VALUE"] == "DATE"
        assert event["dtstart"].dt < event["dtend"].dt
    return read


def event(client, address: str = "/en/planned.ics"):
    (only,) = calendar(client, address).events
    return only


def summaries(client, address: str) -> list[str]:
    return [str(one["summary"]) for one in calendar(client, address).events]


def test_a_planned_engagement_is_an_event_with_all_that_is_public(client):
    engagement = planned(
        title_en="Course, part 1; dairy", summary_en="Two days.\nBring boots.", end_date=SOON + timedelta(days=1)
    )
    engagement.partners.add(OrganisationFactory(name_en="Union", acronym_en="U"))
    engagement.topics.add(Topic.objects.get(slug="youth"))
    EngagementStaffFactory(engagement=engagement, profile=ProfileFactory(given_name="Ana", family_name="Ruiz"))
    one = event(client)
    page = f"http://testserver{engagement.get_absolute_url()}"
    assert one["summary"] == "Course, part 1; dairy"
    assert (one["dtstart"].dt, one["dtend"].dt) == (SOON, SOON + timedelta(days=2))
    summary, facts = str(one["description"]).split("\n\n")
    assert summary == "Two days.\nBring boots."
    assert facts.splitlines() == [f"When: {engagement.period}", "Partners: Union (U)", "People: Ana Ruiz", page]
    assert one["location"] == "Peru"
    assert one["url"] == page
    assert [str(name) for name in one["categories"].cats] == ["Workshop or event", "Youth"]
    assert one["status"] == "CONFIRMED"
    assert one["transp"] == "TRANSPARENT"


def test_only_what_is_planned_or_called_off_is_in_it(client):
    for status, label in Engagement.ActivityStatus.choices:
        planned(activity_status=status, title_en=str(label))
    assert summaries(client, "/en/planned.ics") == ["Planned", "Cancelled: Cancelled"]
    assert [str(one["status"]) for one in calendar(client).events] == ["CONFIRMED", "CANCELLED"]


def test_what_should_have_been_over_for_a_year_is_left_out(client):
    today = timezone.localdate()
    for days, title in ((-400, "Forgotten"), (-300, "Late"), (30, "Coming")):
        planned(start_date=today + timedelta(days=days), title_en=title)
    planned(start_date=today - timedelta(days=400), end_date=today, title_en="Long")
    assert summaries(client, "/en/planned.ics") == ["Long", "Late", "Coming"]


def test_calendars_of_countries_and_programmes_have_what_belongs_to_them(client):
    programme = ProgrammeFactory(slug="training", name_en="Training")
    planned(title_en="Lima", country_id="PE", programme=programme)
    planned(title_en="La Paz", country_id="BO")
    assert summaries(client, "/en/countries/pe/planned.ics") == ["Lima"]
    assert summaries(client, "/en/programmes/training/planned.ics") == ["Lima"]
    assert summaries(client, "/en/planned.ics") == ["Lima", "La Paz"]


def test_a_calendar_has_a_name_an_address_and_an_interval(client):
    ProgrammeFactory(slug="training", name_en="Training, basic")
    for address, name, page in [
        ("/en/planned.ics", "COOP Portal: planned engagements", "/en/"),
        ("/en/countries/pe/planned.ics", "COOP Portal: planned engagements, Peru", "/en/countries/pe/"),
        (
            "/en/programmes/training/planned.ics",
            "COOP Portal: planned engagements, Training, basic",
            "/en/programmes/training/",
        ),
    ]:
        read = calendar(client, address)
        escaped = name.replace(",", "\\,")  # the library leaves what it does not know as it is
        assert read["name"] == read["x-wr-calname"] == escaped
        assert read["source"] == f"http://testserver{address}"
        assert read["url"] == f"http://testserver{page}"
        assert read["refresh-interval"].dt == timedelta(hours=12)
        assert read["refresh-interval"].params["VALUE"] == "DURATION"


def test_a_calendar_without_events_is_still_a_calendar(client):
    read = calendar(client, "/en/countries/kp/planned.ics")
    assert read.events == []
    assert [zone["tzid"] for zone in read.timezones] == ["Etc/UTC"]


@pytest.mark.parametrize(
    ("values", "first", "days", "summary"),
    [
        (
            {"start_date": date(2027, 3, 1), "start_precision": "month"},
            date(2027, 3, 1),
            1,
            "March 2027 (day not fixed): X",
        ),
        ({"start_date": date(2027, 1, 1), "start_precision": "year"}, date(2027, 1, 1), 1, "2027 (day not fixed): X"),
        (
            {
                "start_date": date(2027, 3, 1),
                "start_precision": "month",
                "end_date": date(2027, 5, 31),
                "end_precision": "month",
            },
            date(2027, 3, 1),
            1,
            "March 2027 – May 2027 (day not fixed): X",
        ),
        (
            {"start_date": date(2027, 3, 9), "end_date": date(2027, 5, 31), "end_precision": "month"},
            date(2027, 3, 9),
            1,
            "X",
        ),
        ({"start_date": date(2027, 3, 9), "end_date": date(2027, 3, 11)}, date(2027, 3, 9), 3, "X"),
        ({"start_date": date(2100, 12, 31), "end_date": date.max}, date(2100, 12, 31), None, "X"),
    ],
)
def test_an_inexact_date_takes_one_day_and_says_so(client, values, first, days, summary):
    planned(title_en="X", **values)
    one = event(client)
    assert one["dtstart"].dt == first
    assert days is None or one["dtend"].dt - first == timedelta(days=days)
    assert one["summary"] == summary
    assert one["status"] == ("TENTATIVE" if "not fixed" in summary else "CONFIRMED")


def test_the_language_is_that_of_the_address_and_english_says_that_it_is(client):
    planned(title_en="Course", title_es="Curso", summary_en="A course.")
    one = event(client, "/es/planned.ics")
    assert (str(one["summary"]), one["summary"].params["LANGUAGE"]) == ("Curso", "es")
    assert str(one["description"]).startswith("A course.")
    assert one["description"].params["LANGUAGE"] == "en"
    assert one["location"] == "Perú"
    assert "/es/engagements/" in one["url"]


def test_an_event_keeps_its_name_in_every_language_calendar_and_address(client):
    engagement = planned(programme=ProgrammeFactory(slug="training"))
    addresses = [
        "/en/planned.ics",
        "/fr/planned.ics",
        "/es/countries/pe/planned.ics",
        "/en/programmes/training/planned.ics",
    ]
    assert {str(event(client, address)["uid"]) for address in addresses} == {f"engagement-{engagement.pk}@testserver"}
    engagement.slug = "other"
    engagement.save()
    assert event(client)["uid"] == f"engagement-{engagement.pk}@testserver"


def test_times_are_those_of_the_last_change_and_not_of_asking(client):
    changed = datetime(2024, 3, 4, 5, 6, 7, tzinfo=UTC)
    Engagement.objects.filter(pk=planned().pk).update(updated_at=changed)
    assert event(client)["dtstamp"].dt == event(client)["last-modified"].dt == changed
    assert calendar(client)["last-modified"].dt == changed
    assert client.get("/en/planned.ics").content == client.get("/en/planned.ics").content


def test_an_invented_person_is_called_so(client):
    EngagementStaffFactory(
        engagement=planned(), profile=ProfileFactory(given_name="Ana", family_name="Ruiz", is_example=True)
    )
    assert "People: Ana Ruiz (invented example)" in event(client)["description"]


@pytest.mark.parametrize("state", ["draft", "in_review", "scheduled", "archived"])
def test_nothing_hidden_is_in_it(client, state):
    word = f"zzsecret{state}"
    hidden = {state: True}
    programme = ProgrammeFactory(name_en=word, slug=f"{state.replace('_', '-')}-programme", **hidden)
    engagement = planned(title_en="Open", programme=programme)
    engagement.partners.add(OrganisationFactory(name_en=word, **hidden))
    EngagementStaffFactory(engagement=engagement, profile=ProfileFactory(given_name=word, **hidden))
    planned(title_en=word, **hidden)
    planned(title_en=word, activity_status="5", **hidden)
    for address in ("/en/planned.ics", "/en/countries/pe/planned.ics"):
        assert summaries(client, address) == ["Open"]
        assert word not in client.get(address).content.decode()
    address = f"/en/programmes/{programme.slug}/planned.ics"
    assert client.get(address).status_code == 404
    programme.publish()
    assert summaries(client, address) == ["Open"]


@pytest.mark.parametrize(
    "address", ["/en/countries/zz/planned.ics", "/en/countries/PE/planned.ics", "/en/programmes/none/planned.ics"]
)
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_it_can_be_read_and_nothing_else(client):
    assert client.head("/en/planned.ics").status_code == 200
    assert client.post("/en/planned.ics").status_code == 405


def test_of_too_many_the_soonest_are_there(client, monkeypatch):
    monkeypatch.setattr(events, "MOST_EVENTS", 2)
    for days in (3, 1, 2):
        planned(title_en=f"{days}", start_date=SOON + timedelta(days=days))
    assert summaries(client, "/en/planned.ics") == ["1", "2"]


def test_it_asks_as_many_queries_for_fifty_events_as_for_one(client):
    programme = ProgrammeFactory(slug="training")

    def grow():
        engagement = planned(programme=programme)
        engagement.partners.add(OrganisationFactory())
        engagement.topics.set(Topic.objects.all()[:2])
        EngagementStaffFactory(engagement=engagement)

    def queries() -> list[int]:
        counts = []
        for address in ("/en/planned.ics", "/en/countries/pe/planned.ics", "/en/programmes/training/planned.ics"):
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            counts.append(len(captured))
        return counts

    grow()
    queries()
    at_one = queries()
    with together():
        for _number in range(49):
            grow()
    assert queries() == at_one
    assert max(at_one) <= 8


TEXT = st.one_of(
    st.sampled_from(
        ["\r\nEND:VEVENT\r\nBEGIN:VEVENT", "a\rb\x0bc\x0cd\x1c\x85\u2028", "\\n\\;\\,", "👩🏽‍🌾" * 60, "x" * 10_000, ""]
    ),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(title=TEXT, summary=TEXT, name=TEXT)
@override_settings(PUBLISHER="A\nB:C;D")
def test_hostile_texts_stay_texts(client, title, summary, name):
    Engagement.objects.all().delete()
    engagement = planned(summary_en=summary, slug="course")
    Engagement.objects.filter(pk=engagement.pk).update(title_en=title[:200])
    organisation = OrganisationFactory()
    engagement.partners.add(organisation)
    type(organisation).objects.filter(pk=organisation.pk).update(name_en=name[:250])
    one = event(client)
    assert str(one["summary"]).strip()
    assert one["uid"] == f"engagement-{engagement.pk}@testserver"
    printable = "".join(character for character in title[:200] if character.isprintable() and character != " ")
    if printable:
        assert "".join(char for char in str(one["summary"]) if char.isprintable() and char != " ") == printable
