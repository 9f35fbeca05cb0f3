"""The pages after drafts were made: what there is to do, and taking everything back."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from engagements.models import Engagement
from intake import views
from intake.models import Intake
from organisations.models import Organisation
from profiles.models import Education, Interview, Position, Profile
from tests.intake.reviews import a_drafted_intake, address, an_intake

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(author) -> Client:
    client = Client()
    client.force_login(author)
    return client


@pytest.fixture
def drafted(author, my_coop) -> Intake:
    return a_drafted_intake(author)


def test_everything_is_taken_back_after_the_question(client, drafted):
    page = client.get(address("take_back", drafted)).content.decode()
    assert "Nobody has edited or published any of it since." in page
    assert Profile.objects.exists()
    answer = client.post(address("take_back", drafted))
    assert answer["Location"] == address("change", drafted)
    for model in (Profile, Interview, Engagement, Organisation):
        assert not model.objects.exists()
    drafted.refresh_from_db()
    assert drafted.state == Intake.State.TAKEN_BACK
    assert client.get(answer["Location"]).status_code == 200


def test_what_was_edited_since_is_said_and_goes_only_when_that_was_read(client, drafted, chief):
    client.force_login(chief)
    Profile.objects.update(post_title_en="Officer, by hand")
    assert "“Milena Orsolic” was edited since." in client.get(address("take_back", drafted)).content.decode()
    answer = client.post(address("take_back", drafted))
    assert answer.status_code == 200
    assert Profile.objects.exists()
    lost = answer.context["fingerprint"]
    assert client.post(address("take_back", drafted), {"lost": lost}).status_code == 302
    assert not Profile.objects.exists()


def test_what_is_edited_after_the_question_is_asked_about_again(client, drafted, chief):
    client.force_login(chief)
    lost = client.get(address("take_back", drafted)).context["fingerprint"]
    Profile.objects.update(post_title_en="Officer, by hand")
    assert client.post(address("take_back", drafted), {"lost": lost}).status_code == 200
    assert Profile.objects.exists()


def test_what_publication_lacks_is_said_once(author, my_coop):
    intake = a_drafted_intake(author)
    Education.objects.update(title_en="", title_es="Economía")
    Position.objects.update(title_en="", title_es="Asesora")
    profile = next(each for each in views.made(intake) if isinstance(each.record, Profile))
    assert profile.missing.count("Write every title in English before publishing.") == 1


def test_a_record_that_is_gone_is_named(client, drafted):
    Engagement.objects.filter(country="BO").delete()
    for name in ("done", "take_back"):
        html = " ".join(client.get(address(name, drafted)).content.decode().split())
        assert "(deleted since)" in html


def test_there_is_nothing_to_take_back_of_an_open_review(client, author, my_coop):
    intake = an_intake(author)
    for name in ("done", "take_back"):
        assert client.get(address(name, intake))["Location"] == address("change", intake)
    assert client.post(address("take_back", intake))["Location"] == address("change", intake)


def test_an_article_is_deleted_only_after_it_was_taken_back(client, drafted, chief):
    client.force_login(chief)
    delete = reverse("admin:intake_intake_delete", args=[drafted.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    client.post(address("take_back", drafted))
    assert client.post(delete, {"post": "yes"}).status_code == 302
    assert not Intake.objects.exists()


def test_no_article_with_drafts_is_deleted_from_the_list_either(client, drafted, chief):
    client.force_login(chief)
    listed = reverse("admin:intake_intake_changelist")
    client.post(listed, {"action": "delete_selected", "_selected_action": [drafted.pk], "post": "yes"})
    assert Intake.objects.exists()


def test_the_list_says_who_is_at_what(client, drafted, author):
    html = client.get(reverse("admin:intake_intake_changelist")).content.decode()
    for text in ("Milena Orsolic", "Drafts created", author.get_username()):
        assert text in html


def test_why_it_cannot_be_taken_back_is_said(client, drafted, monkeypatch):
    def refuse(*said, **more):
        raise ValidationError("Another profile has this address by now.")

    monkeypatch.setattr(views, "take_back", refuse)
    html = client.post(address("take_back", drafted), follow=True).content.decode()
    assert "Another profile has this address by now." in html
    assert Profile.objects.exists()
