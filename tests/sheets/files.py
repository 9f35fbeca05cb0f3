"""Sheets as people make them, and the way of a file through the import pages."""

import csv
import re
from dataclasses import dataclass
from html import unescape
from io import BytesIO, StringIO
from threading import Event
from urllib.parse import parse_qs, urlsplit

import openpyxl
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from sheets.checking import Check

WAIT = 120  # seconds, at most


def as_csv(rows: list[dict], *, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """A CSV file of these rows, whose columns are those of the first."""
    text = StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def as_xlsx(rows: list[list], *more) -> bytes:
    """A workbook of these rows of cells, the first of which names the columns; `more` change it before it is saved."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for change in more:
        change(book)
    return saved(book)


def saved(book) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def table(content: bytes) -> list[dict]:
    """The rows of an exported CSV file."""
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def address(name: str, model: type[Model], **query) -> str:
    return reverse(f"sheets:{name}", args=[model._meta.app_label, model._meta.model_name], query=query)


def content_of(response) -> bytes:
    """All that a response says, streamed or not."""
    return b"".join(response.streaming_content) if response.streaming else response.content


@dataclass
class Page:
    """What one sees of a page when it is there wholly."""

    html: str

    def __post_init__(self):
        self.soup = BeautifulSoup(self.html, "html.parser")
        self.text = " ".join(self.soup.get_text(" ").split())

    @property
    def counts(self) -> dict[str, int]:
        """New, changed, unchanged and wrong rows."""
        said = [item.get_text(" ", strip=True) for item in self.soup.select(".sheet-counts li")]
        return {words.split()[1]: int(words.split()[0].replace(",", "")) for words in said}

    @property
    def problems(self) -> list[str]:
        return [item.get_text() for item in self.soup.select(".sheet-problems li")]

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """Column, cell before and cell after."""
        rows = [[cell.get_text() for cell in row.select("td")] for row in self.soup.select(".sheet-table tbody tr")]
        return [tuple(row[1:]) for row in rows]

    @property
    def progress(self) -> list[str]:
        return [item.get_text(strip=True) for item in self.soup.select(".sheet-progress span")]

    @property
    def form(self) -> dict[str, str]:
        return {field["name"]: field["value"] for field in self.soup.select(".sheet-result input[type=hidden]")}


class Importer:
    """Somebody who imports files, in a browser where they are logged in."""

    def __init__(self, client: Client):
        self.client = client

    def upload(self, model: type[Model], content: bytes, name: str = "sheet.csv"):
        """The answer to the upload: the way to the preview, or the form with what is wrong."""
        return self.client.post(address("import", model), {"file": SimpleUploadedFile(name, content)})

    def token(self, model: type[Model], content: bytes) -> str:
        """What stands for the uploaded file."""
        return parse_qs(urlsplit(self.upload(model, content)["Location"]).query)["file"][0]

    def preview(self, model: type[Model], content: bytes, name: str = "sheet.csv") -> Page:
        answer = self.upload(model, content, name)
        assert answer.status_code == 302, errors_of(answer)
        return self.page(self.client.get(answer["Location"]))

    def confirm(self, model: type[Model], preview: Page) -> Page:
        assert preview.form, preview.text
        return self.page(self.client.post(address("confirm", model), preview.form))

    def run(self, model: type[Model], content: bytes, name: str = "sheet.csv") -> Page:
        """Upload, look, import."""
        return self.confirm(model, self.preview(model, content, name))

    def export(self, model: type[Model], kind: str = "csv", **filters) -> bytes:
        return content_of(self.client.get(address(f"export-{kind}", model, **filters)))

    @staticmethod
    def page(response) -> Page:
        assert response.status_code == 200
        return Page(content_of(response).decode())


def errors_of(response) -> str:
    """The message on a form that was not taken."""
    found = re.search(r'<ul class="errorlist"[^>]*>(.*?)</ul>', content_of(response).decode(), re.DOTALL)
    return unescape(re.sub("<[^>]+>", "", found[1])).strip() if found else ""


def hold(monkeypatch) -> Event:
    """Let the work of the import pages stop after the first rows; it goes on when the answer is set."""
    batches, go_on = Check.batches, Event()

    def held_batches(check):
        for rows in batches(check):
            yield rows
            go_on.wait(WAIT)

    monkeypatch.setattr(Check, "batches", held_batches)
    return go_on
