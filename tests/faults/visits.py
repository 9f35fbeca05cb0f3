"""Requests of every kind to a portal that is served: of visitors, programs and staff."""

import random
from collections import Counter
from http.client import HTTPConnection

from tests.faults.content import ENGAGEMENTS, PASSWORD
from tests.scaling.browsing import Browser
from tests.scaling.processes import PATIENCE

LANGUAGES = ("en", "es", "fr")
WORDS = ("dairy", "training", "cooperatives", "federation", "kooperative", "specialist", "peru", "zzz")
LISTS = ("engagements", "programmes", "profiles", "organisations", "countries")
# How often each kind comes, of a hundred.
KINDS = {
    "page": 14,
    "list": 18,
    "filter": 18,
    "search": 12,
    "api": 12,
    "download": 6,
    "broken off": 3,
    "feed": 6,
    "again": 6,
    "nowhere": 4,
    "package": 1,
}


def path_of(kind: str, chance: random.Random) -> str:
    language, number, word = chance.choice(LANGUAGES), chance.randrange(1, 400), chance.choice(WORDS)
    which = chance.choice(LISTS)
    match kind:
        case "page" | "again":
            return f"/{language}/" + chance.choice(
                ["", "accessibility/", "privacy/", "data/", "gaps/", "countries/pe/"]
            )
        case "list":
            return f"/{language}/{which}/?page={chance.randrange(1, 8)}"
        case "filter":
            many = f"country={chance.choice(['AD', 'AE', 'AF', 'AG', 'PE'])}&from={1990 + number % 40}"
            return f"/{language}/engagements/?{many}&q={word}"
        case "search":
            return f"/{language}/search/?q={word}+{number}"
        case "api":
            return f"/api/v1/engagements/?page_size={number % 100 + 1}&expand=programme&q={word}"
        case "download" | "broken off":
            return f"/{language}/{chance.choice(LISTS[:4])}.{chance.choice(['csv', 'xlsx', 'json'])}?q={word}"
        case "feed":
            return chance.choice([f"/{language}/feed/", f"/{language}/planned.ics", "/sitemap.xml", "/robots.txt"])
        case "package":
            return chance.choice(["/data/bundle.zip", "/data/iati-activities.xml", "/data/datapackage.json"])
        case _:
            return f"/{language}/{word}-{number}/"


class Visitor:
    """Asks over connections that are kept for a while, as browsers do; `statuses` are those of all answers."""

    def __init__(self, port: int, number: int):
        self.port, self.chance, self.connection = port, random.Random(number), None  # noqa: S311 - no secret
        self.statuses: Counter[tuple[str, int]] = Counter()

    def visit(self) -> None:
        kind = self.chance.choices(list(KINDS), list(KINDS.values()))[0]
        if self.connection is None:
            self.connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        path = path_of(kind, self.chance)
        headers = {"Accept-Encoding": "gzip"} if self.chance.random() < 0.8 else {}
        response = self.ask(path, headers)
        if kind == "broken off":
            response.read(10)
            self.close()
        else:
            response.read()
        if kind == "again" and (etag := response.headers["ETag"]):
            again = self.ask(path, headers | {"If-None-Match": etag})
            again.read()
            self.statuses["again", again.status] += 1
        self.statuses[kind, response.status] += 1
        if self.chance.random() < 0.1:
            self.close()

    def ask(self, path: str, headers: dict):
        try:
            self.connection.request("GET", path, headers=headers)
            return self.connection.getresponse()
        except (TimeoutError, ConnectionError):
            # The server closed a connection that nothing was said on for a while.
            self.close()
            self.connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            self.connection.request("GET", path, headers=headers)
            return self.connection.getresponse()

    def close(self) -> None:
        if self.connection:
            self.connection.close()
        self.connection = None


def work(port: int, number: int, first: int) -> int:
    """Somebody of the staff signs in, looks, saves, and signs out; how many requests that were.

    `first` is the number of the first of the portal's engagements.
    """
    browser = Browser(port)
    browser.sign_in("secretary", PASSWORD)
    browser.open(f"/admin/engagements/engagement/?q=dairy&p={number % 3}")
    browser.open(f"/admin/engagements/engagement/{first + number % ENGAGEMENTS}/change/")
    browser.open("/admin/codelists/topic/add/")
    browser.send("/admin/codelists/topic/add/", name_en=f"Soaked {number}", slug=f"soaked-{number}")
    assert browser.address.endswith("/admin/codelists/topic/"), browser.page
    browser.open("/admin/")
    browser.send("/admin/logout/")
    return 12  # with those that a redirect leads to
