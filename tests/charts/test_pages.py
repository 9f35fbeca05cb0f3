"""The map and the timeline on the pages: what is public, and nothing else, under the filters in force."""

import gzip
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from engagements.models import Engagement
from programmes.models import Programme
from tests.charts.test_timeline import rows
from tests.charts.test_world_map_tag import links, table
from tests.factories import EngagementFactory, EngagementStaffFactory, ProfileFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db

MAP, TIMELINE = '<svg class="map"', '<svg class="years"'


def page(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_years_are_counted_by_the_start_and_have_no_gaps():
    for start in (date(2018, 12, 31), date(2018, 1, 1), date(2021, 6, 1)):
        EngagementFactory(start_date=start, end_date=date(2023, 1, 1))
    EngagementFactory(start_date=date(1987, 1, 1), draft=True)
    assert Engagement.objects.published().by_year() == [(2018, 2), (2019, 0), (2020, 0), (2021, 1)]


def test_without_engagements_there_are_no_years():
    assert Engagement.objects.published().by_year() == []


def test_years_are_one_query(django_assert_num_queries):
    EngagementFactory()
    with django_assert_num_queries(1):
        Engagement.objects.published().newest_first().by_year()


def test_home_leads_to_the_countries_with_public_engagements(client):
    EngagementFactory.create_batch(2, country_id="PE")
    EngagementFactory(country_id="KE", draft=True)
    html = page(client, "/en/")
    assert links(html) == {"Peru: 2 engagements": "/en/countries/pe/"}
    assert table(html) == [("/en/countries/pe/", "Peru", "2")]


def test_home_without_engagements_has_no_map(client):
    assert 'class="map"' not in page(client, "/en/")


def test_home_in_another_language_names_countries_in_it(client):
    EngagementFactory(country_id="DE")
    assert "/fr/countries/de/" in page(client, "/fr/")
    assert "Allemagne" in page(client, "/fr/")


def test_a_new_engagement_is_on_the_map_at_once(client):
    EngagementFactory(country_id="PE")
    page(client, "/en/")
    EngagementFactory(country_id="PE")
    assert "Peru: 2 engagements" in links(page(client, "/en/"))


def test_a_programme_leads_to_its_engagements_in_the_country(client):
    EngagementFactory(country_id="PE", programme=ProgrammeFactory(slug="my-coop"))
    EngagementFactory(country_id="PE")
    assert links(page(client, "/en/programmes/my-coop/")) == {
        "Peru: 1 engagement": "/en/engagements/?programme=my-coop&country=PE"
    }


def test_a_region_shows_its_countries_and_years(client):
    EngagementFactory(country_id="PE", start_date=date(2018, 1, 1))
    EngagementFactory(country_id="KE", start_date=date(2019, 1, 1))
    html = page(client, "/en/regions/americas/")
    assert links(html) == {"Peru: 1 engagement": "/en/countries/pe/"}
    assert rows(html)[-1] == ("2018", "1")


def test_the_engagement_list_counts_under_its_filters_and_keeps_them(client):
    EngagementFactory(country_id="PE", kind="workshop")
    EngagementFactory(country_id="PE", kind="pilot")
    EngagementFactory(country_id="KE", kind="workshop")
    html = page(client, "/en/engagements/?kind=workshop&sort=country")
    assert links(html).keys() == {"Kenya: 1 engagement", "Peru: 1 engagement"}
    address = links(html)["Peru: 1 engagement"]
    assert parse_qs(urlsplit(address).query) == {"kind": ["workshop"], "sort": ["country"], "country": ["PE"]}
    assert page(client, address).count("<article") == 1


def test_a_list_of_one_country_leads_to_its_page_and_its_map_is_folded(client):
    EngagementFactory.create_batch(2, country_id="PE")
    EngagementFactory(country_id="KE", draft=True)
    html = page(client, "/en/engagements/?country=PE")
    assert '<a class="more" href="/en/countries/pe/">Peru at a glance' in html
    assert links(html).keys() == {"Peru: 2 engagements"}
    assert '<details class="map-fold" id="map">' in html


def test_later_pages_of_the_list_have_no_map(client):
    EngagementFactory(country_id="KE")
    EngagementFactory.create_batch(21, country_id="PE")
    assert links(page(client, "/en/engagements/")) != {}
    assert 'class="map"' not in page(client, "/en/engagements/?page=2")


@pytest.mark.parametrize(
    ("address", "query"),
    [
        ("/en/countries/pe/", "country=PE"),
        ("/en/programmes/my-coop/", "programme=my-coop"),
        ("/en/profiles/ana/", "profile=ana"),
        ("/en/regions/americas/", "region=americas"),
    ],
)
def test_years_lead_to_the_engagements_of_the_page(client, address, query):
    programme, profile = ProgrammeFactory(slug="my-coop"), ProfileFactory(slug="ana")
    engagement = EngagementFactory(country_id="PE", programme=programme, start_date=date(2018, 3, 1))
    EngagementStaffFactory(engagement=engagement, profile=profile)
    hidden = EngagementFactory(country_id="PE", programme=programme, start_date=date(1987, 3, 1), draft=True)
    EngagementStaffFactory(engagement=hidden, profile=profile)
    html = page(client, address)
    assert f'href="/en/engagements/?{query}&amp;year_to=2018&amp;year_from=2018">2018</a>' in html
    assert "1987" not in html
    assert page(client, f"/en/engagements/?{query}&year_to=2018&year_from=2018").count("<article") == 1


def test_a_page_without_engagements_has_no_timeline(client):
    ProgrammeFactory(slug="my-coop")
    assert TIMELINE not in page(client, "/en/programmes/my-coop/")
    EngagementFactory(programme=Programme.objects.get(slug="my-coop"))
    assert TIMELINE in page(client, "/en/programmes/my-coop/")


def test_home_with_half_the_world_on_its_map_weighs_under_a_hundred_kilobytes(client):
    codes = (
        "PE BO CO EC CL AR BR UY PY MX GT HN SV NI CR PA CU DO HT JM TT KE UG TZ RW BI ET SO SD EG MA TN DZ LY SN ML"
    )
    codes += " NG GH CI BJ TG CM CD CG GA AO ZM ZW MW MZ MG ZA LS SZ NA BW IN NP BD LK MM TH LA KH VN MY ID PH TL CN MN"
    for code in codes.split():
        EngagementFactory(country_id=code)
    html = page(client, "/en/")
    assert len(html) < 100_000
    assert len(gzip.compress(html.encode())) < 30_000
