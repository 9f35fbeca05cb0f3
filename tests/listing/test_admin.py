"""Lists of the admin that are too long to be counted."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from engagements.models import Engagement
from listing import paging
from tests.factories import LONG_AGO, EngagementFactory, ProfileFactory
from tests.pages import text

pytestmark = pytest.mark.django_db

LIST = reverse("admin:engagements_engagement_changelist")


@pytest.fixture
def many(monkeypatch):
    """250 engagements, a hundred a page, of which 150 are counted."""
    monkeypatch.setattr(paging, "COUNTED", 150)
    Engagement.objects.bulk_create(
        Engagement(
            title_en=f"Workshop {number}",
            slug="workshop",
            kind="workshop",
            country_id="PE",
            start_date=date(2019, 1, 1),
            status="published" if number % 2 else "draft",
            publish_at=LONG_AGO,
        )
        for number in range(250)
    )


def test_a_long_list_says_that_there_are_more(staff_client, many):
    with CaptureQueriesContext(connection) as captured:
        words = text(staff_client.get(LIST))
    assert "150+ engagements" in words
    assert "Select all 150+ engagements" in words
    counting = [query["sql"] for query in captured if "COUNT(*)" in query["sql"] and '"kind"' not in query["sql"]]
    assert [sql for sql in counting if "LIMIT" not in sql and "engagements_engagement" in sql] == []


def test_its_pages_are_leafed_through_to_the_end(staff_client, many):
    pages = [staff_client.get(LIST, {"p": page}).context["cl"] for page in (1, 2, 3)]
    assert [len(page.result_list) for page in pages] == [100, 100, 50]
    assert staff_client.get(LIST, {"p": 9}).status_code == 302


def test_a_short_list_is_counted_as_ever(staff_client):
    EngagementFactory.create_batch(2, country_id="PE")
    assert "2 engagements" in text(staff_client.get(LIST))


def test_filters_offer_the_records_that_some_row_has_also_a_draft(staff_client):
    EngagementFactory(country_id="PE", draft=True)
    EngagementFactory(country_id="KE")
    filters = {
        each.field_path: each
        for each in staff_client.get(LIST).context["cl"].filter_specs
        if hasattr(each, "field_path")
    }
    assert sorted(label for _key, label in filters["country"].lookup_choices) == ["Kenya", "Peru"]
    assert [str(label) for _key, label in filters["country__region"].lookup_choices] == ["Africa", "Americas"]


def test_suggestions_of_long_lists_still_come_in_pages(staff_client):
    ProfileFactory.create_batch(25, family_name="Quispe")
    field = {"app_label": "engagements", "model_name": "engagementstaff", "field_name": "profile", "term": "Quispe"}
    pages = [staff_client.get(reverse("admin:autocomplete"), field | {"page": page}).json() for page in (1, 2)]
    assert [len(page["results"]) for page in pages] == [20, 5]
    assert [page["pagination"]["more"] for page in pages] == [True, False]
