"""Take the pictures of the handbook and the README, from a portal of its own.

Starts a portal with a database, media folder and sample content that are thrown away afterwards. Invented colleagues
then do in a browser what the handbook tells, and are photographed at it. So a picture shows what editors see today,
and a script that gets no further shows where the handbook no longer holds.

    python scripts/take_screenshots.py

Needs Debian's chromium. Run it after a change of what the pictures show, and look at what comes out.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "images"
PICTURES = (
    "home",
    "second-factor",
    "missing",
    "framing",
    "rich-text",
    "desk",
    "desk-on-a-phone",
    "next-step",
    "returned",
    "two-editors",
    "working-draft",
    "compare",
    "preview-link",
    "import",
    "merge",
    "article",
    "article-engagement",
    "article-drafts",
    "withdraw",
)
LARGEST = 150_000  # bytes
COLOURS = 128
PATIENCE = 6_000  # milliseconds
MARGIN = 12  # pixels around what a picture is about

# The address that the pictures show.
NAME = "portal.example.org"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
PASSWORD = "invented-for-the-pictures"  # noqa: S105 - of accounts that are gone with their database
PORTRAIT = ROOT / "sample" / "data" / "portraits" / "nadia-haddad.webp"

AUTHOR, EDITOR = ("rosa.silva", "Rosa", "Silva", "Author"), ("nils.berg", "Nils", "Berg", "Editor")
SHEET = """slug,name_en,kind,country,website
,Union of Mountain Dairy Cooperatives,federation,PE,https://mountain-dairy.example
federation-of-savings-cooperatives,Federation of Savings Cooperatives,federation,PE,https://savings-cooperatives.example
"""
ARTICLE = """Portraits of cooperation

Nadira Okonjo-Sund, Enterprises Specialist at the ILO Office in Lima

14 May 2021

How did you come to cooperatives?

I studied rural economics at the University of Tarvo in Norway. Then I kept the books of a dairy for three years.

Members weigh the milk at dawn

What do you work on now?

In 2019 we held a workshop on Think.Coop in Bolivia with the Union of Mountain Dairies (UMD). Half of them were women.

In 2020 we trained trainers on Start.Coop in Peru.
"""


# The portal


@contextmanager
def running_portal() -> Iterator[int]:
    """A portal with sample content and one superuser, `first`; the port of 127.0.0.1 at which it answers."""
    with TemporaryDirectory(prefix="portal-pictures-") as folder:
        environment = os.environ | {
            "DEBUG": "1",
            "ALLOWED_HOSTS": f"127.0.0.1,{NAME}",
            "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
            "MEDIA_ROOT": f"{folder}/media",
            "PRIVATE_ROOT": f"{folder}/private",
            "TIME_ZONE": "UTC",
            "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
        }
        for command in (
            ["migrate", "--verbosity", "0"],
            ["load_sample", "--verbosity", "0"],
            ["createsuperuser", "--noinput", "--username", "first", "--email", "first@example.org"],
        ):
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)
        port = free_port()
        serve = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
        server = subprocess.Popen(
            serve, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/readyz")
            yield port
        finally:
            server.terminate()
            server.wait()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(address: str, seconds: int = 30) -> None:
    """Return once `address` answers. Raises TimeoutError if it does not in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            urlopen(address).close()  # noqa: S310 - our own address
            return
        except URLError:
            time.sleep(0.2)
    raise TimeoutError(f"The portal did not start: {address}")


# Pictures


def take(page: Page, name: str, first: Locator, last: Locator | None = None) -> None:
    """Write the picture `name` of the page from the top of `first` to the bottom of `last`, or of `first` alone.

    Raises ValueError when it would be larger than `LARGEST`.
    """
    if name not in PICTURES:
        raise ValueError(f"“{name}” is missing in the list PICTURES.")
    page.wait_for_load_state("networkidle")
    top, bottom = box(first), box(last or first)
    left = max(min(top["x"], bottom["x"]) - MARGIN, 0)
    right = min(max(top["x"] + top["width"], bottom["x"] + bottom["width"]) + MARGIN, page.viewport_size["width"])
    upper = max(top["y"] - MARGIN, 0)
    clip = {
        "x": left,
        "y": upper,
        "width": right - left,
        "height": bottom["y"] + bottom["height"] + MARGIN - upper,
    }
    image = Image.open(BytesIO(page.screenshot(full_page=True, clip=clip, animations="disabled")))
    image = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    if file.tell() > LARGEST:
        raise ValueError(f"“{name}” is too large: {file.tell()} bytes. Show less of the page.")
    (FOLDER / f"{name}.png").write_bytes(file.getvalue())
    print(f"{name}.png: {image.width} × {image.height}, {file.tell() // 1000} KB")


def box(of: Locator) -> dict[str, float]:
    """Where it is on the whole page, which is shown from its top."""
    of.wait_for()
    of.page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    return of.bounding_box()


# What the invented colleagues do


