"""Pages of an engagement, and the country, region and topic pages built on engagements."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from codelists.models import Topic
from engagements.models import Engagement
from search.indexing import together
from tests.factories import (
    EngagementFactory,
    EngagementStaffFactory,
    OfficeFactory,
    OrganisationFactory,
    ProfileFactory,
    ProgrammeFactory,
)
from tests.pages import addresses, text

pytestmark = pytest.mark.django_db


@pytest.fixture
@together()
def course():
    engagement = EngagementFactory(
        title_en="Course in La Paz",
        slug="course-in-la-paz",
        country_id="BO",
        kind="training-of-trainers",
        programme=ProgrammeFactory(name_en="Think.Coop", slug="think-coop"),
        sector_id="A",
        results_en="Trainers are ready.",
        start_date=date(2018, 10, 29),
        end_date=date(2018, 10, 31),
        women_trained=1200,
        men_trained=0,
        source_url="https://www.example.org/news",
    )
    engagement.partners.add(OrganisationFactory(name_en="City of La Paz", slug="la-paz"))
    engagement.topics.add(Topic.objects.get(slug="youth"))
    ana = ProfileFactory(given_name="Ana", family_name="Alva", slug="ana-alva")
    EngagementStaffFactory(engagement=engagement, profile=ana, role="trainer")
    return engagement


class TestEngagementPage:
    def test_it_says_who_did_what_where_with_whom_and_when(self, client, course):
        response = client.get(course.get_absolute_url())
        shown = text(response)
        for words in (
            "Course in La Paz", "Trainers were trained.", "Trainers are ready.", "29–31 October 2018", "Bolivia",
            "Americas", "Training of trainers", "Think.Coop", "Completed", "Ana Alva", "Trainer", "City of La Paz",
            "1,200", "www.example.org",
        ):  # fmt: skip
            assert words in shown, words
        assert "Men trained 0" in shown
        assert {
            "/en/countries/bo/", "/en/regions/americas/", "/en/programmes/think-coop/", "/en/profiles/ana-alva/",
            "/en/organisations/la-paz/", "/en/topics/youth/", "https://www.example.org/news",
        } <= set(addresses(response))  # fmt: skip

    def test_numbers_and_dates_follow_the_language(self, client, course):
        assert "29-31 de octubre de 2018" in text(client.get(f"/es/engagements/{course.pk}-{course.slug}/"))

    def test_an_old_slug_leads_to_the_right_address(self, client, course):
        response = client.get(f"/en/engagements/{course.pk}-old-title/")
        assert response.status_code == 302
        assert response["Location"] == course.get_absolute_url()

    def test_an_old_slug_of_a_draft_leads_nowhere(self, client, course):
        Engagement.objects.update(status="draft")
        assert client.get(f"/en/engagements/{course.pk}-old-title/").status_code == 404

    @pytest.mark.parametrize("address", ["999999-course/", "99999999999999999999999-course/", "course/"])
    def test_an_unknown_address_is_not_found(self, client, course, address):
        assert client.get(f"/en/engagements/{address}").status_code == 404


def test_the_figures_of_a_country_lead_to_the_parts_of_its_page_that_are_there(client, course):
    EngagementFactory(country_id="PE", programme=None)
    parts = {
        code: [
            link["href"]
            for link in BeautifulSoup(client.get(f"/en/countries/{code}/").content, "html.parser").select(".figures a")
        ]
        for code in ("bo", "pe")
    }
    assert parts == {"bo": ["#engagements", "#programmes", "#people", "#partners"], "pe": ["#engagements"]}


def test_a_programme_published_after_the_start_of_the_portal_appears_at_once(client):
    programme = ProgrammeFactory(name_en="New.Coop", draft=True)
    engagement = EngagementFactory(programme=programme)
    assert "New.Coop" not in text(client.get(engagement.get_absolute_url()))
    programme.publish()
    assert "New.Coop" in text(client.get(engagement.get_absolute_url()))


class TestCountryPages:
    def test_the_index_lists_countries_with_public_engagements_by_region(self, client, course):
        EngagementFactory(country_id="KE")
        EngagementFactory(country_id="IS", draft=True)
        EngagementFactory(country_id="AQ")
        response = client.get("/en/countries/")
        shown = text(response)
        order = [shown.index(name) for name in ("Africa", "Kenya", "Americas", "Bolivia")]
        assert order == sorted(order)
        assert "Iceland" not in shown
        assert "Elsewhere" in shown
        assert "/en/countries/aq/" in addresses(response)

    def test_the_page_gathers_people_programmes_engagements_partners_and_figures(self, client, course):
        EngagementFactory(title_en="Elsewhere", country_id="PE")
        response = client.get("/en/countries/bo/")
        shown = text(response)
        for words in ("Bolivia", "Course in La Paz", "Think.Coop", "Ana Alva", "City of La Paz", "Women trained 1,200"):
            assert words in shown
        assert "Engagements 1" in shown
        assert "Elsewhere" not in shown

    def test_engagements_are_newest_first(self, client, course):
        EngagementFactory(title_en="Later course", country_id="BO", start_date=date(2022, 1, 1), end_date=None)
        shown = text(client.get("/en/countries/bo/"))
        assert shown.index("Later course") < shown.index("Course in La Paz")

    def test_the_offices_that_work_for_the_country_are_named(self, client, course):
        OfficeFactory(name_en="Office for the Andes", country_id="PE").countries_covered.add("BO")
        OfficeFactory(name_en="Office in Nairobi", country_id="KE")
        shown = text(client.get("/en/countries/bo/"))
        assert "Office for the Andes" in shown
        assert "Nairobi" not in shown

    def test_a_country_without_engagements_has_a_page_that_says_so(self, client):
        assert "No engagement in this country has been published yet" in text(client.get("/en/countries/is/"))

    def test_capitals_in_the_address_lead_to_small_letters(self, client):
        response = client.get("/en/countries/BO/")
        assert (response.status_code, response["Location"]) == (301, "/en/countries/bo/")

    @pytest.mark.parametrize("code", ["zz", "bol", "b", "1x"])
    def test_a_country_that_is_none_is_not_found(self, client, code):
        assert client.get(f"/en/countries/{code}/").status_code == 404


class TestRegionPage:
    def test_it_gathers_the_countries_of_the_region(self, client, course):
        EngagementFactory(title_en="In Kenya", country_id="KE")
        response = client.get("/en/regions/americas/")
        assert "Course in La Paz" in text(response)
        assert "In Kenya" not in text(response)
        assert "/en/countries/bo/" in addresses(response)

    def test_an_unknown_region_is_not_found(self, client):
        assert client.get("/en/regions/atlantis/").status_code == 404


class TestTopicPage:
    def test_it_gathers_what_is_tagged(self, client, course):
        topic = Topic.objects.get(slug="youth")
        ProgrammeFactory(name_en="Tagged.Coop").topics.add(topic)
        ProgrammeFactory(name_en="Other.Coop")
        ProfileFactory(given_name="Tagged", family_name="Person").topics.add(topic)
        shown = text(client.get("/en/topics/youth/"))
        for words in ("Course in La Paz", "Tagged.Coop", "Tagged Person", topic.description_en):
            assert words in shown
        assert "Other.Coop" not in shown

    def test_an_unknown_topic_is_not_found(self, client):
        assert client.get("/en/topics/none/").status_code == 404
