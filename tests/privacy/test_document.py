"""The proof of a consent is handed out to staff alone, and not kept longer than it counts."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from profiles.models import Profile
from tests.factories import EditorFactory, ProfileFactory
from tests.pages import addresses
from tests.privacy.conftest import PDF
from tests.publishing.admin_forms import errors, filled_in

pytestmark = pytest.mark.django_db


def document_page(profile: Profile) -> str:
    return reverse("privacy:consent-document", args=[profile.pk])


def change_page(profile: Profile) -> str:
    return reverse("admin:profiles_profile_change", args=[profile.pk])


def test_staff_who_may_see_profiles_download_it(authors_browser, person):
    assert document_page(person) in addresses(authors_browser.get(change_page(person)))
    response = authors_browser.get(document_page(person))
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"] == 'attachment; filename="consent-zora-queretaro.pdf"'
    assert response["Content-Type"] == "application/pdf"
    assert "no-store" in response["Cache-Control"]


def test_other_staff_do_not(client, person):
    client.force_login(EditorFactory(permissions=["programmes.view_programme"]))
    assert client.get(document_page(person)).status_code == 403


def test_no_public_address_leads_to_it(client, staff_client, person):
    for browser in (client, staff_client):
        assert browser.get(f"/media/{person.consent_document.name}").status_code == 404


def test_one_that_is_not_there_is_not_found(staff_client, person):
    assert staff_client.get(document_page(ProfileFactory())).status_code == 404
    person.consent_document.storage.delete(person.consent_document.name)
    assert staff_client.get(document_page(person)).status_code == 404


def test_one_that_is_replaced_is_deleted(staff_client, person, django_capture_on_commit_callbacks):
    old, storage = person.consent_document.name, person.consent_document.storage
    person.archive()  # of a public person the record of the consent is changed on a page of its own
    data = filled_in(staff_client.get(change_page(person)))
    data["consent_document"] = SimpleUploadedFile("new.pdf", b"%PDF-1.4 new")
    with django_capture_on_commit_callbacks(execute=True):
        assert staff_client.post(change_page(person), data).status_code == 302
    assert not storage.exists(old)
    assert Profile.objects.get().consent_document.read() == b"%PDF-1.4 new"


def test_one_stays_that_a_refused_form_would_have_replaced(staff_client, person, django_capture_on_commit_callbacks):
    person.archive()
    data = filled_in(staff_client.get(change_page(person)), **{"education-0-title_en": ""})
    data["consent_document"] = SimpleUploadedFile("new.pdf", b"%PDF-1.4 new")
    with django_capture_on_commit_callbacks(execute=True):
        refused = staff_client.post(change_page(person), data)
    assert list(errors(refused)) == ["education-0-title_en"]
    assert Profile.objects.get().consent_document.read() == PDF


def test_something_else_is_refused_at_its_field(staff_client, person):
    person.archive()
    data = filled_in(staff_client.get(change_page(person)))
    data["consent_document"] = SimpleUploadedFile("letter.pdf", b"<script>")
    assert list(errors(staff_client.post(change_page(person), data))) == ["consent_document"]
