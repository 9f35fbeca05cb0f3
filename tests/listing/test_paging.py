"""Lists that are too long to be counted or leafed through to their end."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from engagements.filters import EngagementFilter
from engagements.models import Engagement
from listing import paging
from listing.paging import COUNTED, ListPaginator, Total
from tests.factories import LONG_AGO, EngagementFactory
from tests.pages import addresses, names, text

# Three filters: nobody knows beforehand how many rows fit them all.
LIST = "engagements/?country=PE&kind=workshop&status=4"
HTMX = {"HX-Request": "true", "HX-Target": "results"}


def make(number: int) -> None:
    """So many public workshops in Peru, "Workshop 0" the oldest."""
    Engagement.objects.bulk_create(
        Engagement(
            title=f"Workshop {each}",
            title_en=f"Workshop {each}",
            slug="workshop",
            kind="workshop",
            country_id="PE",
            start_date=date(2000, 1, 1) + timedelta(days=each),
            status="published",
            publish_at=LONG_AGO,
        )
        for each in range(number)
    )


@pytest.fixture
def short_pages(monkeypatch):
    """Three pages and no more can be leafed through, and all of their rows are counted and no more."""
    monkeypatch.setattr(paging, "MOST_PAGES", 3)


@pytest.mark.django_db
class TestNumberOfResults:
    def test_is_exact_up_to_the_limit(self, client):
        make(COUNTED)
        response = client.get(f"/en/{LIST}")
        assert response.context["paginator"].total == Total(COUNTED)
        words = text(response)
        assert "1,000 results page 1 of 50" in words
        assert "Show 1,000 results" in words
        assert "Download these 1,000 results" in words

    @pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("en", ["1,000+ results page 1", "Show 1,000+ results", "Download these 1,000+ results"]),
            ("es", ["1 000+ resultados página 1", "Mostrar 1 000+ resultados", "Descargar estos 1 000+ resultados"]),
            ("fr", ["1 000+ résultats page 1", "Afficher 1 000+ résultats", "Télécharger ces 1 000+ résultats"]),
        ],
    )
    def test_beyond_it_is_said_to_be_more_everywhere_alike(self, client, language, said, headers):
        make(COUNTED + 1)
        response = client.get(f"/{language}/{LIST}", headers=headers)
        words = " ".join(text(response).replace("\N{NO-BREAK SPACE}", " ").replace("\u202f", " ").split())
        for each in said:
            assert each in words
        with translation.override(language):
            heading = response.content.decode().partition('id="results-count"')[2].partition("</h2>")[0]
            assert str(response.context["paginator"].total) in heading
            assert "data-announce" in heading.partition(">")[0]

    def test_is_the_same_on_every_page(self, client):
        make(COUNTED + 50)
        for page in (1, 2, 51, 53):
            response = client.get(f"/en/{LIST}&page={page}")
            assert response.context["page_obj"].number == page
            assert response.context["paginator"].total == Total(COUNTED, is_more=True)
            assert "1,000+ results" in text(response)

    def test_is_not_counted_where_it_is_known(self, client, monkeypatch):
        make(30)
        monkeypatch.setattr(EngagementFilter, "known_count", lambda filterset: 30)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(f"/en/{LIST}")
        assert "30 results page 1 of 2" in text(response)
        assert not [query for query in captured if query["sql"].startswith("SELECT COUNT(*)")]

    def test_is_limited_where_an_empty_list_says_what_dropping_a_filter_gives(self, client):
        make(COUNTED + 1)
        response = client.get(f"/en/{LIST}&q=nothing-like-it")
        [way] = response.context["filterset"].ways_out
        assert way.total == Total(COUNTED, is_more=True)
        assert "nothing-like-it 1,000+ results" in text(response)


@pytest.mark.django_db
class TestLeafing:
    def test_goes_on_where_nobody_counted(self, client):
        make(COUNTED + 50)
        first = client.get(f"/en/{LIST}")
        assert "page=51" in " ".join(addresses(first))
        later = client.get(f"/en/{LIST}&page=51")
        assert later.context["page_obj"].has_next()
        assert names(later)[0] == "Workshop 49"
        last = client.get(f"/en/{LIST}&page=53")
        assert names(last) == [f"Workshop {each}" for each in range(9, -1, -1)]
        assert not last.context["page_obj"].has_next()

    def test_past_the_end_the_nearest_page_is_shown(self, client):
        make(COUNTED + 50)
        response = client.get(f"/en/{LIST}&page=400")
        assert "There is no page “400”. This is page 53." in text(response)
        assert names(response)[-1] == "Workshop 0"

    def test_ends_at_a_limit_and_says_what_else_there_is(self, client, short_pages):
        make(61)
        words = [text(client.get(f"/en/{LIST}&page={page}")) for page in (2, 3)]
        assert "its pages end here" not in words[0]
        assert "its pages end here" in words[1]
        page = client.get(f"/en/{LIST}&page=3").content.decode()
        assert '<a href="#filters-summary">' in page
        assert '<a href="#downloads">' in page
        assert 'id="filters-summary"' in page
        assert 'id="downloads"' in page

    @pytest.mark.parametrize("asked", ["4", "999999999999999999999999"])
    def test_a_page_beyond_the_limit_is_answered_by_the_last_one(self, client, short_pages, asked):
        make(61)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(f"/en/{LIST}&page={asked}")
        assert f"There is no page “{asked[:20]}”. This is page 3." in text(response)
        assert names(response)[0] == "Workshop 20"
        assert not [query for query in captured if "OFFSET 60" in query["sql"]]

    def test_a_list_that_fits_says_nothing_of_a_limit(self, client, short_pages):
        make(60)
        assert "its pages end here" not in text(client.get(f"/en/{LIST}&page=3"))

    def test_also_ends_where_the_number_is_known(self, client, short_pages, monkeypatch):
        make(100)
        monkeypatch.setattr(EngagementFilter, "known_count", lambda filterset: 100)
        response = client.get(f"/en/{LIST}&page=3")
        assert "100 results page 3 of 3" in text(response)
        assert "its pages end here" in text(response)

    def test_costs_as_many_queries_at_50_rows_as_at_one(self, client):
        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(f"/en/{LIST}").status_code == 200
            return len(captured)

        EngagementFactory(country_id="PE", kind="workshop")
        client.get(f"/en/{LIST}")
        at_one = queries()
        make(50)
        assert queries() == at_one


class TestListPaginator:
    """Over what is no queryset it is Django's own paginator."""

    def test_pages_of_a_list_of_python(self):
        paginator = ListPaginator(list(range(45)), 20)
        assert (paginator.count, paginator.num_pages, paginator.total) == (45, 3, Total(45))
        assert paginator.page(3).object_list == [40, 41, 42, 43, 44]
        assert list(paginator.get_elided_page_range(1)) == [1, 2, 3]

    def test_an_empty_list_has_one_page(self):
        assert ListPaginator([], 20).page(1).object_list == []
