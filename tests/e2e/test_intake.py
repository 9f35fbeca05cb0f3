"""From an article to drafts and back: an editor pastes it, corrects what was found, and takes everything back."""

import re

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect

from engagements.models import Engagement
from intake.models import Intake
from profiles.models import Profile
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.test_every_page import FOCUS
from tests.e2e.waiting import eventually, follow
from tests.factories import OfficeFactory, ProfileFactory, ProgrammeFactory, SeriesFactory
from tests.intake.proposed import LAW, TEXT, TRAINED
from tests.intake.reviews import address, an_intake


@pytest.fixture
def editor(site):
    ProgrammeFactory(name_en="My.Coop", slug="my-coop")
    SeriesFactory(name_en="Voices of the Valley")
    OfficeFactory(name_en="ILO Office in Quelimane", city_en="Quelimane", country_id="MZ")
    return get_user_model().objects.create_superuser("editor", "editor@example.org", "a-long-password")


def sign_in(page: Page, site: str) -> None:
    page.goto(f"{site}/admin/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill("a-long-password")
    follow(page.get_by_role("button", name="Log in"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Your desk")


def record(page: Page, name: str):
    """The proposed record whose heading begins so."""
    return page.locator(".intake-item").filter(has=page.locator("legend", has_text=re.compile(f"^{re.escape(name)}")))


def number_of(page: Page, section: str) -> int:
    return int(page.locator(f"#id_{section}-TOTAL_FORMS").input_value())


def fill_what_no_article_says(page: Page) -> None:
    """The kinds of new organisations that are taken over."""
    for number in range(number_of(page, "organisations")):
        kind = page.locator(f"#id_organisations-{number}-kind")
        if kind.is_visible() and kind.input_value() == "":
            kind.select_option("cooperative")


@pytest.mark.parametrize(
    "options",
    [{"viewport": DESKTOP}, {"viewport": PHONE}, {"java_script_enabled": False}],
    ids=["desktop", "phone", "no script"],
)
def test_from_an_article_to_drafts_and_back(site, editor, open_page, complaints, options):
    page = open_page(**options)
    sign_in(page, site)
    page.get_by_role("link", name="From an article").first.click()
    page.get_by_label("Text of the article").fill(TEXT)
    page.get_by_label("Address of the article").fill("https://news.example/orsolic")
    page.get_by_role("button", name="Read the article").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Review of an article")
    expect(page.get_by_label("Family name")).to_have_value("Orsolic")
    page.get_by_label("Family name").fill("Orsolić")
    training = record(page, "Engagement").filter(has_text=TRAINED)
    expect(training.get_by_label("Country")).to_have_value("Peru")
    # Dropped: what else was found.
    for number in range(number_of(page, "engagements")):
        if TRAINED not in page.locator(f"#engagements-{number}").inner_text():
            page.locator(f"#id_engagements-{number}-include").uncheck()
    page.get_by_role("button", name="Add an engagement").press("Enter")
    added = page.locator(f"#engagements-{number + 1}")
    added.get_by_label("Title").fill("Advice on the law of beekeepers")
    added.get_by_label("Country").fill("bolivia")
    added.get_by_label("Kind").select_option("policy-advice")
    follow(page.get_by_role("button", name="Create drafts").first)

    faults = page.get_by_role("navigation", name="What is wrong")
    expect(faults).to_contain_text("Give the year in which it began")
    faults.get_by_role("link", name="Year", exact=True).click()
    page.locator(f"#id_engagements-{number + 1}-year").fill("2012")
    fill_what_no_article_says(page)
    follow(page.get_by_role("button", name="Create drafts").last)

    expect(page.get_by_role("heading", level=1)).to_have_text("What was made of the article")
    follow(page.get_by_role("link", name="Milena Orsolić", exact=True))
    expect(page.get_by_label("Family name")).to_have_value("Orsolić")
    expect(page.locator(".standing h2")).to_contain_text("Draft")
    found = Engagement.objects.filter(staff__family_name="Orsolić").order_by("start_date")
    assert [(one.country_id, one.start_date.year) for one in found] == [("PE", 2009), ("BO", 2012)]

    page.go_back()
    follow(page.get_by_role("link", name="Take everything back"))
    follow(page.get_by_role("button", name="Take everything back"))
    expect(page.get_by_text("Taken back. The review is as it was")).to_be_visible()
    assert not Profile.objects.exists()
    assert not Engagement.objects.exists()
    assert complaints == []


@pytest.fixture
def review(site, editor, open_page) -> Page:
    """The page of a review, on a desktop."""
    page = open_page(viewport=DESKTOP)
    sign_in(page, site)
    page.goto(site + address("change", an_intake(editor)))
    return page


def shown(page: Page) -> str:
    """What is highlighted in the article."""
    return " ".join("".join(page.locator(".intake-text .is-shown").all_inner_texts()).split())


def test_pointer_and_keyboard_show_the_sentence_of_a_record(review, complaints):
    review.set_viewport_size({"width": 1280, "height": 500})
    training, law = review.locator("#engagements-0"), review.locator("#engagements-1")
    training.get_by_label("Country").focus()
    eventually(review, lambda: shown(review), TRAINED)
    expect(review.locator(".intake-text .is-shown").first).to_be_in_viewport()
    law.scroll_into_view_if_needed()
    law.locator("legend").hover()
    eventually(review, lambda: shown(review), LAW)
    training.get_by_role("link", name="Show in the article").press("Enter")
    eventually(review, lambda: shown(review), TRAINED)
    expect(training).to_be_in_viewport()
    assert complaints == []


def test_what_is_left_out_needs_no_fields_and_whom_the_portal_has_needs_them(site, editor, open_page):
    ProfileFactory(given_name="Milena", family_name="Orsolić")
    page = open_page(viewport=DESKTOP)
    sign_in(page, site)
    page.goto(site + address("change", an_intake(editor)))
    profile = page.locator("#profile")
    expect(profile.get_by_label("This is somebody else of the same name")).not_to_be_checked()
    expect(profile.get_by_label("Family name")).to_be_visible()
    profile.get_by_label("Take over").uncheck()
    expect(profile.get_by_label("Family name")).to_be_hidden()


def test_the_whole_review_is_worked_by_keyboard(review, complaints):
    title = review.locator("#id_engagements-0-title")
    title.focus()
    title.press("ControlOrMeta+a")
    review.keyboard.type("Trainers for menders of nets")
    number = number_of(review, "engagements")
    for _step in range(120):
        review.keyboard.press("Tab")
        assert (found := review.evaluate(FOCUS)) in ("", "end"), found
        if review.evaluate("document.activeElement.value") == "engagements":
            break
    review.keyboard.press("Enter")
    expect(review.locator(f"#id_engagements-{number}-title")).to_be_focused()
    review.keyboard.type("Talks with beekeepers")
    review.keyboard.press("Enter")  # saves, as in every form
    expect(review.get_by_text("Saved. You find it in the list")).to_be_visible()
    titles = [item["title"] for item in Intake.objects.get().review["engagements"]]
    assert titles[0] == "Trainers for menders of nets"
    assert titles[number] == "Talks with beekeepers"
    assert complaints == []


def test_it_is_saved_by_itself_and_stops_where_somebody_else_saved(site, editor, open_page, complaints):
    page = open_page(viewport=DESKTOP)
    sign_in(page, site)
    page.clock.install()
    intake = an_intake(editor)
    page.goto(site + address("change", intake))
    page.get_by_label("Post title").fill("Officer for Nets")
    page.clock.run_for(31_000)
    expect(page.get_by_role("status").first).to_contain_text("Saved at")
    intake.refresh_from_db()
    assert intake.review["profile"]["post_title"] == "Officer for Nets"
    intake.keep_review(intake.review, editor)
    page.get_by_label("Post title").fill("Officer for Bees")
    page.clock.run_for(31_000)
    expect(page.get_by_role("status").first).to_contain_text("has saved this review since you opened it")
    intake.refresh_from_db()
    assert intake.review["profile"]["post_title"] == "Officer for Nets"
    # What was typed still stands, and replaces theirs when the editor says so.
    follow(page.get_by_role("button", name="Save and go on later").first)
    expect(page.locator(".errornote")).to_contain_text("has saved this review")
    expect(page.get_by_label("Post title")).to_have_value("Officer for Bees")
    follow(page.get_by_role("button", name="Save and go on later").first)
    expect(page.get_by_text("Saved. You find it in the list")).to_be_visible()
    intake.refresh_from_db()
    assert intake.review["profile"]["post_title"] == "Officer for Bees"
    assert complaints == []


def test_leaving_what_is_not_saved_is_asked_about(review):
    asked = []
    review.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    review.get_by_label("Post title").fill("Officer for Nets")
    review.get_by_role("link", name="Articles taken in").first.click()
    expect(review.get_by_role("heading", level=1)).to_have_text("Articles taken in")
    assert asked == ["beforeunload"]
