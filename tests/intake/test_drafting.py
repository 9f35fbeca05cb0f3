"""Drafts of a review: all of them or none, nothing twice, nothing public changed."""

import pytest

from intake.drafting import create_drafts
from profiles.models import Profile

pytestmark = pytest.mark.django_db


def test_drafts_are_created(intake, author):
    changes = create_drafts(intake, author)
    for change in changes:
        print(change, change.record.status if hasattr(change.record, "status") else "")
    p = Profile.objects.get()
    print(p.education.all(), p.positions.all(), p.interviews.get().exchanges.all(), p.engagements.all())
    assert False
