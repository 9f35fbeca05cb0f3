"""Which engagements are found, and what follows from them: where, with which programmes, by whom, with whom."""

from datetime import date

import pytest
from django.utils.translation import override

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

NOT_PUBLIC = ["draft", "in_review", "scheduled", "archived"]


def titles(engagements) -> list[str]:
    return [engagement.title_en for engagement in engagements.order_by("title_en")]


class TestYears:
    @pytest.fixture(autouse=True)
    @together()
    def engagements(self):
        for title, start, end in [
            ("2016 to 2018", date(2016, 7, 1), date(2018, 1, 1)),
            ("2017", date(2017, 1, 1), date(2017, 12, 31)),
            ("from 2017", date(2017, 5, 1), None),
            ("2019", date(2019, 12, 31), date(2019, 12, 31)),
        ]:
            EngagementFactory(title_en=title, start_date=start, end_date=end)

    @pytest.mark.parametrize(
        ("year", "expected"),
        [
            (2016, ["2016 to 2018", "2017", "2019", "from 2017"]),
            (2017, ["2016 to 2018", "2017", "2019", "from 2017"]),
            (2018, ["2016 to 2018", "2019"]),
            (2019, ["2019"]),
            (2020, []),
        ],
    )
    def test_what_was_over_before_a_year_is_left_out(self, year, expected):
        assert titles(Engagement.objects.ending_from(year)) == expected

    @pytest.mark.parametrize(
        ("year", "expected"),
        [
            (2015, []),
            (2016, ["2016 to 2018"]),
            (2017, ["2016 to 2018", "2017", "from 2017"]),
            (2019, ["2016 to 2018", "2017", "2019", "from 2017"]),
        ],
    )
    def test_what_began_after_a_year_is_left_out(self, year, expected):
        assert titles(Engagement.objects.starting_until(year)) == expected

    def test_what_is_still_going_on_is_not_over(self):
        for status in ("1", "2", "3", "4", "5", "6"):
            EngagementFactory(title_en=status, start_date=date(2016, 1, 1), end_date=None, activity_status=status)
        EngagementFactory(title_en="ended", start_date=date(2016, 1, 1), end_date=date(2016, 2, 1), activity_status="2")
        assert titles(Engagement.objects.ending_from(2025)) == ["2", "3", "6"]

    def test_both_together_find_what_touches_the_years(self):
        assert titles(Engagement.objects.ending_from(2018).starting_until(2018)) == ["2016 to 2018"]


def test_newest_first_means_the_later_start_and_of_one_day_the_later_entry():
    first, second = (EngagementFactory(start_date=date(2018, 1, 1), end_date=None) for _ in range(2))
    newest = EngagementFactory(start_date=date(2019, 1, 1), end_date=None)
    assert list(Engagement.objects.newest_first()) == [newest, second, first]


class TestCards:
    def test_a_card_shows_the_public_programme(self):
        programme = ProgrammeFactory()
        EngagementFactory(programme=programme)
        assert Engagement.objects.for_cards().get().programme == programme

    @pytest.mark.parametrize("state", NOT_PUBLIC)
    def test_a_programme_that_is_not_public_is_left_out(self, state):
        EngagementFactory(programme=ProgrammeFactory(**{state: True}))
        assert Engagement.objects.for_cards().get().programme is None

    def test_cards_take_the_same_two_queries_however_many_there_are(self, django_assert_num_queries):
        for _ in range(3):
            EngagementFactory(programme=ProgrammeFactory(name_en="My.Coop"))
        with django_assert_num_queries(2):
            for card in Engagement.objects.for_cards():
                assert (card.country.name, card.programme.name) == ("Peru", "My.Coop")


