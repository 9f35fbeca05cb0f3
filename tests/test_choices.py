"""The database accepts exactly the values that the forms offer: a check constraint must name each choice."""

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from tests.factories import (
    EngagementFactory,
    EngagementStaffFactory,
    InterviewFactory,
    OrganisationFactory,
    ProfileFactory,
    ProgrammeFactory,
)

FACTORIES = [
    EngagementFactory,
    EngagementStaffFactory,
    InterviewFactory,
    OrganisationFactory,
    ProfileFactory,
    ProgrammeFactory,
]
COLUMNS = [
    (factory, field.name)
    for factory in FACTORIES
    for field in factory._meta.model._meta.concrete_fields
    if field.choices
]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("factory", "name"), COLUMNS)
def test_every_choice_is_accepted_and_nothing_else(factory, name):
    record = factory()
    rows = type(record).objects.filter(pk=record.pk)
    for value, _label in record._meta.get_field(name).choices:
        assert rows.update(**{name: value}) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**{name: "?"})


def test_no_column_with_choices_is_forgotten():
    checked = {factory._meta.model for factory in FACTORIES}
    for app in ("codelists", "organisations", "profiles", "programmes", "engagements", "sample"):
        for model in apps.get_app_config(app).get_models():
            if any(field.choices for field in model._meta.concrete_fields):
                assert model in checked
