"""A form sets what it shows and nothing else, whatever is sent along (mass assignment).

Steps to the public and the fields of the status are looked at in tests/publishing/test_workflow.py, users in
tests/accounts/test_users.py.
"""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from engagements.models import Engagement
from organisations.models import Organisation
from profiles.models import Interview, Profile
from programmes.models import Programme
from publishing.models import Publishable
from tests.factories import (
    UserFactory,
    full_engagement,
    full_interview,
    full_organisation,
    full_profile,
    full_programme,
)
from tests.publishing.admin_forms import filled_in

pytestmark = pytest.mark.django_db

FULL = {
    Profile: full_profile,
    Interview: full_interview,
    Programme: full_programme,
    Organisation: full_organisation,
    Engagement: full_engagement,
}
# What an author may not decide: being public, when, a consent, and what follows from other things.
FORBIDDEN = {
    "status": "published",
    "publish_at": "2020-01-01 00:00:00",
    "publish_at_0": "2020-01-01",
    "publish_at_1": "00:00:00",
    "created_at": "2001-01-01 00:00:00",
    "updated_at": "2001-01-01 00:00:00",
    "id": "987654",
    "pk": "987654",
    "withdrawn_on": "2020-01-01",
    "withdrawn_reason": "made up",
    "consent_date": "1999-09-09",
    "consent_by": "made up",
    "consent_scope": "reuse",
    "renditions": "{}",
    "is_superuser": "on",
    "user_permissions": "1",
    "_publish": "1",
    "action": "publish",
}
UNTOUCHED = ("status", "publish_at", "created_at", "withdrawn_on", "withdrawn_reason", "consent_scope")


@pytest.fixture
def author() -> Client:
    user = UserFactory()
    user.groups.add(Group.objects.get(name="Author"))
    client = Client()
    client.force_login(user)
    return client


def test_every_kind_of_record_is_tried():
    assert set(FULL) == {model for model in Publishable.__subclasses__() if not model._meta.abstract}


@pytest.mark.parametrize("model", FULL)
def test_an_author_changes_nothing_that_the_form_does_not_offer(author, model):
    record = FULL[model](draft=True)
    before = {name: getattr(record, name) for name in UNTOUCHED if hasattr(record, name)}
    page = author.get(
        address := reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[record.pk])
    )
    offered = filled_in(page)
    sent = {name: value for name, value in FORBIDDEN.items() if name not in offered}
    assert {"status", "withdrawn_on", "id"} <= set(sent)
    response = author.post(address, offered | sent | {"_save": "1"})
    assert response.status_code == 302
    record.refresh_from_db()
    assert {name: getattr(record, name) for name in before} == before
    assert not model.objects.published().exists()
    assert not model.objects.filter(pk=987654).exists()
