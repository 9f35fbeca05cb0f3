import pytest

from search.indexing import together
from tests.factories import EngagementFactory, ProfileFactory, ProgrammeFactory
from tests.pages import addresses, text
from tests.search.test_searching import HOSTILE

pytestmark = pytest.mark.django_db


def test_results_are_grouped_by_kind_with_marks_and_facts(client):
    ProgrammeFactory(name_en="Rhododendron", slug="rhododendron")
    engagement = EngagementFactory(title_en="A course on rhododendrons", country_id="PE")
    response = client.get("/en/search/", {"q": "rhododendron"})
    page = response.content.decode()
    assert '<h2 id="found-programme">' in page
    assert '<h2 id="found-engagement">' in page
    assert "A course on <mark>rhododendrons</mark>" in page
    assert {"/en/programmes/rhododendron/", engagement.get_absolute_url()} <= set(addresses(response))
    assert "Engagement Peru 1–3 May 2019 Workshop or event" in text(response)
    assert "<title>Search results for “rhododendron”" in page
    assert '<meta name="robots" content="noindex">' in page


def test_five_of_a_kind_are_shown_and_a_link_leads_to_all(client):
    for number in range(7):
        EngagementFactory(title_en=f"Rhododendron {number}")
    response = client.get("/en/search/?q=rhododendron")
    (group,) = response.context["groups"]
    assert (len(group.results), group.total) == (5, 7)
    assert "All 7 engagements" in text(response)
    assert "?q=rhododendron&type=engagement" in addresses(response)


def test_one_kind_has_pages(client):
    with together():
        for number in range(25):
            EngagementFactory(title_en=f"Rhododendron {number}")
    ProgrammeFactory(name_en="Rhododendron")
    first = client.get("/en/search/?q=rhododendron&type=engagement")
    second = client.get("/en/search/?q=rhododendron&type=engagement&page=2")
    assert [len(page.context["groups"][0].results) for page in (first, second)] == [20, 5]
    assert "?q=rhododendron&type=engagement&page=2" in addresses(first)
    assert "Programmes 1" in text(first)


def test_what_was_meant_is_said(client):
    ProgrammeFactory(name_en="Rhododendron")
    assert "Showing results for “rhododendron”" in text(client.get("/en/search/?q=rhododendorn"))


def test_it_is_said_when_no_record_has_all_the_words(client):
    ProgrammeFactory(name_en="Rhododendron")
    assert "Nothing has all of these words" in text(client.get("/en/search/?q=rhododendron+qqqqqq"))


def test_without_a_query_the_page_says_what_can_be_searched(client):
    response = client.get("/en/search/")
    assert response.status_code == 200
    assert "You can search for people" in text(response)
    assert response.context["groups"] == []


def test_without_results_the_page_says_what_to_try(client):
    response = client.get("/en/search/?q=qqqqqqqqq&country=PE")
    assert "Nothing was found that has to do with Peru" in text(response)
    assert "?q=qqqqqqqqq" in addresses(response)


def test_bad_values_are_reported_and_the_rest_counts(client):
    EngagementFactory(title_en="Rhododendron")
    for address, message in [
        ("?q=rhododendron&type=zzz", "This value is not known here"),
        ("?q=rhododendron&country=ZZ", "This value is not known here"),
        ("?q=rhododendron&country=%00", "Null characters are not allowed"),
        ("?q=rhododendron&type=engagement&page=99", "There is no page “99”"),
        ("?q=rhododendron&type=engagement&page=abc", "There is no page “abc”"),
    ]:
        response = client.get(f"/en/search/{address}")
        assert response.status_code == 200
        assert message in text(response), address
        assert "Rhododendron" in [str(result.record) for result in response.context["groups"][0].results]
    assert "Null characters are not allowed" in text(client.get("/en/search/?q=%00"))
    assert "longer than 200 letters" in text(client.get("/en/search/", {"q": "a" * 10_000}))


@pytest.mark.parametrize("query", HOSTILE)
def test_no_query_breaks_the_page(client, query):
    query = query.encode(errors="surrogatepass")
    for page in ("/en/search/", "/fr/search/suggestions/"):
        response = client.get(page, {"q": query, "country": query, "type": query, "page": query})
        assert response.status_code == 200
        assert b"<script>alert" not in response.content


def test_the_box_is_on_every_page(client):
    for address in ("/en/", "/es/profiles/", "/fr/search/", "/en/no-such-page/"):
        page = client.get(address).content.decode()
        assert 'role="search"' in page, address
        assert f'hx-get="/{address[1:3]}/search/suggestions/"' in page, address


def test_a_fallback_text_is_marked_with_its_language(client):
    EngagementFactory(title_en="Rhododendron", title_es="", summary_en="Rhododendron everywhere")
    page = client.get("/es/search/?q=rhododendron").content.decode()
    assert ' lang="en"><mark>Rhododendron</mark></a>' in page
    assert '<p lang="en"><mark>Rhododendron</mark> everywhere</p>' in page


def test_suggestions_are_few_links_that_may_be_kept_a_minute(client):
    profile = ProfileFactory(given_name="Rhododendron")
    response = client.get("/en/search/suggestions/?q=rhodo")
    assert profile.get_absolute_url() in addresses(response)
    assert "1 suggestion." in text(response)
    assert response["Cache-Control"] == "public, max-age=60, s-maxage=0, must-revalidate"
    assert "Cookie" not in response.get("Vary", "")
    assert len(response.content) < 1000
    assert "No suggestions." in text(client.get("/en/search/suggestions/?q=qqqqqqqqq"))
    assert text(client.get("/en/search/suggestions/")) == ""
