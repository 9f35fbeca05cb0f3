"""What the intake remembers, and that it goes with the person."""

import json
import zipfile

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from desk.merging import Merge
from engagements.models import Engagement
from intake.drafting import create_drafts
from intake.findings import Article, Hint, HintKind, Span
from intake.models import Change, Intake, Source
from intake.taking_in import take_in
from privacy import belongings
from privacy.erasure import erase
from privacy.export import archive
from profiles.models import Interview, Profile
from publishing.deletions import keep_before_deletion, recover
from tests.factories import ProfileFactory
from tests.intake.people_taken_in import milena, reviewed
from tests.intake.proposed import INTERVIEW, TEXT, TRAINED, proposals
from tests.privacy.test_erasure import everything_stored

pytestmark = pytest.mark.django_db


def test_an_article_is_kept_as_it_was_read(author):
    article = Article(TEXT, (Hint(HintKind.BOLD, Span(0, 6)),), "en")
    intake = take_in(proposals(article=article), author, file_name="o.docx", source_url="https://example.org/o")
    intake.refresh_from_db()
    assert intake.article == article
    assert (str(intake), intake.file_name, intake.source_url) == ("Milena Orsolic", "o.docx", "https://example.org/o")
    assert (intake.begun_by, intake.who, intake.state) == (author, author.username, "open")
    assert intake.review["interview"]["source_url"] == "https://example.org/o"


def test_an_article_about_nobody_is_named_by_its_first_line(author):
    from dataclasses import replace

    intake = take_in(proposals(interview=replace(INTERVIEW, name=None, title=None)), author)
    assert str(intake) == "Voices of the Valley"


def test_a_half_finished_review_is_kept(author, chief):
    intake = take_in(proposals(), author)
    person = milena()
    intake.review["profile"]["match"] = person.pk
    intake.review["engagements"][0]["year"] = None
    intake.keep_review(intake.review, chief)
    intake.refresh_from_db()
    assert intake.review["engagements"][0]["year"] is None
    assert (intake.person, intake.changed_by, intake.begun_by) == (person, chief, author)
    intake.review["profile"]["match"] = None
    intake.keep_review(intake.review, chief)
    assert intake.person is None


def test_an_article_goes_by_the_name_as_it_was_corrected(author):
    intake = take_in(proposals(), author)
    intake.review["profile"] |= {"given_name": "Mylena ", "family_name": " Orsolich"}
    intake.keep_review(intake.review, author)
    intake.refresh_from_db()
    assert str(intake) == "Mylena Orsolich"
    intake.review["profile"] |= {"given_name": "", "family_name": ""}
    intake.keep_review(intake.review, author)
    intake.refresh_from_db()
    assert str(intake) == "Mylena Orsolich"


def test_the_list_of_articles_reads_none_of_them(intake, staff_client):
    with CaptureQueriesContext(connection) as asked:
        html = staff_client.get("/admin/intake/intake/").content.decode()
    assert "Milena Orsolic" in html
    assert not any('"intake_intake"."text"' in query["sql"] for query in asked)


def test_the_same_article_is_noticed(author):
    first = take_in(proposals(), author)
    again = take_in(proposals(article=Article(TEXT.replace("\n", "\r\n ").upper())), author)
    take_in(proposals(article=Article("Another one")), author)
    assert list(again.same_articles()) == [first]
    assert Intake.objects.of_text(TEXT).count() == 2


def test_only_what_can_be_gone_on_with_is_open(intake, author):
    assert list(Intake.objects.open()) == [intake]
    create_drafts(intake, author)
    assert not Intake.objects.open().exists()


def test_the_database_refuses_what_makes_no_sense(intake):
    kind = ContentType.objects.get_for_model(Profile)
    about = {"intake": intake, "content_type": kind, "object_id": 1}
    wrong = [
        lambda: Source.objects.create(**about, start=5, end=5),
        lambda: Change.objects.create(**about, kind="guessed", after={}),
        lambda: Intake.objects.create(title="x", text="x", state="lost"),
        lambda: Intake.objects.create(title="x", text="x", state="drafted"),
    ]
    for make in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            make()


# The article is the person's


def test_erasing_the_person_erases_the_article_and_all_that_came_of_it(intake, author, chief):
    create_drafts(intake, author)
    assert "orsolic" in everything_stored().casefold()
    erase(Profile.objects.get(), chief)
    for model in (Intake, Source, Change, Profile, Interview):
        assert not model.objects.exists(), model
    assert Engagement.objects.count() == 2
    left = everything_stored().casefold()
    for word in ("orsolic", "milena", "rural economics", "beekeepers"):
        assert word not in left, word