class TestWhatFollows:
    """Three public engagements in Peru and Bolivia that share records with drafts and with one in Kenya."""

    @pytest.fixture(autouse=True)
    @together()
    def engagements(self):
        self.often, self.once = ProgrammeFactory(name_en="Often used"), ProgrammeFactory(name_en="Once used")
        self.ana = ProfileFactory(family_name="Álvarez")
        self.luis = ProfileFactory(family_name="Zuleta")
        self.union = OrganisationFactory(name_en="Union")
        self.ministry = OrganisationFactory(name_en="Ministry")
        self.engagement("PE", 2017, self.often, [self.ana, self.luis], [self.union, self.ministry], women=10, men=5)
        self.engagement("PE", 2019, self.often, [self.luis], [self.union], women=7)
        self.engagement("BO", 2018, self.once, [], [])
        everything = (self.often, [self.ana, self.luis], [self.union, self.ministry])
        self.engagement("KE", 2024, *everything, women=1000)
        for state in NOT_PUBLIC:
            self.engagement("BO", 2025, *everything, women=1000, **{state: True})
        self.asked = Engagement.objects.published().filter(country__region="americas")

    @staticmethod
    def engagement(country, year, programme, people, partners, women=None, men=None, **state):
        made = EngagementFactory(
            country_id=country,
            start_date=date(year, 1, 1),
            end_date=None,
            programme=programme,
            women_trained=women,
            men_trained=men,
            **state,
        )
        made.partners.set(partners)
        for profile in people:
            EngagementStaffFactory(engagement=made, profile=profile)

    @staticmethod
    def counted(records) -> list[tuple]:
        return [(record, record.engagement_count) for record in records]

    def test_countries_come_by_name_with_their_engagements(self):
        found = [(country.name, country.engagement_count) for country in self.asked.countries()]
        assert found == [("Bolivia", 1), ("Peru", 2)]

    def test_countries_come_by_name_in_the_language_of_the_reader(self):
        for country in ("DE", "ES"):
            EngagementFactory(country_id=country)
        europe = Engagement.objects.filter(country__region="europe-central-asia")
        assert [country.name for country in europe.countries()] == ["Germany", "Spain"]
        with override("es"):
            assert [country.name for country in europe.countries()] == ["Alemania", "España"]

    def test_regions_come_in_their_order_with_their_engagements_and_countries(self):
        public = Engagement.objects.published()
        found = [(region.pk, region.engagement_count, region.country_count) for region in public.regions()]
        assert found == [("africa", 1, 1), ("americas", 3, 2)]

    def test_programmes_come_with_the_most_used_first(self):
        assert self.counted(self.asked.programmes()) == [(self.often, 2), (self.once, 1)]

    def test_people_come_with_the_most_engaged_first(self):
        assert self.counted(self.asked.people()) == [(self.luis, 2), (self.ana, 1)]

    def test_partners_come_with_the_most_frequent_first(self):
        assert self.counted(self.asked.partners()) == [(self.union, 2), (self.ministry, 1)]

    def test_of_the_same_number_the_first_in_the_alphabet_comes_first(self):
        in_2017 = self.asked.filter(start_date__year=2017)
        assert self.counted(in_2017.people()) == [(self.ana, 1), (self.luis, 1)]
        assert self.counted(in_2017.partners()) == [(self.ministry, 1), (self.union, 1)]

    @pytest.mark.parametrize("state", NOT_PUBLIC)
    def test_programmes_people_and_partners_that_are_not_public_are_left_out(self, state):
        hidden = {state: True}
        self.engagement(
            "CO",
            2020,
            ProgrammeFactory(**hidden),
            [ProfileFactory(**hidden)],
            [OrganisationFactory(**hidden)],
        )
        in_colombia = Engagement.objects.published().filter(country="CO")
        assert self.counted(in_colombia.countries())[0][1] == 1
        assert list(in_colombia.programmes()) == list(in_colombia.people()) == list(in_colombia.partners()) == []

    def test_figures_count_engagements_countries_and_people_trained(self):
        assert self.asked.figures() == {
            "engagements": 3, "countries": 2, "programmes": 2, "people": 2, "partners": 2,
            "women_trained": 17, "men_trained": 5,
        }  # fmt: skip

    def test_where_nobody_counted_the_people_trained_there_is_no_figure(self):
        figures = self.asked.filter(country="BO").figures()
        assert figures["women_trained"] is None
        assert figures["men_trained"] is None

    def test_nothing_follows_from_no_engagements(self):
        none = self.asked.filter(country="BR")
        assert none.figures()["engagements"] == 0
        for answer in (none.countries(), none.regions(), none.programmes(), none.people(), none.partners()):
            assert list(answer) == []

    def test_ordered_engagements_give_the_same_answers(self):
        newest_first = self.asked.newest_first()
        assert self.counted(newest_first.countries()) == self.counted(self.asked.countries())
        assert newest_first.figures() == self.asked.figures()

    def test_an_overview_takes_the_same_queries_however_much_it_tells(self, django_assert_num_queries):
        # Figures three, years one; countries, programmes, people, partners two each; the engagements two, as cards do.
        with django_assert_num_queries(14):
            overview = self.asked.overview()
            told = {name: list(answer) for name, answer in overview.items()}
        assert [len(told[name]) for name in ("countries", "programmes", "people", "partners")] == [2, 2, 2, 2]
        assert [engagement.start_date.year for engagement in told["engagements"]] == [2019, 2018, 2017]

    def test_an_overview_shows_the_newest_engagements_alone(self):
        assert [engagement.start_date.year for engagement in self.asked.overview(newest=1)["engagements"]] == [2019]
