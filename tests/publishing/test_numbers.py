"""How many records others have: numbers that are counted for the rows that are shown."""

import pytest

from codelists.models import Country, Region, Topic
from engagements.models import Engagement
from organisations.models import Organisation
from programmes.models import Programme
from tests.factories import EngagementFactory, OrganisationFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db


def numbers(records, expression) -> dict:
    return {str(record.pk): record.number for record in records.annotate(number=expression) if record.number}


def test_records_of_a_relation_are_counted():
    for code in ("PE", "PE", "BO"):
        EngagementFactory(country_id=code)
    EngagementFactory(country_id="PE", draft=True)
    assert numbers(Country.objects.all(), Engagement.objects.published().number_for("country")) == {"PE": 2, "BO": 1}


def test_a_record_that_has_none_has_zero():
    expression = Engagement.objects.published().number_for("country")
    assert Country.objects.annotate(number=expression).get(pk="PE").number == 0


def test_records_of_a_relation_to_several_are_counted_once_each():
    union, topic = OrganisationFactory(), Topic.objects.first()
    for _number in range(2):
        engagement = EngagementFactory()
        engagement.partners.add(union, OrganisationFactory())
        engagement.topics.add(topic)
    partners = numbers(Organisation.objects.all(), Engagement.objects.published().number_for("partners"))
    assert partners[str(union.pk)] == 2
    assert sorted(partners.values()) == [1, 1, 2]
    found = Engagement.objects.published().filter(partners=union).number_for("topics")
    assert numbers(Topic.objects.all(), found) == {str(topic.pk): 2}


def test_other_values_can_be_counted_each_once():
    for code in ("PE", "PE", "BO", "KE"):
        EngagementFactory(country_id=code)
    counted = Engagement.objects.published().number_for("country__region", counting="country")
    assert numbers(Region.objects.all(), counted) == {"americas": 2, "africa": 1}


def test_countries_of_a_programme_are_named_once_each():
    used, unused = ProgrammeFactory(), ProgrammeFactory()
    for code in ("PE", "PE", "BO"):
        EngagementFactory(programme=used, country_id=code)
    EngagementFactory(programme=used, country_id="KE", scheduled=True)
    codes = dict(Programme.objects.with_country_codes().values_list("pk", "country_codes"))
    assert set(codes[used.pk].split(",")) == {"PE", "BO"}
    assert codes[unused.pk] == ""
