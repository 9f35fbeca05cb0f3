"""Withdrawing a consent takes the person from the site at once, everywhere, and for as long as there is no new one."""

from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from engagements.models import Engagement
from privacy.models import GoneAddress
from privacy.withdrawal import withdraw
from profiles.models import Profile
from publishing.snapshots import restore, take
from tests.factories import ExchangeFactory, InterviewFactory, ProfileFactory
from tests.pages import addresses, text
from tests.privacy.conftest import PDF
from tests.publishing.admin_forms import filled_in, messages

pytestmark = pytest.mark.django_db


def page_of(name: str, profile: Profile) -> str:
    return reverse(f"privacy:{name}", args=[profile.pk])


def change_page(profile: Profile) -> str:
    return reverse("admin:profiles_profile_change", args=[profile.pk])


@pytest.fixture
def withdrawn(person, editor):
    withdraw(person, editor, on=date(2026, 3, 1), reason="left the organisation")
    person.refresh_from_db()
    return person


def test_the_page_says_what_will_disappear(editors_browser, person):
    shown = text(editors_browser.get(page_of("withdraw", person)))
    assert "1 public interview disappears" in shown
    assert "1 public engagement no longer names the person" in shown
    assert person.is_public


def test_it_is_done_when_confirmed(editors_browser, person):
    address = person.get_absolute_url()
    done = editors_browser.post(page_of("withdraw", person), {"on": "2026-03-01", "reason": "She left."}, follow=True)
    assert messages(done) == ["The consent is withdrawn. The person is off the site."]
    person.refresh_from_db()
    assert (person.status, person.withdrawn_on, person.withdrawn_reason) == ("archived", date(2026, 3, 1), "She left.")
    assert LogEntry.objects.get().change_message == "Withdrew the consent."
    assert "She left." in text(done)
    assert GoneAddress.objects.of(address).exists()


@pytest.mark.parametrize(
    ("data", "field"),
    [({"on": "2099-01-01"}, "on"), ({"on": "x"}, "on"), ({"on": "2026-01-01", "reason": "x" * 201}, "reason")],
)
def test_what_is_filled_in_wrongly_withdraws_nothing(editors_browser, person, data, field):
    response = editors_browser.post(page_of("withdraw", person), data)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    person.refresh_from_db()
    assert person.is_public


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_the_address_says_that_it_is_gone_and_no_name(client, withdrawn, language):
    response = client.get(f"/{language}/profiles/zora-queretaro/")
    assert response.status_code == 410
    shown = text(response)
    assert "Zora" not in shown
    assert "Quer" not in shown
    assert "noindex" in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_an_address_that_never_was_is_not_found(client, withdrawn):
    assert client.get("/en/profiles/nobody/").status_code == 404


def test_what_is_kept_of_the_address_has_no_name_in_it(withdrawn):
    (gone,) = GoneAddress.objects.all()
    assert len(gone.digest) == 64
    assert "zora" not in str(vars(gone))


def test_pages_that_are_there_cost_no_further_query(client, person):
    with CaptureQueriesContext(connection) as queries:
        client.get(person.get_absolute_url())
    assert not [each for each in queries if "goneaddress" in each["sql"]]


def test_the_pictures_are_gone_at_once(client, person, editor):
    files = [person.portrait, person.interviews.get().photos.get().image]
    urls = [url for file in files for url in (file.url, f"{file.url}.{file.renditions.widths[0]}.avif")]
    assert {client.get(url).status_code for url in urls} == {200}
    seen = client.get(urls[0])["Last-Modified"]
    withdraw(person, editor, on=date(2026, 3, 1), reason="")
    assert {client.get(url).status_code for url in urls} == {404}
    assert client.get(urls[0], headers={"If-Modified-Since": seen}).status_code == 404


def test_an_engagement_stays_without_the_name(client, withdrawn):
    shown = text(client.get(Engagement.objects.get().get_absolute_url()))
    assert "Dairy course" in shown
    assert "Quer" not in shown


def test_all_or_nothing(person, editor, monkeypatch):
    def broken(*args):
        raise RuntimeError

    monkeypatch.setattr("privacy.withdrawal.log", broken)
    with pytest.raises(RuntimeError):
        withdraw(person, editor, on=date(2026, 3, 1), reason="")
    person.refresh_from_db()
    assert person.is_public
    assert not GoneAddress.objects.exists()


def test_it_cannot_be_published_by_hand(withdrawn):
    with pytest.raises(IntegrityError, match="profile_published_not_withdrawn"), transaction.atomic():
        Profile.objects.update(status="published")


def test_it_cannot_be_published_by_the_model(withdrawn):
    with pytest.raises(ValidationError, match="Record a new consent first"):
        withdrawn.publish()


def test_it_cannot_be_published_by_the_form(staff_client, withdrawn):
    page = staff_client.get(change_page(withdrawn))
    refused = staff_client.post(
        change_page(withdrawn), filled_in(page, status="published", consent_date="2026-04-01", withdrawn_on="")
    )
    withdrawn.refresh_from_db()
    assert withdrawn.status != "published"
    assert withdrawn.consent_date == date(2024, 5, 1)
    assert withdrawn.withdrawn_on
    assert refused.status_code in (200, 302)


def test_it_cannot_be_published_with_others(staff_client, withdrawn):
    action = {"action": "publish", "_selected_action": [withdrawn.pk]}
    page = staff_client.post(reverse("admin:profiles_profile_changelist"), action, follow=True)
    assert "Record a new consent first" in " ".join(messages(page))
    withdrawn.refresh_from_db()
    assert withdrawn.status == "archived"


