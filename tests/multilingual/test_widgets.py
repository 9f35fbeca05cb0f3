"""Fields with suggestions refuse what is no record, whatever was sent, and the form is shown anew."""

import pytest
from django.urls import reverse

from tests.factories import EngagementFactory, EngagementStaffFactory, ProgrammeFactory
from tests.publishing.admin_forms import errors, filled_in

pytestmark = pytest.mark.django_db

NO_KEYS = ["a", "-1", "9" * 400, "9" * 19, "\x00", "1\x00", "²", "1.5"]
FIELDS = ["country", "programme", "partners", "topics", "sector", "engagement_staff-0-profile"]


@pytest.mark.parametrize("value", NO_KEYS)
def test_what_is_no_record_is_refused_at_its_field(staff_client, value):
    engagement = EngagementFactory(draft=True, programme=ProgrammeFactory())
    EngagementStaffFactory(engagement=engagement)
    address = reverse("admin:engagements_engagement_change", args=[engagement.pk])
    sent = dict.fromkeys(FIELDS, value)
    page = staff_client.post(address, filled_in(staff_client.get(address), **sent))
    assert page.status_code == 200
    assert set(FIELDS) <= set(errors(page))


def test_what_was_chosen_is_still_chosen_when_the_form_is_refused(staff_client):
    engagement = EngagementFactory(draft=True, country_id="PE", programme=ProgrammeFactory(name_en="Start.Coop"))
    address = reverse("admin:engagements_engagement_change", args=[engagement.pk])
    page = staff_client.post(address, filled_in(staff_client.get(address), title_en="", sector="no sector"))
    assert {"title_en", "sector"} <= set(errors(page))
    content = page.content.decode()
    assert f'<option value="{engagement.programme_id}" selected>Start.Coop</option>' in content
    assert '<option value="PE" selected>Peru</option>' in content