def test_erasing_the_person_erases_an_article_whose_review_is_not_finished(author, chief):
    person = milena()
    take_in(proposals(), author)
    erase(person, chief)
    assert not Intake.objects.exists()


def test_erasing_the_person_takes_a_misspelt_name_from_the_log(intake, author, chief):
    LogEntry.objects.log_actions(author.pk, [Intake(pk=intake.pk, title="Milna Orsolik")], 1, "Taken in.")
    create_drafts(intake, author)
    erase(Profile.objects.get(), chief)
    assert "orsolik" not in everything_stored().casefold()


def test_articles_about_others_stay(intake, author, chief):
    create_drafts(intake, author)
    erase(ProfileFactory(), chief)
    assert Source.objects.exists()


def test_the_article_is_in_the_export_once(intake, author):
    create_drafts(intake, author)
    Engagement.objects.all().delete()
    with zipfile.ZipFile(archive(Profile.objects.get())) as bundle:
        noted = json.loads(bundle.read("data.json"))["noted"]
    (exported,) = noted["intake.intake"]
    assert exported["text"] == TEXT
    assert exported["review"]["profile"]["family_name"] == "Orsolic"
    assert noted["intake.source"]
    assert author.username not in json.dumps(noted["intake.intake"])


def test_the_export_takes_an_article_whose_interview_was_deleted(intake, author):
    create_drafts(intake, author)
    Interview.objects.get().delete()
    archive(Profile.objects.get())


def test_what_outlives_a_deletion_is_found_by_its_shape(intake, author):
    create_drafts(intake, author)
    (found,) = belongings.outliving([Profile.objects.get(), Interview.objects.get(), *Engagement.objects.all()])
    assert list(found) == [intake]


def test_a_deleted_person_is_recovered_with_the_sources(intake, author, chief):
    create_drafts(intake, author)
    Engagement.objects.all().delete()
    profile = Profile.objects.get()
    study = profile.education.get()
    deletion = keep_before_deletion(profile, chief)
    profile.delete()
    intake.refresh_from_db()
    assert intake.person is None
    recover(deletion, chief)
    intake.refresh_from_db()
    assert (intake.person, intake.interview) == (Profile.objects.get(), Interview.objects.get())
    assert Source.objects.of(Profile.objects.get().education.get()).exists()
    assert Profile.objects.get().education.get() == study
    erase(intake.person, chief)
    assert not Intake.objects.exists()


def test_the_admin_deletes_a_person_of_an_article(intake, author, staff_client):
    create_drafts(intake, author)
    Engagement.objects.all().delete()
    address = f"/admin/profiles/profile/{Profile.objects.get().pk}/delete/"
    assert staff_client.get(address).status_code == 200
    assert staff_client.post(address, {"post": "yes"}).status_code == 302
    assert not Profile.objects.exists()
    assert Intake.objects.get().text == TEXT


def test_a_person_who_is_merged_takes_the_article_along(intake, author, chief):
    create_drafts(intake, author)
    twin, kept = Profile.objects.get(), milena()
    with transaction.atomic():
        merge = Merge.of(Profile, kept.pk, twin.pk, locked=True)
        merge.carry_out({})
    intake.refresh_from_db()
    assert intake.person == kept
    study = kept.education.get()
    assert Source.objects.of(study).exists()
    erase(kept, chief)
    assert not Intake.objects.exists()


def test_an_article_taken_back_is_the_persons_still(intake, author, chief):
    from intake.drafting import take_back

    create_drafts(intake, author)
    profile = Profile.objects.get()
    take_back(intake, author)
    intake.refresh_from_db()
    intake.keep_review(intake.review, author)
    intake.refresh_from_db()
    assert intake.profile_id == profile.pk


def test_a_source_says_the_words_on_one_line(intake):
    start = TEXT.index("I studied")
    kind = ContentType.objects.get_for_model(Profile)
    end = TEXT.index("Fishers")
    source = Source.objects.create(intake=intake, content_type=kind, object_id=1, start=start, end=end)
    assert source.words.endswith("until 1998. Then I was an adviser of the Honey Union in Kenya from 1999 to 2003.")
    assert str(source) == source.words
    assert TRAINED not in source.words


def test_a_review_of_the_same_article_finds_what_the_first_one_made(intake, author):
    create_drafts(intake, author)
    assert reviewed(author).review["profile"]["match"] == Profile.objects.get().pk
