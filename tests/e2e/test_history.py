"""Editors look at the history, undo, meet on one record, and recover what they deleted."""

import pytest
from playwright.sync_api import expect

from profiles.models import Interview, Profile
from programmes.models import Programme
from publishing.models import Presence
from tests.e2e.conftest import PHONE
from tests.e2e.waiting import eventually, follow
from tests.factories import ExchangeFactory, InterviewFactory, ProfileFactory, ProgrammeFactory


def save_and_stay(page) -> None:
    follow(page.get_by_role("button", name="Save and continue editing").first)
    expect(page.get_by_text("was changed successfully")).to_be_visible()


@pytest.mark.parametrize("options", [{}, {"viewport": PHONE, "java_script_enabled": False}], ids=["desk", "phone"])
def test_a_change_is_compared_and_undone(site, sign_in, complaints, options):
    programme = ProgrammeFactory(draft=True, name_en="Think.Coop", aim_en="People learn to run a cooperative.")
    page = sign_in("editor", **options)
    page.goto(f"{site}/admin/programmes/programme/{programme.pk}/change/")
    page.locator("#id_aim_en").fill("People learn to run a dairy.")
    save_and_stay(page)
    page.get_by_role("link", name="History").click()
    page.get_by_role("row", name="As it was before.").get_by_role("radio", name="Before").check()
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("del")).to_have_text("cooperative.")
    expect(page.locator("ins")).to_have_text("dairy.")
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]
    page.get_by_role("link", name="Bring back").click()
    expect(page.get_by_role("heading", name="What would change")).to_be_visible()
    follow(page.get_by_role("button", name="Bring back"))
    expect(page.get_by_text("Brought back: version of").first).to_be_visible()
    expect(page.locator("#id_aim_en")).to_have_value("People learn to run a cooperative.")
    assert Programme.objects.get().aim_en == "People learn to run a cooperative."
    assert complaints == []


def test_two_editors_meet_on_one_record(site, sign_in, complaints):
    programme = ProgrammeFactory(draft=True, name_en="Think.Coop")
    address = f"{site}/admin/programmes/programme/{programme.pk}/change/"
    ana, luis = sign_in("ana"), sign_in("luis")
    ana.clock.install()
    with ana.expect_response("**/open/"):
        ana.goto(address)
    luis.goto(address)
    expect(luis.locator("#others")).to_contain_text("ana has this record open since")
    expect(ana.locator("#others")).to_have_text("")
    ana.clock.fast_forward(60_000)
    expect(ana.locator("#others")).to_contain_text("luis has this record open since")
    ana.locator("#id_name_en").fill("Think.Coop by Ana")
    save_and_stay(ana)

    luis.locator("#id_name_en").fill("Think.Coop by Luis")
    follow(luis.get_by_role("button", name="Save and continue editing").first)
    conflict = luis.locator("#conflict")
    expect(conflict).to_contain_text("Two versions")
    expect(conflict.locator("del")).to_have_text("Ana")
    expect(conflict.locator("ins")).to_have_text("Luis")
    expect(luis.locator("#id_name_en")).to_have_value("Think.Coop by Luis")
    assert Programme.objects.get().name_en == "Think.Coop by Ana"
    save_and_stay(luis)
    assert Programme.objects.get().name_en == "Think.Coop by Luis"
    assert complaints == []


def test_who_closes_the_page_is_gone(site, sign_in):
    programme = ProgrammeFactory(draft=True)
    page = sign_in("ana")
    with page.expect_response("**/open/"):
        page.goto(f"{site}/admin/programmes/programme/{programme.pk}/change/")
    assert Presence.objects.count() == 1
    # The page has read that answer when the next one has come.
    page.evaluate("fetch('/healthz').then((answer) => answer.text())")
    page.goto(f"{site}/admin/")
    eventually(page, Presence.objects.count, 0)


def test_a_deleted_profile_comes_back_with_its_interviews(site, sign_in, complaints):
    profile = ProfileFactory(given_name="Ana", family_name="Soto")
    ExchangeFactory(interview=InterviewFactory(profile=profile, title_en="A talk"), order=1, question_en="Why?")
    page = sign_in("editor")
    page.goto(f"{site}/admin/profiles/profile/{profile.pk}/delete/")
    page.get_by_role("button", name="Yes, I’m sure").click()
    expect(page.get_by_text("was deleted successfully")).to_be_visible()
    assert not Interview.objects.exists()
    page.get_by_role("link", name="Recently deleted").click()
    expect(page.get_by_text("Together with: A talk (interview)")).to_be_visible()
    page.get_by_role("button", name="Recover Ana Soto").click()
    expect(page.get_by_text("Recovered as drafts: Ana Soto, A talk.")).to_be_visible()
    assert Profile.objects.get().pk == profile.pk
    assert Interview.objects.get().exchanges.get().question_en == "Why?"
    assert complaints == []
