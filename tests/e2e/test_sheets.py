"""An editor brings a sheet in: sees what is wrong, corrects it, sees how far the work is, and finds the records."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from organisations.models import Organisation
from publishing.models import Status, WorkingDraft
from publishing.snapshots import take
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.test_every_page import AXE
from tests.factories import OrganisationFactory
from tests.sheets.files import as_csv, hold

WORK = 60_000  # milliseconds that a thousand rows may take on a busy machine
ROWS = [{"slug": f"union-{n}", "name_en": f"Union {n}", "kind": "federation", "country": "PE"} for n in range(1100)]


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def upload(page, content: bytes) -> None:
    page.get_by_label("File").set_input_files({"name": "unions.csv", "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Look at what would happen").click()


@pytest.mark.parametrize("options", [{}, {"viewport": PHONE}, {"java_script_enabled": False}])
def test_a_sheet_with_a_mistake_is_corrected_and_imported(site, sign_in, complaints, options):
    page = sign_in(**options)
    page.goto(f"{site}/admin/organisations/organisation/")
    page.get_by_role("link", name="Import", exact=True).click()
    upload(page, as_csv([ROWS[0], ROWS[1] | {"country": "PX"}]))
    expect(page.get_by_text("Row 3, column country: “PX” is no country code.")).to_be_visible()
    page.get_by_role("link", name="Upload the corrected file").click()
    upload(page, as_csv(ROWS))
    # Every line of progress came; none is seen any more, now that there is a result.
    expect(page.get_by_role("button", name="Import 1,100 rows")).to_be_visible(timeout=WORK)
    assert page.locator(".sheet-progress").count() == 4
    assert page.locator(".sheet-progress:visible").count() == 0
    page.get_by_role("button", name="Import 1,100 rows").click()
    expect(page.get_by_text("1,100 added, 0 changed, 0 left as they were.")).to_be_visible(timeout=WORK)
    page.get_by_role("link", name="See the list").click()
    expect(page.get_by_role("link", name="Union 1", exact=True)).to_be_visible()
    assert Organisation.objects.filter(status=Status.DRAFT).count() == len(ROWS)
    assert complaints == []


def test_progress_is_seen_while_the_work_goes_on(site, sign_in, monkeypatch):
    """The work stops half-way until the page was looked at: it shows the line that came last, and no result yet."""
    go_on = hold(monkeypatch)
    page = sign_in(java_script_enabled=False)
    page.goto(f"{site}/admin/organisations/organisation/import/")
    upload(page, as_csv(ROWS))
    expect(page.get_by_text("500 of 1,100 rows checked")).to_be_visible(timeout=WORK)
    expect(page.get_by_text("Reading the file")).to_be_hidden()
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "500")
    expect(page.locator(".sheet-result")).to_have_count(0)
    go_on.set()
    expect(page.get_by_role("button", name="Import 1,100 rows")).to_be_visible(timeout=WORK)
    expect(page.get_by_text("500 of 1,100 rows checked")).to_be_hidden()


@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop", "phone"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(site, sign_in, size, scheme):
    page = sign_in(viewport=size, color_scheme=scheme)
    record = OrganisationFactory(slug="union-0", name_en="Old", description_en="A long-ago-" * 30)
    OrganisationFactory(slug="union-9", name_en="Union 9", kind="federation", country_id="PE")
    WorkingDraft.objects.create(record=record, data=take(record))

    def look(name: str) -> None:
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
        found = Axe().run(page, None, AXE).response["violations"]
        assert [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]] == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], name

    page.goto(f"{site}/admin/organisations/organisation/export/")
    look("export")
    page.goto(f"{site}/admin/organisations/organisation/import/")
    look("import")
    upload(page, b"neither,known\n1,2\n")
    expect(page.get_by_text("The first row names none of the columns.")).to_be_visible()
    look("file refused")
    upload(page, as_csv([ROWS[1] | {"country": "PX", "colour": "blue"}, ROWS[2]]))
    expect(page.get_by_text("“PX” is no country code.")).to_be_visible()
    look("preview with mistakes")
    page.get_by_role("link", name="Upload the corrected file").click()
    upload(page, as_csv([ROWS[0] | {"description_en": ""}, *(row | {"description_en": ""} for row in ROWS[8:10])]))
    expect(page.get_by_text("1 changed record has a working draft.")).to_be_visible(timeout=WORK)
    look("preview")
    page.get_by_role("button", name="Import 2 rows").click()
    expect(page.get_by_text("1 added, 1 changed, 1 left as they were.")).to_be_visible(timeout=WORK)
    look("imported")
