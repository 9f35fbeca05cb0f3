"""The page on which an article is taken in, and the ways to it."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.admin.models import ADDITION, LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from intake import forms
from intake.models import Intake
from intake.pipeline import propose_from
from profiles.models import Interview, Profile
from programmes.models import Programme
from tests.factories import ProgrammeFactory, UserFactory
from tests.intake.conftest import somebody
from tests.intake.proposed import TEXT
from tests.intake.reviews import a_drafted_intake, address

pytestmark = pytest.mark.django_db

ADD = reverse("admin:intake_intake_add")
FIELDS = {"text": "", "source_url": "", "language": ""}


@pytest.fixture
def client(author) -> Client:
    client = Client()
    client.force_login(author)
    return client


def send(client: Client, **said):
    return client.post(ADD, FIELDS | said)


def errors(answer, field: str) -> str:
    soup = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 200
    assert not Intake.objects.exists()
    return " ".join(soup.select_one(f"#id_{field}_error").text.split())


def test_a_pasted_article_leads_to_its_review(client, author, my_coop):
    answer = send(client, text=TEXT, source_url="https://news.example/orsolic")
    intake = Intake.objects.get()
    assert answer["Location"] == address("change", intake)
    assert (intake.begun_by, intake.state) == (author, "open")
    assert intake.text == TEXT
    assert intake.review["interview"]["source_url"] == "https://news.example/orsolic"
    assert intake.review["profile"]["family_name"] == "Orsolic"
    assert client.get(answer["Location"]).status_code == 200
    assert LogEntry.objects.filter(action_flag=ADDITION, object_id=str(intake.pk)).exists()


def test_the_article_is_read_once(client, my_coop, monkeypatch):
    read = []
    monkeypatch.setattr(forms, "propose_from", lambda *said: read.append(said) or propose_from(*said))
    assert send(client, text=TEXT).status_code == 302
    assert len(read) == 1


def test_so_does_a_file(client):
    file = SimpleUploadedFile("orsolic.txt", TEXT.encode())
    assert send(client, file=file).status_code == 302
    assert Intake.objects.get().file_name == "orsolic.txt"


def test_the_language_that_the_editor_gives_is_believed(client):
    send(client, text=TEXT, language="fr")
    assert Intake.objects.get().language == "fr"


def test_nothing_given_is_said_at_the_text(client):
    assert "Paste the text" in errors(send(client, text=" \n"), "text")


def test_two_articles_at_once_are_refused_and_the_pasted_one_is_not_lost(client):
    answer = send(client, text=TEXT, file=SimpleUploadedFile("another.txt", b"Something else"))
    assert "Choose one of the two" in errors(answer, "file")
    assert BeautifulSoup(answer.content, "html.parser").select_one("#id_text").text.strip() == TEXT.strip()


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\x03" * 100, b"PK\x03\x04 no document", b"%PDF-1.7"])
def test_a_file_that_cannot_be_read_is_refused_beside_the_field(client, content):
    assert errors(send(client, file=SimpleUploadedFile("article.docx", content)), "file")


def test_a_text_far_too_long_is_refused_beside_the_field(client):
    assert "far longer than an article" in errors(send(client, text="word " * 500_000), "text")


def test_what_is_more_than_one_interview_is_refused(client, monkeypatch):
    monkeypatch.setattr(forms, "MOST_PROPOSED", 2)
    assert "more than one interview" in errors(send(client, text=TEXT), "text")


def test_a_wrong_address_is_said_and_the_text_is_not_lost(client):
    answer = send(client, text=TEXT, source_url="no address")
    assert "valid URL" in errors(answer, "source_url")
    assert "Orsolic" in BeautifulSoup(answer.content, "html.parser").select_one("#id_text").text


def test_an_article_taken_in_before_is_said_and_linked(client, author, my_coop):
    before = a_drafted_intake(author)
    answer = send(client, text=TEXT.replace("\n\n", "\n\n\n").upper())
    assert Intake.objects.count() == 1
    assert f'href="{address("change", before)}"' in answer.content.decode()
    assert send(client, text=TEXT, again="on").status_code == 302
    assert Intake.objects.count() == 2
    page = client.get(address("change", Intake.objects.latest("pk")))
    assert f'href="{address("change", before)}"' in page.content.decode()


def test_hostile_texts_are_taken_for_text(client):
    send(client, text=TEXT.replace("Milena", "<script>x()</script>Milena"))
    html = client.get(address("change", Intake.objects.get())).content.decode()
    assert "<script>x()" not in html


def test_programmes_of_the_portal_are_looked_for(client):
    ProgrammeFactory(name_en="Nets.Coop", slug="nets-coop")
    send(client, text=TEXT.replace("My.Coop", "Nets.Coop"))
    assert "nets-coop" in [item["slug"] for item in Intake.objects.get().review["programmes"]]
    assert Programme.objects.count() == 1


@pytest.mark.parametrize("role", ["Author", "Editor"])
def test_who_writes_records_finds_the_way(role):
    client = Client()
    client.force_login(somebody(role))
    for model in (Profile, Interview):
        page = client.get(reverse(f"admin:profiles_{model._meta.model_name}_changelist"))
        assert f'href="{ADD}"' in page.content.decode()
    assert f'href="{ADD}"' in client.get(reverse("admin:index")).content.decode()
    listed = client.get(reverse("admin:intake_intake_changelist"))
    assert f'href="{ADD}"' in listed.content.decode()


def test_who_writes_none_does_not():
    stranger = Client()
    stranger.force_login(UserFactory())
    assert stranger.get(ADD).status_code == 403
    assert send(stranger, text=TEXT).status_code == 403
    assert f'href="{ADD}"' not in stranger.get(reverse("admin:index")).content.decode()


def test_what_was_begun_stands_on_the_desk_of_who_began_it(client, chief):
    send(client, text=TEXT)
    review = f'href="{address("change", Intake.objects.get())}"'
    assert review in client.get(reverse("admin:index")).content.decode()
    other = Client()
    other.force_login(chief)
    assert review not in other.get(reverse("admin:index")).content.decode()
