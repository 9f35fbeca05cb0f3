"""The logs: to read, for nobody to change."""

import pytest
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import FailedSignIn, SignIn
from tests.accounts.conftest import give_password
from tests.factories import OrganisationFactory, ProfileFactory, UserFactory

pytestmark = pytest.mark.django_db

LOG = "/admin/admin/logentry/"
LOGS = [LOG, "/admin/accounts/signin/", "/admin/accounts/failedsignin/"]


@pytest.fixture
def as_anna(anna) -> Client:
    """The browser of a superuser, who may do everything that can be done."""
    client = Client()
    client.force_login(anna)
    return client


@pytest.fixture
def entries(anna) -> dict[str, int]:
    """One record of each log, by its address."""
    return {
        LOG: LogEntry.objects.log_actions(anna.pk, [ProfileFactory()], CHANGE, "", single_object=True).pk,
        LOGS[1]: SignIn.objects.create(username="anna", ip_address="192.0.2.1").pk,
        LOGS[2]: FailedSignIn.objects.create(username="anna", ip_address="192.0.2.1").pk,
    }


@pytest.mark.parametrize("log", LOGS)
def test_not_even_a_superuser_changes_a_log(as_anna, entries, log):
    assert as_anna.get(log).status_code == 200
    assert as_anna.get(f"{log}{entries[log]}/change/").status_code == 200
    assert as_anna.get(f"{log}add/").status_code == 403
    assert as_anna.post(f"{log}add/", {}).status_code == 403
    assert as_anna.post(f"{log}{entries[log]}/change/", {"object_repr": "x"}).status_code == 403
    assert as_anna.post(f"{log}{entries[log]}/delete/", {"post": "yes"}).status_code == 403
    action = {"action": "delete_selected", "_selected_action": [entries[log]], "post": "yes"}
    as_anna.post(log, action)
    as_anna.post(log, {"form-TOTAL_FORMS": "1", "form-0-id": entries[log], "_save": "x"})
    assert LogEntry.objects.filter(pk=entries[LOG]).exists()
    assert SignIn.objects.count() >= 1
    assert FailedSignIn.objects.count() == 1


def test_entry_outlives_its_record(as_anna, anna):
    organisation = OrganisationFactory(name_en="Union")
    LogEntry.objects.log_actions(anna.pk, [organisation], CHANGE, "", single_object=True)
    as_anna.post(f"/admin/organisations/organisation/{organisation.pk}/delete/", {"post": "yes"})
    flags = LogEntry.objects.filter(object_repr="Union").values_list("action_flag", flat=True)
    assert set(flags) == {CHANGE, DELETION}


@pytest.mark.parametrize("log", LOGS)
def test_administrator_reads_it_and_an_editor_does_not(as_administrator, entries, log):
    assert as_administrator.get(log).status_code == 200
    client = Client()
    client.force_login(UserFactory())
    assert client.get(log).status_code == 403


def test_entry_leads_to_its_record_unless_it_was_deleted(as_anna, anna):
    profile = ProfileFactory()
    LogEntry.objects.log_actions(anna.pk, [profile], ADDITION, [{"added": {}}], single_object=True)
    address = f'href="/admin/profiles/profile/{profile.pk}/change/"'
    assert address in as_anna.get(LOG).content.decode()
    LogEntry.objects.update(action_flag=DELETION)
    assert address not in as_anna.get(LOG).content.decode()


def test_name_in_the_log_is_text_and_nothing_else(as_anna, anna):
    OrganisationFactory(name_en="<script>alert(1)</script>")
    organisation = OrganisationFactory(name_en="<b>Union</b>")
    LogEntry.objects.log_actions(anna.pk, [organisation], CHANGE, "<i>x</i>", single_object=True)
    page = as_anna.get(LOG).content.decode()
    assert "<b>Union" not in page
    assert "<i>x" not in page
    assert "&lt;b&gt;Union" in page


def test_log_is_filtered_by_who_when_what_and_kind(as_anna, anna):
    ben = UserFactory(username="ben")
    LogEntry.objects.log_actions(anna.pk, [ProfileFactory()], CHANGE, "", single_object=True)
    LogEntry.objects.log_actions(ben.pk, [OrganisationFactory()], ADDITION, "", single_object=True)
    kind = LogEntry.objects.get(user=ben).content_type_id
    for query in (f"user__id__exact={ben.pk}", "action_flag__exact=1", f"content_type__id__exact={kind}", "q=ben"):
        found = as_anna.get(f"{LOG}?{query}").context["cl"].queryset
        assert [entry.user.username for entry in found] == ["ben"], query
    assert as_anna.get(f"{LOG}?action_time__gte=2090-01-01T00:00Z").context["cl"].result_count == 0


@pytest.mark.parametrize("query", ["q=%00", "user__id__exact=x", "action_time__gte=never", "o=99", "p=99"])
def test_odd_questions_are_no_server_error(as_anna, query):
    assert as_anna.get(f"{LOG}?{query}", follow=True).status_code in (200, 400)


def test_query_count_of_one_entry_does_not_depend_on_the_log(as_anna, anna):
    def count():
        with CaptureQueriesContext(connection) as queries:
            as_anna.get(LOG)
        return len(queries)

    LogEntry.objects.log_actions(anna.pk, [ProfileFactory()], CHANGE, "", single_object=True)
    before = count()
    for _number in range(49):
        person = UserFactory()
        LogEntry.objects.log_actions(person.pk, [OrganisationFactory()], CHANGE, "", single_object=True)
    assert count() == before


def test_pages_of_sign_ins_tell_successes_and_failures(anna, lockout_on):
    client = Client(headers={"user-agent": "Netscape"})
    give_password(client, "anna", "wrong")
    give_password(client)
    assert "Netscape" in client.get(LOGS[1]).content.decode()
    page = client.get(LOGS[2]).content.decode()
    assert "Name or password" in page
    assert "anna" in page
