"""Two colleagues bring an interview to the public: one writes, the other reviews; each in a browser of their own."""

import re

from playwright.sync_api import expect

from profiles.models import Interview
from publishing.models import Transition, WorkingDraft
from tests.e2e.waiting import follow
from tests.factories import ExchangeFactory, InterviewFactory, ProfileFactory

PHONE = {"width": 360, "height": 740}


def change_page(site, interview) -> str:
    return f"{site}/admin/profiles/interview/{interview.pk}/change/"


def test_written_submitted_returned_corrected_published_and_seen(site, sign_in, open_page, complaints):
    profile = ProfileFactory(given_name="Ana", family_name="Ruiz")
    author, editor = sign_in("luis", "Author"), sign_in("ana", "Editor")

    author.goto(f"{site}/admin/profiles/profile/{profile.pk}/change/")
    author.get_by_role("link", name="Write an interview with this person").click()
    expect(author.locator(".field-profile .select2-selection__rendered").first).to_contain_text("Ana Ruiz")
    author.locator("#id_title_en").fill("Comming home to the cooperative")
    author.locator("#id_published_on").fill("2024-05-01")
    author.get_by_role("button", name="Add another Question and answer").click()
    author.locator("#id_exchanges-0-question_en").fill("Why cooperatives?")
    expect(author.get_by_role("button", name="Publish now")).to_have_count(0)
    author.get_by_label("Comment").fill("Ready, I think")
    follow(author.get_by_role("button", name="Submit for review"))
    expect(author.get_by_text("Submitted for review.", exact=True).first).to_be_visible()
    interview = Interview.objects.get()
    assert interview.status == "in_review"

    editor.goto(change_page(site, interview))
    expect(editor.get_by_role("cell", name="Ready, I think")).to_be_visible()
    editor.get_by_label("Comment").fill("Coming, with one m")
    follow(editor.get_by_role("button", name="Return with the comment"))
    expect(editor.get_by_text("Returned as a draft.", exact=True).first).to_be_visible()

    author.goto(change_page(site, interview))
    expect(author.locator(".returned")).to_contain_text("Coming, with one m")
    author.locator("#id_title_en").fill("Coming home to the cooperative")
    follow(author.get_by_role("button", name="Submit for review"))
    expect(author.get_by_text("Submitted for review.", exact=True).first).to_be_visible()

    visitor = open_page()
    visitor.goto(f"{site}{profile.get_absolute_url()}")
    expect(visitor.get_by_text("Coming home")).to_have_count(0)

    editor.goto(change_page(site, interview))
    follow(editor.get_by_role("button", name="Publish now"))
    expect(editor.get_by_text("Published.", exact=True).first).to_be_visible()
    visitor.reload()
    expect(visitor.get_by_role("heading", name="Coming home to the cooperative")).to_be_visible()
    assert [step.action for step in Transition.objects.of(interview)] == ["publish", "submit", "return", "submit"]
    assert complaints == []


def test_a_public_interview_is_changed_on_a_phone_and_seen_once_published(site, sign_in, open_page, complaints):
    interview = ExchangeFactory(interview=InterviewFactory(title_en="As it was")).interview
    editor = sign_in("ana", "Editor", viewport=PHONE)
    visitor = open_page(viewport=PHONE)
    address = f"{site}{interview.profile.get_absolute_url()}"
    editor.goto(change_page(site, interview))
    editor.locator("#id_title_en").fill("As it is now")
    follow(editor.get_by_role("button", name="Save and continue editing").first)
    expect(editor.get_by_text("It is a working draft")).to_be_visible()
    expect(editor.locator("#id_title_en")).to_have_value("As it is now")
    visitor.goto(address)
    expect(visitor.get_by_role("heading", name="As it was")).to_be_visible()
    editor.get_by_role("link", name="To the next step").click()
    follow(editor.get_by_role("button", name="Publish now"))
    expect(editor.get_by_text("Published.", exact=True).first).to_be_visible()
    visitor.reload()
    expect(visitor.get_by_role("heading", name="As it is now")).to_be_visible()
    assert not WorkingDraft.objects.exists()
    assert complaints == []


def test_a_step_is_taken_with_the_keyboard_alone(site, sign_in):
    interview = ExchangeFactory(interview=InterviewFactory(draft=True)).interview
    editor = sign_in("ana", "Editor")
    editor.goto(change_page(site, interview))
    editor.get_by_role("link", name="To the next step").press("Enter")
    expect(editor).to_have_url(re.compile("#"))
    for _ in range(12):
        editor.keyboard.press("Tab")
        if editor.evaluate("document.activeElement.value") == "publish":
            break
    editor.keyboard.press("Enter")
    expect(editor.get_by_text("Published.", exact=True).first).to_be_visible()
    interview.refresh_from_db()
    assert interview.is_public