class Colleague:
    """Somebody who is signed in, in a browser of their own."""

    def __init__(self, browser: Browser, username: str, viewport: dict = DESKTOP):
        self.page = browser.new_context(viewport=viewport, base_url=f"http://{NAME}").new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.goto("/admin/")
        self.page.get_by_label("Username").fill(username)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Log in").click()
        expect(self.page.get_by_role("link", name="View site")).to_be_attached()

    @property
    def content(self) -> Locator:
        return self.page.locator("#content")

    def opens(self, path: str) -> None:
        self.page.goto(f"/admin/{path}")

    def opens_from_list(self, path: str, words: str) -> None:
        """Open the first record of the list `path` that a search for `words` finds."""
        self.opens(f"{path}?q={words}")
        self.page.locator("#result_list tbody th a").first.click()

    def fills(self, **values: str) -> None:
        for name, value in values.items():
            self.page.locator(f"#id_{name}").fill(value)

    def finds(self, name: str, words: str) -> None:
        """Choose what a field that searches finds first for `words`."""
        self.page.locator(f".field-{name} .select2-selection").first.click()
        with self.page.expect_response(lambda answer: "autocomplete" in answer.url and words in answer.url):
            self.page.locator(".select2-search__field").last.fill(words)
        self.page.locator(".select2-results__option--highlighted").click()

    def clicks(self, name: str, role: str = "button") -> None:
        self.page.get_by_role(role, name=name, exact=True).first.click()

    def saves(self) -> None:
        self.clicks("Save and continue editing")
        expect(self.page.locator("ul.messagelist .success").first).to_be_visible()


def makes_accounts(first: Colleague) -> None:
    for username, given, family, role in (AUTHOR, EDITOR):
        first.opens("auth/user/add/")
        first.fills(username=username, first_name=given, last_name=family, password1=PASSWORD, password2=PASSWORD)
        first.page.get_by_label(role, exact=True).check()
        first.saves()


def begins_a_profile(author: Colleague) -> None:
    author.opens("profiles/profile/add/")
    author.fills(given_name="Ana", family_name="Quispe")
    author.saves()
    take(author.page, "missing", author.content.locator("h1"), author.page.locator(".standing"))


def completes_the_profile(author: Colleague) -> None:
    page = author.page
    author.fills(
        post_title_en="Cooperative Finance Officer",
        summary_en="Ana Quispe helps savings cooperatives of the Andes to plan, lend and report.",
        consent_date="2026-03-02",
        consent_by="The person, by e-mail",
        portrait_alt_en="Drawing of a smiling woman",
    )
    page.locator("#id_consent_scope").select_option("pictures")
    author.finds("office", "Lima")
    page.locator("#id_portrait").set_input_files(PORTRAIT)
    author.saves()
    for number, percent in enumerate((14, 4, 72, 72, 50, 40)):
        page.locator(f"#id_portrait_framing_{number}").fill(str(percent))
    take(page, "framing", page.locator(".field-portrait_framing"))
    author.saves()


def writes_an_interview(author: Colleague) -> None:
    page = author.page
    author.clicks("Write an interview with this person", "link")
    author.fills(title_en="Counting in the open", published_on="2026-03-02")
    author.clicks("Add another Question and answer")
    author.fills(**{"exchanges-0-question_en": "What makes a savings cooperative strong?"})
    answer = page.locator("#exchanges-0 .ProseMirror").first
    answer.scroll_into_view_if_needed()
    answer.click()
    page.keyboard.type("Three habits, and no magic:")
    page.keyboard.press("Enter")
    page.locator("#exchanges-0").get_by_role("button", name="List", exact=True).first.click()
    for habit in ("count in the open", "lend only what is there", "train the next treasurer"):
        page.keyboard.type(habit)
        page.keyboard.press("Enter")
    page.keyboard.press("Backspace")
    take(page, "rich-text", page.locator("#exchanges-0"))
    author.fills(step_comment="Please check the second answer of the recording.")
    author.clicks("Submit for review")
    expect(page.get_by_text("Submitted for review.", exact=True).first).to_be_visible()


def leaves_work_for_the_desk(editor: Colleague) -> None:
    for name, website in (
        ("Federation of Savings Cooperatives", "https://savings.example"),
        ("Federation of Saving Cooperatives", "https://www.savings-federation.example"),
    ):
        editor.opens("organisations/organisation/add/")
        editor.fills(name_en=name, website=website)
        editor.page.locator("#id_kind").select_option("federation")
        editor.finds("country", "Peru")
        editor.saves()
    editor.opens("duplicates/")
    editor.clicks("Look again now")


def reviews(editor: Colleague) -> None:
    page = editor.page
    editor.opens("")
    take(page, "desk", editor.content.locator("h1"), page.locator(".desk"))
    page.locator(".desk-tasks").first.get_by_role("link", name="Counting in the open").click()
    editor.fills(step_comment="The second question is missing. The rest is good.")
    take(page, "next-step", page.locator("#steps"))
    editor.clicks("Return with the comment")
    expect(page.get_by_text("Returned as a draft.", exact=True).first).to_be_visible()


