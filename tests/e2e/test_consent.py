"""A person withdraws; an editor takes her from the site in the admin."""

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import expect

from tests.factories import EngagementFactory, ExchangeFactory, InterviewFactory, ProfileFactory
from tests.pictures import picture


@pytest.fixture
def person():
    words = {"portrait_alt_en": "Zora in an office", "summary_en": "Knows all about milk."}
    profile = ProfileFactory(given_name="Zora", family_name="Quintana", slug="zora-quintana", **words)
    profile.portrait.save("x.webp", ContentFile(picture(120, 120)))
    ExchangeFactory(interview=InterviewFactory(profile=profile, title_en="Talking with Zora"))
    EngagementFactory(title_en="Course with Quintana", draft=True)
    return profile


@pytest.fixture
def editors_window(site_with_media, sign_in):
    return sign_in()


def test_a_person_who_withdraws_is_gone_everywhere(site_with_media, editors_window, person, open_page, complaints):
    visitor = open_page()
    visitor.goto(f"{site_with_media}/en/profiles/zora-quintana/")
    expect(visitor.get_by_role("heading", name="Zora Quintana")).to_be_visible()
    portrait = visitor.locator(".portrait img").evaluate("image => image.src")

    page = editors_window
    page.goto(f"{site_with_media}/admin/profiles/profile/{person.pk}/change/")
    page.get_by_role("link", name="Withdraw consent").click()
    expect(page.get_by_text("1 public interview disappears.")).to_be_visible()
    expect(page.get_by_role("link", name="Course with Quintana")).to_be_visible()
    page.get_by_label("Reason").fill("She asked for it.")
    page.get_by_role("button", name="Withdraw the consent").click()
    expect(page.get_by_text("The consent is withdrawn.")).to_be_visible()
    expect(page.get_by_role("link", name="Record a new consent")).to_be_visible()
    assert complaints == []

    for language in ("en", "es", "fr"):
        assert visitor.goto(f"{site_with_media}/{language}/profiles/zora-quintana/").status == 410
        assert "Quintana" not in visitor.locator("body").inner_text()
    assert visitor.request.get(portrait).status == 404
    visitor.goto(f"{site_with_media}/en/search/?q=quintana")
    expect(visitor.get_by_role("link", name="Quintana")).to_have_count(0)
    visitor.goto(f"{site_with_media}/en/profiles/")
    expect(visitor.get_by_role("link", name="Quintana")).to_have_count(0)


def test_a_person_is_erased_by_typing_the_name(site_with_media, editors_window, person, complaints):
    page = editors_window
    page.goto(f"{site_with_media}/admin/profiles/profile/{person.pk}/erase/")
    page.get_by_label("Name of the person").fill("Zora")
    page.get_by_role("button", name="Erase for good").click()
    expect(page.get_by_text("This is not the name of the person.")).to_be_visible()
    page.get_by_label("Name of the person").fill("Zora Quintana")
    page.get_by_role("button", name="Erase for good").click()
    expect(page.get_by_text("The person is erased.")).to_be_visible()
    assert complaints == []
