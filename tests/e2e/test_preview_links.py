"""An editor sends a link; a reviewer without an account reads the draft."""

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import expect

from tests.e2e.conftest import PHONE
from tests.factories import ExchangeFactory, InterviewFactory, InterviewPhotoFactory, ProfileFactory
from tests.pictures import picture


@pytest.fixture
def draft():
    profile = ProfileFactory(given_name="Zora", family_name="Quintana", slug="zora-quintana", draft=True)
    profile.portrait.save("x.webp", ContentFile(picture(120, 120)))
    interview = InterviewFactory(profile=profile, draft=True, title_en="Talking with Zora")
    ExchangeFactory(interview=interview)
    InterviewPhotoFactory(interview=interview)
    return profile


@pytest.fixture
def editors_window(site_with_media, sign_in):
    return sign_in()


def test_a_reviewer_reads_the_draft_with_its_pictures(site_with_media, editors_window, draft, open_page, complaints):
    page = editors_window
    page.goto(f"{site_with_media}/admin/profiles/profile/{draft.pk}/change/")
    page.get_by_role("button", name="Make a link for a reviewer").click()
    link = page.get_by_label("English", exact=True).input_value()
    expect(page.get_by_role("button", name="Copy: English")).to_be_visible()

    reviewer = open_page(viewport=PHONE)
    reviewer.goto(link)
    expect(reviewer.get_by_role("heading", name="Zora Quintana")).to_be_visible()
    expect(reviewer.get_by_text("The link works until")).to_be_visible()
    expect(reviewer.get_by_role("heading", name="Talking with Zora")).to_be_visible()
    pictures = reviewer.locator("main img")
    expect(pictures).to_have_count(2)
    for shown in pictures.all():
        shown.scroll_into_view_if_needed()
        expect(shown).to_have_js_property("complete", True)
        assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    reviewer.get_by_role("link", name="Français").click()
    expect(reviewer.locator("html")).to_have_attribute("lang", "fr")
    expect(reviewer.get_by_role("heading", name="Zora Quintana")).to_be_visible()
    assert complaints == []


def test_links_are_made_without_javascript(site_with_media, draft, sign_in):
    page = sign_in(java_script_enabled=False)
    page.goto(f"{site_with_media}/admin/profiles/profile/{draft.pk}/change/")
    page.get_by_role("button", name="Make a link for a reviewer").click()
    assert "?preview=" in page.get_by_label("Spanish", exact=True).input_value()
    expect(page.get_by_role("button", name="Copy: English")).to_be_hidden()