def test_the_change_page_says_so_and_offers_to_record_a_new_consent(staff_client, withdrawn):
    page = staff_client.get(change_page(withdrawn))
    assert "left the organisation" in text(page)
    assert page_of("consent", withdrawn) in addresses(page)
    assert page_of("withdraw", withdrawn) not in addresses(page)
    assert "consent_date" not in page.context["adminform"].form.fields


def new_consent(**changes):
    return {"consent_date": "2026-03-02", "consent_by": "Zora, by letter", "consent_scope": "text"} | changes


def test_a_new_consent_lets_the_profile_be_published_again(client, editors_browser, withdrawn):
    document = SimpleUploadedFile("new.pdf", b"%PDF-1.4 again")
    done = editors_browser.post(page_of("consent", withdrawn), new_consent(consent_document=document), follow=True)
    assert messages(done) == ["The new consent is recorded. The profile can be published again."]
    profile = Profile.objects.get()
    assert (profile.status, profile.withdrawn_on, profile.withdrawn_reason) == ("archived", None, "")
    assert (profile.consent_date, profile.consent_scope) == (date(2026, 3, 2), "text")
    assert profile.consent_document.read() == b"%PDF-1.4 again"
    assert client.get(profile.get_absolute_url()).status_code == 404
    profile.portrait = ""
    profile.save()
    profile.interviews.get().photos.all().delete()
    profile.publish()
    assert client.get(profile.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"consent_date": "2026-02-28"}, "consent_date"),
        ({"consent_date": "2099-01-01"}, "consent_date"),
        ({"consent_date": ""}, "consent_date"),
        ({"consent_by": ""}, "consent_by"),
        ({"consent_scope": ""}, "consent_scope"),
        ({"consent_document": SimpleUploadedFile("x.pdf", b"<html>")}, "consent_document"),
    ],
)
def test_what_is_no_new_consent_is_refused_at_its_field(editors_browser, withdrawn, changes, field):
    response = editors_browser.post(page_of("consent", withdrawn), new_consent(**changes))
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    withdrawn.refresh_from_db()
    assert withdrawn.withdrawn_on


def test_a_page_that_does_not_apply_leads_back(editors_browser, person, editor):
    withdraw(person, editor, on=timezone.localdate() - timedelta(days=1), reason="")
    assert editors_browser.post(page_of("withdraw", person), {"on": "2026-01-01"})["Location"] == change_page(person)


def test_what_the_person_agreed_to_is_changed_at_once(editors_browser, person):
    typed = {"consent_date": "2026-03-02", "consent_by": "Zora, by letter", "consent_scope": "reuse"}
    done = editors_browser.post(page_of("consent", person), typed, follow=True)
    assert messages(done) == ["The record of the consent is changed."]
    person.refresh_from_db()
    assert (person.consent_date, person.consent_scope, person.is_public) == (date(2026, 3, 2), "reuse", True)


def test_a_scope_that_what_is_public_does_not_keep_to_is_refused(editors_browser, person):
    typed = {"consent_date": "2026-03-02", "consent_by": "Zora, by letter", "consent_scope": "text"}
    refused = editors_browser.post(page_of("consent", person), typed)
    assert "Remove the portrait before publishing." in text(refused)
    person.refresh_from_db()
    assert person.consent_scope == "pictures"


def test_the_consent_is_no_part_of_a_working_draft(staff_client, person):
    assert "consent_date" not in staff_client.get(change_page(person)).context["adminform"].form.fields
    assert page_of("consent", person) in addresses(staff_client.get(change_page(person)))


def test_an_older_version_does_not_bring_an_older_consent_back(person):
    before = take(person)
    person.consent_date, person.consent_scope = date(2026, 3, 2), "reuse"
    person.save()
    restore(person, before)
    assert (person.consent_date, person.consent_scope) == (date(2026, 3, 2), "reuse")


@pytest.mark.parametrize("name", ["withdraw", "export", "erase"])
def test_authors_may_not(authors_browser, person, name):
    assert page_of(name, person) not in addresses(authors_browser.get(change_page(person)))
    for ask in (authors_browser.get, authors_browser.post):
        assert ask(page_of(name, person)).status_code == 403
    person.refresh_from_db()
    assert person.is_public


@pytest.mark.parametrize("name", ["withdraw", "consent", "export", "erase", "consent-document"])
def test_visitors_may_not(client, person, name):
    response = client.post(page_of(name, person))
    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")


def test_whoever_may_publish_may(editors_browser, person):
    links = addresses(editors_browser.get(change_page(person)))
    for name in ("withdraw", "export", "erase"):
        assert page_of(name, person) in links
        assert editors_browser.get(page_of(name, person)).status_code == 200


def test_a_person_who_is_not_there_is_not_found(editors_browser):
    for name in ("withdraw", "consent", "export", "erase", "consent-document"):
        assert editors_browser.get(f"/admin/profiles/profile/999/{name}/").status_code == 404


def test_interviews_of_a_withdrawn_person_are_not_public(client, withdrawn):
    interview = InterviewFactory(profile=withdrawn)
    ExchangeFactory(interview=interview)
    assert not interview.is_public


def test_a_new_profile_at_an_address_that_was_taken_down_is_shown(client, withdrawn):
    Profile.objects.update(slug="zora-1")
    ProfileFactory(slug="zora-queretaro", family_name="Another")
    assert client.get("/en/profiles/zora-queretaro/").status_code == 200


def test_the_document_stays_the_same_without_a_new_one(editors_browser, withdrawn):
    editors_browser.post(page_of("consent", withdrawn), new_consent())
    assert Profile.objects.get().consent_document.read() == PDF
