"""Every type of public page, as the sample content fills it, and how each of them answers.

The measuring tests (HTML, structure, weight, and in a browser axe, layout, keyboard) run over this one table.
`tests/test_structure.py` fails when an address of the portal is missing from it.
"""

from dataclasses import dataclass
from http import HTTPStatus
from unittest.mock import patch

from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client

from engagements.models import Engagement
from organisations.models import Organisation
from privacy.models import GoneAddress
from profiles.models import Interview, Profile
from programmes.models import Programme
from publishing.models import Status
from publishing.previewing import PreviewLink

LANGUAGES = ["en", "es", "fr"]

# The path after the language. Lists are here also as they look with filters that are wrong, and with no results.
PAGES = {
    "home": "",
    "people": "profiles/",
    "people filtered": "profiles/?q=cooperatives&language=es&topic=youth",
    "person": "profiles/john-bliek/",
    "invented person": "profiles/amara-okello/",
    "programmes": "programmes/",
    "programmes with an error": "programmes/?country=PE&country=ZZ",
    "programme": "programmes/my-coop/",
    "engagements": "engagements/",
    "engagements with errors": "engagements/?year_from=abc&country=PE&page=99",
    "engagements without results": "engagements/?country=IS&country=PE&q=nothing-fits-this",
    "engagement": "engagements/{engagement}/",
    "countries": "countries/",
    "country": "countries/pe/",
    "region": "regions/africa/",
    "topic": "topics/rural-economy/",
    "organisation": "organisations/swisscontact/",
    "gaps": "gaps/",
    "search": "search/",
    "search results": "search/?q=dairy",
    "search with a typo": "search/?q=colmbia",
    "search without results": "search/?q=xqzvw",
    "search with errors": "search/?q=dairy&type=nonsense&country=ZZ",
    "data": "data/",
    "accessibility": "accessibility/",
    "privacy": "privacy/",
    "feeds": "feeds/",
    "not found": "nowhere/",
}


def paths() -> dict[str, str]:
    """`PAGES` with the engagement that has most to show: it has staff and partners."""
    engagement = Engagement.objects.published().filter(partners__isnull=False, staff__isnull=False).earliest("pk")
    return {name: path.format(engagement=f"{engagement.pk}-{engagement.slug}") for name, path in PAGES.items()}


@dataclass(frozen=True)
class Answer:
    """What the portal sends for one page in one language."""

    name: str
    language: str
    address: str
    status: int
    body: bytes

    @property
    def html(self) -> str:
        return self.body.decode()

    @property
    def soup(self) -> BeautifulSoup:
        found = BeautifulSoup(self.html, "html.parser")
        for template in found.find_all("template"):
            template.clear()  # it is on no page
        return found

    def __str__(self):
        return f"{self.name} ({self.address})"


def answers() -> list[Answer]:
    """Every page in every language, then the pages for what goes wrong."""
    client = Client()
    found = [
        ask(client, name, language, f"/{language}/{path}") for name, path in paths().items() for language in LANGUAGES
    ]
    faults = {"refused": PermissionDenied, "damaged": SuspiciousOperation, "our fault": RuntimeError}
    for name, fault in faults.items():
        with patch("coopportal.views.HomeView.get", side_effect=fault):
            browser = Client(raise_request_exception=False)
            found += [ask(browser, name, language, f"/{language}/") for language in LANGUAGES]
    for language in LANGUAGES:
        strict = Client(enforce_csrf_checks=True, headers={"accept-language": language})
        response = strict.post("/admin/login/", {"username": "a"})
        found.append(Answer("old form", language, "/admin/login/", response.status_code, response.content))
    return found


def previews() -> list[Answer]:
    """What staff and reviewers see of records that are not public, and what is left of a page that was taken down.

    Makes drafts of the sample content.
    """
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("previewer"))
    path_of = paths()
    for records in (Profile, Programme, Organisation, Engagement, Interview):
        records.objects.update(status=Status.DRAFT)
    shown = [
        ask(client, f"preview of {name}", "en", f"/en/{path_of[name]}")
        for name in ("person", "programme", "engagement", "organisation")
    ]
    reviewer, address = Client(), f"/en/{path_of['invented person']}"
    link = PreviewLink.to(Profile.objects.get(slug="amara-okello"))
    GoneAddress.objects.add("/en/taken-down/")
    return [
        *shown,
        ask(reviewer, "preview by a link", "en", address + link.query),
        ask(reviewer, "preview link that does not work", "en", f"{address}?preview=x"),
        ask(reviewer, "taken down", "en", "/en/taken-down/"),
    ]


def ask(client: Client, name: str, language: str, address: str) -> Answer:
    response = client.get(address)
    assert response.status_code != HTTPStatus.FOUND, address
    return Answer(name, language, address, response.status_code, response.content)
