"""The classes of querysets that django-modeltranslation makes."""

import pickle

import pytest
from modeltranslation.manager import MultilingualQuerySet

from engagements.models import Engagement
from engagements.querysets import EngagementQuerySet
from tests.factories import EngagementFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db


def test_each_manager_has_one_class_for_all_its_querysets():
    found, again = Engagement.objects.all(), Engagement.objects.published().order_by("title")
    assert type(found) is type(again)
    assert isinstance(found, EngagementQuerySet)
    assert isinstance(found, MultilingualQuerySet)


def test_related_records_have_one_class_too():
    one, other = ProgrammeFactory(), ProgrammeFactory()
    assert type(one.engagements.all()) is type(other.engagements.all())


def test_two_querysets_of_a_class_ask_for_themselves():
    kept, other = EngagementFactory(title_en="Kept"), EngagementFactory(title_en="Other")
    first, second = Engagement.objects.filter(title="Kept"), Engagement.objects.filter(title="Other")
    assert list(first) == [kept]
    assert list(second) == [other]


def test_a_queryset_that_was_pickled_is_of_the_same_class():
    engagement = EngagementFactory()
    found = Engagement.objects.filter(pk=engagement.pk)
    back = pickle.loads(pickle.dumps(found))  # noqa: S301 - of this test
    assert type(back) is type(found)
    assert list(back) == [engagement]
