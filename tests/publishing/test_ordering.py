"""Parts that stand in an order: the questions of an interview, the modules of a programme."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests.factories import ExchangeFactory, InterviewFactory, ModuleFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db

PARTS = [(ExchangeFactory, InterviewFactory, "interview"), (ModuleFactory, ProgrammeFactory, "programme")]


@pytest.fixture(params=PARTS, ids=["exchange", "module"])
def parts(request):
    """Makes parts, in one whole unless told otherwise."""
    part_factory, whole_factory, whole_name = request.param

    class Parts:
        model = part_factory._meta.model
        whole = whole_factory()

        def other_whole(self):
            return whole_factory()

        def build(self, order, whole=None):
            return part_factory.build(**{whole_name: whole or self.whole, "order": order})

        def create(self, order, whole=None):
            return part_factory(**{whole_name: whole or self.whole, "order": order})

    return Parts()


def test_parts_come_in_their_order_not_in_that_of_their_making(parts):
    third, first, second = parts.create(3), parts.create(1), parts.create(2)
    assert list(parts.model.objects.all()) == [first, second, third]


def test_parts_of_two_wholes_may_stand_in_the_same_order(parts):
    parts.create(1)
    parts.build(1, parts.other_whole()).full_clean()
    parts.create(1, parts.other_whole())
    assert parts.model.objects.filter(order=1).count() == 2


def test_the_database_refuses_two_parts_of_a_whole_in_the_same_order(parts):
    parts.create(1)
    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        parts.model.objects.bulk_create([parts.build(1)])


def test_validation_refuses_two_parts_of_a_whole_in_the_same_order(parts):
    parts.create(1)
    with pytest.raises(ValidationError, match="already exists"):
        parts.build(1).full_clean()


def test_the_database_refuses_an_order_below_1(parts):
    with pytest.raises(IntegrityError, match="order_from_1"), transaction.atomic():
        parts.model.objects.bulk_create([parts.build(0)])


@pytest.mark.parametrize("order", [0, -1])
def test_validation_refuses_an_order_below_1(parts, order):
    with pytest.raises(ValidationError):
        parts.build(order).full_clean()


def test_a_whole_takes_its_parts_along_when_it_is_deleted(parts):
    parts.create(1)
    kept = parts.create(1, parts.other_whole())
    parts.whole.delete()
    assert list(parts.model.objects.all()) == [kept]
