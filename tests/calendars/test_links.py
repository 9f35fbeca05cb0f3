"""Where the calendars are found: the page of feeds, and the pages of countries and programmes."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagements.models import Engagement
from search.indexing import together
from tests.factories import EngagementFactory, ProgrammeFactory
from tests.pages import addresses

pytestmark = pytest.mark.django_db

PLANNED = {"activity_status": "1", "start_date": date(2099, 3, 1), "end_date": None}
PAGES = {
    "/en/countries/pe/": "/en/countries/pe/planned.ics",
    "/en/programmes/training/": "/en/programmes/training/planned.ics",
}


def calendars(client, page: str) -> list[str]:
    return [address for address in addresses(client.get(page)) if address.endswith(".ics")]


@pytest.fixture
def programme():
    return ProgrammeFactory(slug="training")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_leads_to_its_calendar_in_its_head_and_in_its_text(client, programme, page):
    EngagementFactory(programme=programme, **PLANNED)
    assert calendars(client, page) == [PAGES[page], PAGES[page]]
    assert f'<link rel="alternate" type="text/calendar" href="{PAGES[page]}"' in client.get(page).content.decode()
    assert client.get(PAGES[page]).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_where_nothing_public_is_planned_there_is_no_link(client, programme, page):
    EngagementFactory(programme=programme)
    EngagementFactory(programme=programme, **PLANNED | {"activity_status": "5"})
    for state in ("draft", "in_review", "scheduled", "archived"):
        EngagementFactory(programme=programme, **PLANNED, **{state: True})
    assert calendars(client, page) == []


def test_the_preview_of_a_programme_that_is_not_public_has_no_link(staff_client):
    EngagementFactory(programme=ProgrammeFactory(slug="coming", draft=True), **PLANNED)
    assert calendars(staff_client, "/en/programmes/coming/") == []


def test_regions_and_topics_have_no_calendar(client):
    EngagementFactory(**PLANNED)
    assert calendars(client, "/en/regions/americas/") == []


def test_the_page_of_feeds_names_all_calendars_that_have_something_planned(client, programme):
    EngagementFactory(programme=programme, **PLANNED)
    EngagementFactory(programme=ProgrammeFactory(slug="hidden", draft=True), country_id="BO", **PLANNED)
    EngagementFactory(country_id="CL")
    assert calendars(client, "/es/feeds/") == [
        "/es/planned.ics",
        "/es/programmes/training/planned.ics",
        "/es/countries/bo/planned.ics",
        "/es/countries/pe/planned.ics",
    ]
    Engagement.objects.update(activity_status="4")
    assert calendars(client, "/es/feeds/") == ["/es/planned.ics"]


def test_pages_ask_no_more_queries_for_fifty_plans_than_for_one(client, programme):
    def queries() -> list[int]:
        counts = []
        for page in [*PAGES, "/en/feeds/"]:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(page).status_code == 200
            counts.append(len(captured))
        return counts

    EngagementFactory(programme=programme, **PLANNED)
    queries()
    at_one = queries()
    with together():
        for number in range(49):
            other = ProgrammeFactory(slug=f"other-{number}")
            EngagementFactory(programme=programme, **PLANNED)
            EngagementFactory(programme=other, country_id=["BO", "CL"][number % 2], **PLANNED)
    assert queries() == at_one
