"""An editor at work in the admin, under the same Content-Security-Policy as the public site."""

import re

import pytest
from playwright.sync_api import expect

from engagements.models import Engagement
from profiles.models import Profile
from tests.e2e.waiting import follow
from tests.factories import OrganisationFactory, ProgrammeFactory


@pytest.fixture
def admin_page(sign_in):
    return sign_in()


def choose(page, field: str, typed: str, offered: str) -> None:
    """Type into an autocomplete field and take the one record that it offers in the end."""
    chooser = page.locator(f".field-{field} .select2-selection").first
    chooser.click()
    expect(page.locator(".select2-search__field:focus")).to_have_count(1)
    page.keyboard.type(typed)
    # Until then, what is offered for the first letters may be replaced at any moment.
    expect(page.locator(".select2-results__option")).to_have_text([re.compile(re.escape(offered))])
    page.locator(".select2-results__option").click()
    expect(chooser).to_contain_text(offered)


def test_an_engagement_is_written_published_and_seen(site, admin_page, complaints):
    ProgrammeFactory(name_en="Think.Coop")
    OrganisationFactory(name_en="City of La Paz")
    page = admin_page
    page.goto(f"{site}/admin/engagements/engagement/add/")
    page.locator("#id_title_en").fill("Course in La Paz")
    page.locator("#id_title_es").fill("Curso en La Paz")
    page.locator("#id_kind").select_option("workshop")
    choose(page, "country", "boli", "Bolivia")
    choose(page, "programme", "think", "Think.Coop")
    choose(page, "partners", "la paz", "City of La Paz")
    page.locator("#id_start").fill("2018-11")
    page.locator("#id_summary_en").fill("Trainers were trained.")
    follow(page.get_by_role("button", name="Publish now"))
    expect(page.get_by_text("was added successfully")).to_be_visible()
    engagement = Engagement.objects.published().get()
    assert engagement.country_id == "BO"
    assert engagement.start_precision == "month"
    page.get_by_role("link", name="View on site").click()
    expect(page.get_by_role("heading", name="Course in La Paz")).to_be_visible()
    expect(page.get_by_text("November 2018")).to_be_visible()
    expect(page.get_by_role("link", name="City of La Paz")).to_be_visible()
    assert complaints == []


def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(site, admin_page, complaints):
    page = admin_page
    page.goto(f"{site}/admin/profiles/profile/add/")
    page.locator("#id_given_name").fill("Ana")
    page.locator("#id_family_name").press_sequentially("Álvarez")
    expect(page.locator("#id_slug")).to_have_value("ana-alvarez")
    follow(page.get_by_role("button", name="Publish now"))
    page.get_by_role("link", name="Fill in “consent given on” before publishing.").click()
    expect(page.locator("#id_consent_date")).to_be_in_viewport()
    expect(page.locator("#id_family_name")).to_have_value("Álvarez")
    profile = Profile.objects.get()
    assert (profile.slug, profile.status) == ("ana-alvarez", "draft")
    assert complaints == []
