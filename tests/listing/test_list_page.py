"""What every filtered list does, shown on the programme catalogue and the engagement list."""

from urllib.parse import parse_qs, urlsplit

import pytest

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
        assert all(without in addresses(response) for without in filters.values())

    def test_removing_one_begins_at_the_first_page_again(self, client):
        EngagementFactory()
        assert "page" not in active(client.get("/en/engagements/?country=PE&page=2"))["Country: Peru"]

    def test_no_results_say_what_to_do(self, client):
        EngagementFactory(country_id="PE")
        assert "Remove one of them" in text(client.get("/en/engagements/?country=KE"))

    def test_an_empty_list_without_filters_does_not_blame_them(self, client):
        assert "Nothing has been published here yet" in text(client.get("/en/engagements/"))


class TestPages:
    @pytest.fixture
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