def meet_on_one_record(author: Colleague, editor: Colleague) -> None:
    author.opens("")
    author.page.locator(".desk-tasks").get_by_role("link", name="Counting in the open").click()
    take(author.page, "returned", author.page.locator(".standing"))
    editor.page.goto(author.page.url)
    editor.fills(title_en="Counting in the open, every month")
    editor.saves()
    author.fills(title_en="Counting where all can see")
    author.clicks("Save and continue editing")
    take(author.page, "two-editors", author.page.locator("#conflict"), author.page.locator(".errornote + .errorlist"))


def changes_what_is_public(editor: Colleague) -> None:
    page = editor.page
    editor.opens_from_list("programmes/programme/", "Think.Coop")
    aim = page.locator("#id_aim_en")
    aim.fill(aim.input_value().replace("cooperative", "cooperative or another business of its members", 1))
    editor.saves()
    take(page, "working-draft", page.locator(".standing"))
    editor.clicks("History", "link")
    editor.clicks("Compare")
    take(page, "compare", editor.content.locator("h1"), page.locator(".comparison"))


def sends_a_preview(editor: Colleague) -> None:
    editor.opens_from_list("profiles/profile/", "Quispe")
    editor.clicks("Make a link for a reviewer")
    take(editor.page, "preview-link", editor.content.locator("h1"), editor.page.locator(".portal-link").last)


def imports_a_sheet(editor: Colleague) -> None:
    editor.opens("organisations/organisation/import/")
    file = {"name": "organisations.csv", "mimeType": "text/csv", "buffer": SHEET.encode()}
    editor.page.get_by_label("File").set_input_files(file)
    editor.clicks("Look at what would happen")
    take(editor.page, "import", editor.page.locator(".sheet-result"))


def merges(editor: Colleague) -> None:
    editor.opens("duplicates/")
    editor.clicks("Merge…", "link")
    take(editor.page, "merge", editor.content.locator("h1"), editor.page.locator(".desk-merge"))


def takes_an_article_in(editor: Colleague) -> None:
    page = editor.page
    editor.opens("intake/intake/add/")
    page.get_by_label("Text of the article").fill(ARTICLE)
    editor.clicks("Read the article")
    first = page.locator("#engagements-0")
    first.get_by_label("Title").focus()
    take(page, "article", editor.content.locator("h1"), page.locator(".intake-article"))
    take(page, "article-engagement", first)
    for kind in page.locator("[name^=organisations][name$=kind]:visible").all():
        if not kind.input_value():
            kind.select_option("federation")
    editor.clicks("Create drafts")
    take(page, "article-drafts", editor.content.locator("h1"), editor.content.locator(".intake-done > p").last)


def looks_at_a_withdrawal(editor: Colleague) -> None:
    editor.opens_from_list("profiles/profile/", "Benali")
    editor.clicks("Withdraw consent", "link")
    take(editor.page, "withdraw", editor.content.locator("h1"), editor.content.locator("form").last)


def look_at_their_phones(browser: Browser) -> None:
    editor = Colleague(browser, EDITOR[0], PHONE)
    take(editor.page, "desk-on-a-phone", editor.page.locator("#header"), editor.page.locator(".desk section").first)


def visits(browser: Browser) -> None:
    page = browser.new_page(viewport=DESKTOP, base_url=f"http://{NAME}")
    page.goto("/en/")
    page.wait_for_load_state("networkidle")
    take(page, "home", page.locator("body > header"), page.locator("section[aria-labelledby=where]"))


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    with running_portal() as port, sync_playwright() as playwright:
        leads_to_it = [
            f"--host-resolver-rules=MAP {NAME}:80 127.0.0.1:{port}",
            f"--unsafely-treat-insecure-origin-as-secure=http://{NAME}",
        ]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *leads_to_it])
        visits(browser)
        makes_accounts(Colleague(browser, "first"))
        author, editor = (Colleague(browser, username) for username, *_ in (AUTHOR, EDITOR))
        author.opens("second-factor/set-up/")
        take(author.page, "second-factor", author.content)
        begins_a_profile(author)
        completes_the_profile(author)
        writes_an_interview(author)
        leaves_work_for_the_desk(editor)
        reviews(editor)
        meet_on_one_record(author, editor)
        changes_what_is_public(editor)
        sends_a_preview(editor)
        imports_a_sheet(editor)
        merges(editor)
        takes_an_article_in(editor)
        looks_at_a_withdrawal(editor)
        look_at_their_phones(browser)
        browser.close()
    if left_out := set(PICTURES) - {picture.stem for picture in FOLDER.glob("*.png")}:
        raise SystemExit(f"Not taken: {', '.join(sorted(left_out))}")


if __name__ == "__main__":
    main()
