"""Staff signing in with a second factor, in a real browser, under the portal's Content-Security-Policy."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Page, expect

from accounts import second_factor
from tests.accounts.phones import Phone
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.waiting import follow
from tests.factories import UserFactory

PASSWORD = "a-long-password"
AXE = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
}


@pytest.fixture(autouse=True)
def as_in_production(settings):
    settings.REQUIRE_SECOND_FACTOR = True
    settings.AXES_ENABLED = True


@pytest.fixture
def anna(site):
    return UserFactory(username="anna", is_superuser=True)


def give_password(page: Page, site: str, password: str = PASSWORD) -> None:
    page.goto(f"{site}/admin/")
    page.get_by_label("Username").fill("anna")
    page.get_by_label("Password").fill(password)
    follow(page.get_by_role("button", name="Log in"))


def set_up(page: Page) -> tuple[Phone, list[str]]:
    """Go through the page that sets up a second factor; the phone, and the recovery codes that were shown."""
    phone = Phone(page.locator(".secret").inner_text())
    page.get_by_label("Code").fill(phone.code())
    follow(page.get_by_role("button", name="Set up"))
    codes = page.locator(".recovery-codes code")
    expect(codes).to_have_count(10)
    shown = codes.all_inner_texts()
    follow(page.get_by_role("link", name="I have kept them"))
    return phone, shown


def half_a_minute_passes() -> None:
    """The code of the app that is on show may be used again."""
    TOTPDevice.objects.update(last_t=-1)


def test_setting_up_then_signing_in_with_app_and_recovery_code(site, anna, open_page, complaints):
    page = open_page()
    give_password(page, site)
    expect(page.get_by_role("heading", name="Second factor")).to_be_visible()
    picture = page.locator(".qr-code")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    phone, codes = set_up(page)
    expect(page.get_by_role("heading", name="Your desk")).to_be_visible()
    assert len(set(codes)) == 10

    follow(page.get_by_role("button", name="Log out"))
    half_a_minute_passes()
    give_password(page, site)
    page.get_by_label("Code").press_sequentially(phone.code())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your desk")).to_be_visible()

    follow(page.get_by_role("button", name="Log out"))
    give_password(page, site)
    page.get_by_label("Code").fill(codes[0])
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_text("You used a recovery code. 9 are left.")).to_be_visible()
    assert complaints == []


def test_wrong_passwords_lead_to_a_page_that_says_when_to_come_back(site, anna, open_page):
    page = open_page()
    for _attempt in range(5):
        give_password(page, site, "wrong")
    expect(page.get_by_text("Try again in 15 minutes.")).to_be_visible()
    give_password(page, site)
    expect(page.get_by_text("Try again in 15 minutes.")).to_be_visible()


@pytest.mark.parametrize("language", ["Español", "Français"])
def test_language_is_switched_without_javascript(site, open_page, language):
    page = open_page(java_script_enabled=False, viewport=PHONE)
    page.goto(f"{site}/admin/")
    page.get_by_role("button", name=language).click()
    expect(page.locator("html")).to_have_attribute("lang", language[:2].lower())
    expect(page).to_have_url(f"{site}/admin/login/?next=/admin/")


@pytest.mark.parametrize(("viewport", "scheme"), [(PHONE, "dark"), (DESKTOP, "light")], ids=["phone", "desktop"])
def test_no_barrier_and_no_overflow_on_the_way_in(site, anna, open_page, viewport, scheme):
    page = open_page(viewport=viewport, color_scheme=scheme)

    def check():
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url
        found = Axe().run(page, None, AXE).response["violations"]
        assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == [], page.url

    page.goto(f"{site}/admin/")
    check()
    give_password(page, site)
    check()
    phone = Phone(page.locator(".secret").inner_text())
    page.get_by_label("Code").fill(phone.wrong_code())
    follow(page.get_by_role("button", name="Set up"))
    check()
    page.get_by_label("Code").fill(phone.code())
    follow(page.get_by_role("button", name="Set up"))
    check()
    for address in ("set-up/", "recovery-codes/"):
        page.goto(f"{site}/admin/second-factor/{address}")
        check()
    follow(page.get_by_role("button", name="Log out"))
    give_password(page, site)
    check()
    for _attempt in range(5):
        page.get_by_label("Code").fill(phone.wrong_code())
        follow(page.get_by_role("button", name="Log in"))
        second_factor.forget_wrong_codes(anna)
    expect(page.get_by_text("Try again in 15 minutes.")).to_be_visible()
    check()
