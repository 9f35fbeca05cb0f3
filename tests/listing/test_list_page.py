"""What every filtered list does, shown on the programme catalogue and the engagement list."""

from urllib.parse import parse_qs, urlsplit

import pytest

from search.indexing import together
from tests.factories import EngagementFactory, OrganisationFactory, ProfileFactory, ProgrammeFactory
from tests.pages import addresses, facet, names, text

pytestmark = pytest.mark.django_db


def active(response) -> dict[str, str]:
    return {f"{filter_.label}: {filter_.value}": filter_.without for filter_ in response.context["filterset"].active}


class TestBadValues:
    @pytest.mark.parametrize(
        "query",
        [
            "country=ZZ",
            "country=",
            "country=%00",
            "region=atlantis",
            "programme=no-such",
            "profile=%00",
            "organisation=no-such",
            "kind=party",
            "sector=Z",
            "topic=nothing",
            "status=9",
            "sort=upside-down",
            "year_from=abc",
            "year_to=99999999999999999999",
            "year_from=-1",
            "q=" + "x" * 500,
            "q=%00",
            "page=9999",
            "page=0",
            "page=abc",
            "page=-1",
            "unknown=1",
            "country=PE'; DROP TABLE x; --",
        ],
    )
    def test_a_bad_value_breaks_nothing_and_leaves_the_list_as_it_is(self, client, query):
        EngagementFactory(title_en="Course in Lima")
        response = client.get(f"/en/engagements/?{query}")
        assert response.status_code == 200
        assert names(response) == ["Course in Lima"]

    @pytest.mark.parametrize(
        ("query", "message"),
        [
            ("country=ZZ", "not known here and was left out: “ZZ”"),
            ("kind=party", "not known here and was left out: “party”"),
            ("country=ZZ&country=YY", "were left out: “ZZ”, “YY”"),
            ("year_from=abc", "Enter a whole number"),
            ("year_from=1700", "greater than or equal to 1900"),
            ("sort=upside-down", "upside-down is not one of the available choices"),
            ("q=" + "x" * 500, "at most 200 characters"),
            ("page=9999", "There is no page “9999”. This is page 1."),
            ("year_from=2020&year_to=2010", "This year is before the first year"),
        ],
    )
    def test_a_bad_value_is_named_beside_its_field(self, client, query, message):
        EngagementFactory()
        assert message in text(client.get(f"/en/engagements/?{query}"))

    def test_good_values_beside_a_bad_one_still_count(self, client):
        EngagementFactory(title_en="Course in Lima", country_id="PE")
        EngagementFactory(title_en="Course in Nairobi", country_id="KE")
        response = client.get("/en/engagements/?country=ZZ&country=KE")
        assert names(response) == ["Course in Nairobi"]

    def test_a_record_that_is_not_public_is_as_unknown_as_one_that_does_not_exist(self, client):
        EngagementFactory(programme=ProgrammeFactory(slug="secret", name_en="Hidden.Coop", draft=True))
        hidden = text(client.get("/en/engagements/?programme=secret"))
        unknown = text(client.get("/en/engagements/?programme=sacred"))
        assert hidden.replace("secret", "sacred") == unknown
        assert "Hidden.Coop" not in hidden


class TestActiveFilters:
    def test_each_is_shown_with_a_way_to_remove_it(self, client):
        EngagementFactory(country_id="PE", kind="workshop")
        response = client.get("/en/engagements/?country=PE&country=CO&kind=workshop&q=work&year_from=2001&sort=oldest")
        filters = active(response)
        assert list(filters) == [
            "Search in the list: work",
            "Country: Peru",
            "Country: Colombia",
            "Kind: Workshop or event",
            "From year: 2001",
        ]
        without_peru = parse_qs(urlsplit(filters["Country: Peru"]).query)
        assert without_peru == {
            "country": ["CO"],
            "kind": ["workshop"],
            "q": ["work"],
            "year_from": ["2001"],
            "sort": ["oldest"],
        }
        assert {f"/en/engagements/{without}" for without in filters.values()} <= set(addresses(response))

    def test_removing_one_begins_at_the_first_page_again(self, client):
        EngagementFactory()
        assert "page" not in active(client.get("/en/engagements/?country=PE&page=2"))["Country: Peru"]

    def test_fields_left_empty_do_not_litter_the_addresses(self, client):
        EngagementFactory(country_id="PE")
        filters = active(client.get("/en/engagements/?q=&year_from=&country=PE&country=&kind=workshop"))
        assert filters == {"Country: Peru": "?kind=workshop", "Kind: Workshop or event": "?country=PE"}

    def test_without_the_last_one_the_address_is_that_of_the_whole_list(self, client):
        EngagementFactory(country_id="PE")
        response = client.get("/en/engagements/?country=PE")
        assert active(response) == {"Country: Peru": ""}
        assert "/en/engagements/" in addresses(response)

    def test_a_name_in_another_language_is_marked(self, client):
        EngagementFactory(programme=ProgrammeFactory(name_en="English only", slug="english"))
        page = client.get("/es/engagements/?programme=english").content.decode()
        assert '<b lang="en">English only</b>' in page


