"""Preview links: one record, for some days, for whoever has the link."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from publishing.models import WorkingDraft
from publishing.previewing import PreviewLink
from publishing.snapshots import take
from tests.documents import pdf
from tests.factories import (
    EditorFactory,
    EngagementFactory,
    EngagementStaffFactory,
    ExchangeFactory,
    InterviewFactory,
    InterviewPhotoFactory,
    MaterialFactory,
    OrganisationFactory,
    ProfileFactory,
    ProgrammeFactory,
)
from tests.pages import addresses, text
from tests.pictures import picture
from tests.publishing.admin_forms import filled_in

pytestmark = pytest.mark.django_db

KINDS = [ProfileFactory, ProgrammeFactory, EngagementFactory, OrganisationFactory]


def address(record, link=None) -> str:
    return record.get_absolute_url().partition("#")[0] + (link or PreviewLink.to(record)).query


def ended(record) -> PreviewLink:
    return PreviewLink(record._meta.label_lower, record.pk, timezone.now() - timedelta(seconds=1))


def change_page(record, more="") -> str:
    meta = record._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{more or 'change'}", args=[record.pk])


@pytest.mark.parametrize("state", ["draft", "in_review", "scheduled"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_link_shows_the_page_to_whoever_has_it(client, kind, state):
    record = kind(**{state: True})
    response = client.get(address(record))
    assert response.status_code == 200
    assert str(record) in text(response)
    assert "The link works until" in text(response)
    assert client.get(record.get_absolute_url()).status_code == 404


def test_nobody_else_learns_of_the_preview(client):
    page = client.get(address(ProfileFactory(draft=True)))
    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "no-referrer"
    html = page.content.decode()
    assert 'name="robots" content="noindex"' in html
    assert "canonical" not in html
    assert "ld+json" not in html
    assert "og:title" not in html
    assert "atom+xml" not in html


def test_the_page_leads_to_its_other_languages_with_the_link(client):
    profile = ProfileFactory(draft=True)
    link = PreviewLink.to(profile)
    page = client.get(address(profile, link))
    assert f"/es/profiles/{profile.slug}/{link.query}" in addresses(page)
    assert client.get(f"/fr/profiles/{profile.slug}/{link.query}").status_code == 200


def test_the_pictures_of_the_preview_are_shown_without_cookies():
    profile = ProfileFactory(draft=True)
    profile.portrait.save("x.webp", ContentFile(picture(120, 120)))
    interview = InterviewFactory(profile=profile, draft=True)
    InterviewPhotoFactory(interview=interview)
    pictures = [each for each in addresses(Client().get(address(profile))) if each.startswith("/media/")]
    assert len(pictures) > 4
    for each in pictures:
        response = Client().get(each)
        assert response.status_code == 200, each
        assert "no-store" in response["Cache-Control"]
        assert Client().get(each.partition("?")[0]).status_code == 404


def test_a_link_to_another_record_opens_no_picture(client):
    profile = ProfileFactory(draft=True)
    profile.portrait.save("x.webp", ContentFile(picture(120, 120)))
    photo = InterviewPhotoFactory(interview=InterviewFactory(profile=profile, draft=True))
    other = PreviewLink.to(ProfileFactory(draft=True))
    for file in (profile.portrait, photo.image):
        assert client.get(file.url + other.query).status_code == 404
        assert client.get(file.url + ended(profile).query).status_code == 404


def test_the_materials_of_the_preview_can_be_downloaded(client):
    programme = ProgrammeFactory(draft=True)
    MaterialFactory(programme=programme, url="", file=ContentFile(pdf(), name="manual.pdf"))
    (manual,) = [each for each in addresses(client.get(address(programme))) if each.startswith("/media/")]
    assert client.get(manual).status_code == 200


def test_related_drafts_stay_hidden(client):
    engagement = EngagementFactory(draft=True, programme=ProgrammeFactory(name_en="Secret.Coop", draft=True))
    engagement.partners.add(OrganisationFactory(name_en="Secret Union", draft=True))
    EngagementStaffFactory(engagement=engagement, profile=ProfileFactory(family_name="Secretperson", draft=True))
    assert "Secret" not in text(client.get(address(engagement)))


def test_a_link_opens_no_other_record(client):
    link = PreviewLink.to(ProfileFactory(draft=True))
    assert client.get(address(ProfileFactory(draft=True), link)).status_code == 410
    assert client.get(address(ProgrammeFactory(draft=True, pk=link.pk), link)).status_code == 410


def test_a_link_to_a_profile_shows_its_drafts_of_interviews(client):
    profile = ProfileFactory()
    ExchangeFactory(interview=InterviewFactory(profile=profile, title_en="Coming talk", draft=True))
    assert "Coming talk" in text(client.get(address(profile)))


@pytest.mark.parametrize("state", [{}, {"draft": True}])
def test_a_link_to_an_interview_shows_the_profile_with_this_one_alone(client, state):
    profile = ProfileFactory(**state)
    coming = InterviewFactory(profile=profile, title_en="Coming talk", draft=True)
    InterviewFactory(profile=profile, title_en="Later talk", draft=True)
    shown = text(client.get(address(coming)))
    assert "Coming talk" in shown
    assert "Later talk" not in shown


def test_an_old_slug_of_an_engagement_leads_on_with_the_link(client):
    engagement = EngagementFactory(draft=True)
    link = PreviewLink.to(engagement)
    response = client.get(f"/en/engagements/{engagement.pk}-old-slug/{link.query}", follow=True)
    assert response.status_code == 200
    assert response.redirect_chain[0][0].endswith(link.query)


def test_a_link_works_for_the_days_that_the_setting_says(client, settings):
    settings.PREVIEW_LINK_DAYS = 3
    left = PreviewLink.to(ProfileFactory(draft=True)).ends - timezone.now()
    assert timedelta(days=2, hours=23) < left <= timedelta(days=3)


@pytest.mark.parametrize("kind", KINDS)
def test_a_link_that_has_ended_says_what_to_do(client, kind):
    record = kind(draft=True)
    response = client.get(address(record, ended(record)))
    assert response.status_code == 410
    assert "Ask the editor who sent it to you for a new link." in text(response)
    assert str(record) not in text(response)


@pytest.mark.parametrize("token", ["", "1", "x:y", "é", "%00", "W10:x"])
def test_a_link_that_was_never_given_out_shows_nothing(client, token):
    profile = ProfileFactory(draft=True)
    response = client.get(f"{profile.get_absolute_url()}?preview={token}")
    assert response.status_code == 404
    assert "Ask the editor" in text(response)
    assert str(profile) not in text(response)


def test_nobody_can_make_another_link_of_one(client):
    mine, other = ProfileFactory(draft=True), ProfileFactory(draft=True)
    theirs = PreviewLink.to(other).token.partition(":")[0]
    forged = f"{theirs}:{PreviewLink.to(mine).token.partition(':')[2]}"
    assert client.get(f"{other.get_absolute_url()}?preview={forged}").status_code == 404


@pytest.mark.parametrize("link", [PreviewLink.to, ended])
@pytest.mark.parametrize("kind", KINDS)
def test_a_link_to_what_is_public_by_now_leads_to_the_page(client, kind, link):
    record = kind()
    response = client.get(address(record, link(record)))
    assert response.status_code == 302
    assert response["Location"] == record.get_absolute_url()
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_link_dies_when_its_record_is_archived(client, kind):
    record = kind(draft=True)
    link = address(record)
    record.archive()
    response = client.get(link)
    assert response.status_code == 410
    assert str(record) not in text(response)


def test_a_link_to_an_archived_interview_leads_to_the_public_profile(client):
    interview = InterviewFactory(draft=True)
    link = address(interview)
    interview.archive()
    assert client.get(link)["Location"] == interview.profile.get_absolute_url()


def test_a_link_to_a_draft_of_an_interview_dies_with_its_profile(client):
    interview = InterviewFactory(draft=True)
    link = address(interview)
    interview.profile.archive()
    assert client.get(link).status_code == 410


def test_a_link_dies_with_its_record(client):
    record = ProgrammeFactory(draft=True)
    link = address(record)
    record.delete()
    assert client.get(link).status_code == 410


def test_a_link_dies_when_the_consent_is_withdrawn(client):
    profile = ProfileFactory(draft=True)
    profile.portrait.save("x.webp", ContentFile(picture(120, 120)))
    interview = InterviewFactory(profile=profile, draft=True)
    links = [address(profile), address(interview), profile.portrait.url + PreviewLink.to(profile).query]
    profile.withdraw_consent(timezone.localdate())
    profile.__class__.objects.update(status="draft")  # whatever becomes of the status
    assert [client.get(link).status_code for link in links] == [410, 410, 404]


def test_staff_see_a_preview_also_with_a_link_that_has_ended(staff_client):
    record = ProfileFactory(draft=True)
    assert staff_client.get(address(record, ended(record))).status_code == 200


@pytest.mark.parametrize("kind", [*KINDS, InterviewFactory])
def test_the_change_page_leads_to_the_preview_in_every_language(staff_client, kind):
    record = kind(draft=True)
    page = staff_client.get(change_page(record))
    assert record.get_absolute_url() in addresses(page)
    assert record.get_absolute_url().replace("/en/", "/fr/") in addresses(page)
    assert change_page(record, "preview_link") in addresses(page)


@pytest.mark.parametrize("kind", [*KINDS, InterviewFactory])
def test_an_editor_makes_a_link_and_the_history_says_so(client, staff_client, kind):
    record = kind(draft=True)
    page = staff_client.post(change_page(record, "preview_link"))
    assert page.status_code == 200
    urls = [each["url"] for each in page.context["pages"]]
    assert len(urls) == 3
    for url in urls:
        assert f'value="{url}"' in page.content.decode()
        assert client.get(url.removeprefix("http://testserver").partition("#")[0]).status_code == 200
    assert "preview link" in LogEntry.objects.get().change_message


def test_whoever_may_look_may_make_a_link_and_nobody_else(client):
    record = ProgrammeFactory(draft=True)
    client.force_login(EditorFactory(permissions=["profiles.view_profile"]))
    assert client.post(change_page(record, "preview_link")).status_code == 403
    client.force_login(EditorFactory(permissions=["programmes.view_programme"]))
    assert client.post(change_page(record, "preview_link")).status_code == 200
    assert client.get(change_page(record, "preview_link")).status_code == 405


def test_there_is_no_link_to_what_is_archived(staff_client):
    record = ProgrammeFactory(archived=True)
    assert change_page(record, "preview_link") not in addresses(staff_client.get(change_page(record)))
    page = staff_client.post(change_page(record, "preview_link"), follow=True)
    assert "There is no preview of what is archived" in text(page)


def test_a_link_to_a_record_that_is_not_there_cannot_be_made(staff_client):
    assert staff_client.post("/admin/programmes/programme/999/preview-link/").status_code == 404
    assert staff_client.post("/admin/programmes/programme/x/preview-link/").status_code == 404


# Working drafts of what is public


@pytest.fixture
def changed():
    """A public programme with a working draft, which says another name and another address."""
    programme = ProgrammeFactory(name_en="As it is", slug="as-it-is")
    draft = take(programme)
    draft["fields"] |= {"name_en": "As it will be", "slug": "as-it-will-be"}
    WorkingDraft.objects.create(record=programme, data=draft)
    return programme


def test_staff_see_the_working_draft_at_the_address_that_the_admin_gives(staff_client, changed):
    (preview,) = [
        each for each in addresses(staff_client.get(change_page(changed))) if each == "/en/programmes/as-it-is/?draft=1"
    ]
    page = staff_client.get(preview)
    assert "As it will be" in text(page)
    assert "Not public." in text(page)
    assert "no-store" in page["Cache-Control"]
    assert "As it will be" not in text(staff_client.get(changed.get_absolute_url()))


def test_a_link_shows_the_working_draft_in_every_language(client, changed):
    query = PreviewLink.to(changed).query
    for language in ("en", "es", "fr"):
        page = client.get(f"/{language}/programmes/as-it-is/{query}")
        assert "As it will be" in text(page)
        assert "noindex" in page.content.decode()
    assert "As it will be" not in text(client.get(changed.get_absolute_url()))


def test_visitors_get_the_public_page_whatever_they_add_to_the_address(client, changed):
    answer = client.get(f"{changed.get_absolute_url()}?draft=1")
    assert answer.status_code == 302
    assert answer["Location"] == changed.get_absolute_url()


def test_looking_at_a_working_draft_changes_nothing(staff_client, changed):
    before = type(changed).objects.values().get()
    staff_client.get(f"{changed.get_absolute_url()}?draft=1")
    assert type(changed).objects.values().get() == before


def test_a_link_to_an_interview_shows_its_working_draft_on_the_page_of_the_person(client):
    interview = ExchangeFactory(interview=InterviewFactory(title_en="As it is")).interview
    draft = take(interview)
    draft["fields"]["title_en"] = "As it will be"
    WorkingDraft.objects.create(record=interview, data=draft)
    assert "As it will be" in text(client.get(address(interview)))
    assert "As it will be" not in text(client.get(address(interview.profile, PreviewLink.to(ProgrammeFactory()))))
    assert "As it will be" in text(client.get(address(interview, PreviewLink.to(interview.profile))))


def test_a_new_portrait_is_seen_in_the_draft_by_staff_alone(staff_client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    profile = ProfileFactory(portrait_alt_en="Ana")
    page = staff_client.get(change_page(profile))
    typed = {"portrait": SimpleUploadedFile("new.png", picture(300, 300, "red", "PNG"))}
    staff_client.post(change_page(profile), filled_in(page) | typed)
    name = WorkingDraft.objects.of(profile).get().data["fields"]["portrait"]
    assert staff_client.get(f"/media/{name}").status_code == 200
    assert Client().get(f"/media/{name}").status_code == 404
