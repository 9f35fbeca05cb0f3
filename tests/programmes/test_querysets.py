"""Which programmes are found by their words, in how many countries they are used, which materials are public."""

import pytest
from django.contrib.auth.models import AnonymousUser

from programmes.models import Material, Programme
from tests.factories import EngagementFactory, MaterialFactory, ModuleFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db

not_public = pytest.mark.parametrize("state", ["draft", "in_review", "scheduled", "archived"])


class TestUsage:
    @staticmethod
    def usage() -> dict[str, int]:
        return {programme.name: programme.country_count for programme in Programme.objects.with_usage()}

    def test_it_counts_countries_not_engagements(self):
        programme = ProgrammeFactory(name_en="Widely used")
        for country in ("PE", "PE", "BO", "KE"):
            EngagementFactory(programme=programme, country_id=country)
        assert self.usage() == {"Widely used": 3}

    @not_public
    def test_an_engagement_that_is_not_public_is_no_use(self, state):
        programme = ProgrammeFactory(name_en="Hardly used")
        EngagementFactory(programme=programme, country_id="PE")
        EngagementFactory(programme=programme, country_id="BO", **{state: True})
        assert self.usage() == {"Hardly used": 1}

    def test_a_programme_without_engagements_is_used_in_no_country(self):
        ProgrammeFactory(name_en="Brand new")
        EngagementFactory(country_id="PE")
        assert self.usage() == {"Brand new": 0}

    def test_each_programme_counts_its_own_engagements(self):
        for name, countries in {"First": ("PE",), "Second": ("PE", "BO")}.items():
            programme = ProgrammeFactory(name_en=name)
            for country in countries:
                EngagementFactory(programme=programme, country_id=country)
        assert self.usage() == {"First": 1, "Second": 2}

    def test_further_conditions_and_joins_leave_the_count_alone(self):
        programme = ProgrammeFactory()
        programme.languages.set(["es", "fr", "en"])
        ModuleFactory.create_batch(2, programme=programme)
        EngagementFactory(programme=programme, country_id="PE")
        EngagementFactory(programme=programme, country_id="BO")
        used_in_peru = Programme.objects.with_usage().filter(engagements__country="PE", languages="es")
        assert [found.country_count for found in used_in_peru] == [2]

    def test_programmes_can_be_ordered_by_it(self):
        seldom, often = ProgrammeFactory(), ProgrammeFactory()
        for programme, country in [(seldom, "PE"), (often, "PE"), (often, "BO")]:
            EngagementFactory(programme=programme, country_id=country)
        assert list(Programme.objects.with_usage().order_by("-country_count")) == [often, seldom]

    def test_it_takes_one_query_for_all_programmes_and_one_for_what_has_come_due(self, django_assert_num_queries):
        for programme in ProgrammeFactory.create_batch(3):
            EngagementFactory(programme=programme)
        with django_assert_num_queries(2):
            assert sum(self.usage().values()) == 3


class TestMaterials:
    def test_a_material_of_a_public_programme_is_public(self):
        material = MaterialFactory()
        assert list(Material.objects.published()) == [material]

    @not_public
    def test_a_material_of_any_other_programme_is_not_public(self, state):
        MaterialFactory(programme=ProgrammeFactory(**{state: True}))
        assert not Material.objects.published().exists()
        assert not Material.objects.visible_to(AnonymousUser()).exists()

    def test_staff_see_materials_of_drafts(self, editor):
        material = MaterialFactory(programme=ProgrammeFactory(draft=True))
        assert list(Material.objects.visible_to(editor)) == [material]