class TestNumberOfChosenValues:
    def test_stands_beside_the_name_of_the_facet_and_of_all_filters(self, client):
        EngagementFactory(country_id="PE", kind="workshop")
        words = text(client.get("/en/engagements/?country=PE&country=CO&kind=workshop"))
        assert "Country (2 in force )" in words
        assert "Kind (1 in force )" in words
        assert "Filters (3 in force )" in words
        assert "in force )" not in text(client.get("/en/engagements/"))


class TestProblems:
    def test_each_refused_value_is_listed_above_the_results_and_leads_to_its_field(self, client):
        EngagementFactory()
        response = client.get("/en/engagements/?year_from=abc&country=ZZ&country=PE&sort=upside-down")
        page = response.content.decode()
        assert "Please check 3 filters" in text(response)
        for field in ("year_from", "country", "sort"):
            assert f'<a href="#id_{field}">' in page
            assert page.count(f'id="id_{field}"') == 1
        assert page.index('id="problems"') < page.index('id="results-count"')

    def test_the_field_says_that_it_is_wrong_and_where_that_is_explained(self, client):
        EngagementFactory()
        page = client.get("/en/engagements/?year_from=abc").content.decode()
        field = page[: page.index('id="id_year_from"')].rsplit("<input", 1)[1]
        assert 'aria-invalid="true"' in field
        assert 'aria-describedby="id_year_from_error"' in field
        assert page.count('id="id_year_from_error"') == 1

    def test_facets_and_filters_stand_open_where_something_is_wrong(self, client):
        EngagementFactory()
        page = client.get("/en/engagements/?country=ZZ").content.decode()
        assert '<details class="facet" id="facet-country" open>' in page
        assert '<details class="filters-fold" open>' in page
        assert '<details class="filters-fold">' in client.get("/en/engagements/?country=PE").content.decode()

    def test_nothing_wrong_means_no_summary(self, client):
        EngagementFactory()
        assert 'id="problems"' not in client.get("/en/engagements/?country=PE").content.decode()


class TestPages:
    @pytest.fixture
    @together()
    def many(self):
        for number in range(45):
            EngagementFactory(title_en=f"Course {number}", country_id="PE" if number % 2 else "KE")

    def test_pages_keep_filters_and_order(self, client, many):
        response = client.get("/en/engagements/?country=PE&sort=oldest")
        links = [address for address in addresses(response) if "page=2" in address]
        assert links
        assert parse_qs(urlsplit(links[0]).query) == {"country": ["PE"], "sort": ["oldest"], "page": ["2"]}

    def test_pages_together_show_every_result_once(self, client, many):
        shown = [name for page in (1, 2, 3) for name in names(client.get(f"/en/engagements/?page={page}"))]
        assert len(shown) == len(set(shown)) == 45

    def test_a_page_that_is_not_there_is_the_last_one(self, client, many):
        response = client.get("/en/engagements/?page=9999")
        assert response.context["page_obj"].number == 3
        assert len(names(response)) == 5

    def test_the_form_keeps_what_was_asked(self, client, many):
        page = client.get("/en/engagements/?q=course&sort=oldest&country=PE").content.decode()
        assert 'name="q" value="course"' in page
        assert '<option value="oldest" selected>' in page
        assert 'value="PE" checked' in page


class TestLongFacets:
    def test_only_the_most_frequent_values_are_offered_and_the_page_says_so(self, client):
        busy = OrganisationFactory(name_en="Zebra Union")
        with together():
            for number in range(42):
                engagement = EngagementFactory()
                engagement.partners.add(OrganisationFactory(name_en=f"Union {number}"), busy)
        response = client.get("/en/engagements/")
        assert len(facet(response, "organisation")) == 40
        assert facet(response, "organisation")["Zebra Union"] == 42
        assert "Only the most frequent ones are offered" in text(response)

    def test_a_chosen_value_is_offered_even_when_it_is_rare(self, client):
        rare = OrganisationFactory(name_en="Rare Union", slug="rare")
        EngagementFactory().partners.add(rare)
        with together():
            for number in range(41):
                for _twice in range(2):
                    EngagementFactory().partners.add(OrganisationFactory(name_en=f"Union {number} {_twice}"))
        assert facet(client.get("/en/engagements/?organisation=rare"), "organisation")["Rare Union"] == 1


def test_offered_values_are_in_alphabetical_order_of_the_language(client):
    for country in ("TD", "GQ", "ZW", "EC", "EG"):
        EngagementFactory(country_id=country)
    labels = list(facet(client.get("/fr/engagements/"), "country"))
    assert labels == ["Égypte", "Équateur", "Guinée équatoriale", "Tchad", "Zimbabwe"]


def test_facets_offer_public_colleagues_and_partners_only(client):
    engagement = EngagementFactory()
    engagement.staff.add(ProfileFactory(given_name="Open", family_name="Book"))
    engagement.staff.add(ProfileFactory(given_name="Shut", family_name="Door", draft=True))
    response = client.get("/en/engagements/")
    assert facet(response, "profile") == {"Open Book": 1}
    assert "Shut" not in text(response)
