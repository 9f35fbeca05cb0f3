"""An editor brings a sheet in: sees what is wrong, corrects it, sees how far the work is, and finds the records."""

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import expect

from organisations.models import Organisation
from publishing.models import Status
from tests.e2e.conftest import PHONE
from tests.sheets.files import as_csv

ROWS = [{"slug": f"union-{n}", "name_en": f"Union {n}", "kind": "federation", "country": "PE"} for n in range(1100)]


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def log_in(page, site: str) -> None:
    get_user_model().objects.create_superuser("editor", "editor@example.org", "a-long-password")
    page.goto(f"{site}/admin/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill("a-long-password")
    page.get_by_role("button", name="Log in").click()


def upload(page, content: bytes) -> None:
    page.get_by_label("File").set_input_files({"name": "unions.csv", "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Look at what would happen").click()


@pytest.mark.parametrize("options", [{}, {"viewport": PHONE}, {"java_script_enabled": False}])
def test_a_sheet_with_a_mistake_is_corrected_and_imported(site, open_page, complaints, options):
    page = open_page(**options)
    log_in(page, site)
    page.goto(f"{site}/admin/organisations/organisation/")
    page.get_by_role("link", name="Import", exact=True).click()
    upload(page, as_csv([ROWS[0], ROWS[1] | {"country": "PX"}]))
    expect(page.get_by_text("Row 3, column country: “PX” is no country code.")).to_be_visible()
    page.get_by_role("link", name="Upload the corrected file").click()
    upload(page, as_csv(ROWS))
    # Every line of progress came; none is seen any more, now that there is a result.
    expect(page.get_by_role("button", name="Import 1,100 rows")).to_be_visible()
    assert page.locator(".sheet-progress").count() == 4
    assert page.locator(".sheet-progress:visible").count() == 0
    page.get_by_role("button", name="Import 1,100 rows").click()
    expect(page.get_by_text("1,100 added, 0 changed, 0 left as they were.")).to_be_visible()
    page.get_by_role("link", name="See the list").click()
    expect(page.get_by_role("link", name="Union 1", exact=True)).to_be_visible()
    assert Organisation.objects.filter(status=Status.DRAFT).count() == len(ROWS)
    assert complaints == []


def test_progress_is_seen_while_the_work_goes_on(site, open_page):
    """The page shows the lines that came so far, and of these the last alone."""
    page = open_page()
    log_in(page, site)
    page.goto(f"{site}/admin/organisations/organisation/import/")
    page.evaluate(
        """() => document.querySelector("#content").insertAdjacentHTML("beforeend",
            '<div class="sheet-work"><p class="sheet-progress">One</p><p class="sheet-progress">Two</p></div>')"""
    )
    assert page.locator(".sheet-progress:visible").all_inner_texts() == ["Two"]
