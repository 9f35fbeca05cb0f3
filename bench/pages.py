"""The pages that are measured: their addresses in a data set, and what their bodies must hold."""

from dataclasses import dataclass
from urllib.parse import urlencode

PUBLIC, ADMIN = "public", "admin"


@dataclass(frozen=True)
class Page:
    """A page of the portal. `naive`: whether the naive site has it too. `must_hold` is looked for in its body."""

    name: str
    path: str
    kind: str = PUBLIC
    naive: bool = False
    must_hold: str = "</html>"


def pages(facts: dict) -> list[Page]:
    """Those of the data set with these facts."""
    country, usual = facts["busy_country"], facts["usual_country"]

    def address(path: str, **parameters) -> str:
        return f"/en/{path}?{urlencode(parameters)}" if parameters else f"/en/{path}"

    return [
        Page("home", address("")),
        Page("programmes", address("programmes/"), naive=True),
        Page("programmes by country", address("programmes/", country=usual), naive=True),
        Page("programmes by busy country", address("programmes/", country=country), naive=True),
        Page("engagements", address("engagements/"), naive=True),
        Page(
            "engagements filtered",
            address("engagements/", country=usual, sector=facts["sector"], year_from=2005, year_to=2020),
            naive=True,
        ),
        Page("engagements by kind and topic", address("engagements/", kind="workshop", topic="youth"), naive=True),
        Page("engagements page 40", address("engagements/", page=40), naive=True),
        Page("engagements with words", address("engagements/", q="training"), naive=True),
        Page("countries", address("countries/")),
        Page("country page", address(f"countries/{country.lower()}/"), naive=True),
        Page("people by country", address("profiles/", country=usual)),
        Page("person", address(f"profiles/{facts['profile']}/")),
        Page("programme", address(f"programmes/{facts['programme']}/")),
        Page("engagement", facts["engagement_pages"][0]),
        Page("search rare word", address("search/", q=facts["rare_word"]), naive=True),
        Page("search frequent word", address("search/", q="cooperative"), naive=True),
        Page("search two words", address("search/", q="women coffee"), naive=True),
        Page("admin engagements", "/admin/engagements/engagement/", ADMIN, naive=True),
        Page("admin engagements filtered", "/admin/engagements/engagement/?kind__exact=pilot", ADMIN, naive=True),
        Page("admin engagements searched", "/admin/engagements/engagement/?q=coffee", ADMIN, naive=True),
        Page("admin people", "/admin/profiles/profile/", ADMIN, naive=True),
        Page("admin programmes", "/admin/programmes/programme/", ADMIN, naive=True),
    ]


# Judged together as “a plain list”, against which a search is held.
PLAIN_LIST = "engagements"
SEARCHES = ("search rare word", "search frequent word", "search two words")
# Pages whose speed beside the naive site and whose growth are goals.
JUDGED = (
    "programmes",
    "programmes by country",
    "country page",
    "engagements",
    "engagements filtered",
    *SEARCHES,
)
# What most visitors ask, again and again: of these, in this order of frequency, the warm pages are.
WARM = (
    "home", "engagements", "programmes by country", "programmes", "country page", "person", "programme", "countries",
    "engagement", "search frequent word",
)  # fmt: skip


def cold_addresses(facts: dict, number: int) -> list[str]:
    """Addresses that nobody asked before: lists with filters, pages of countries and people, searches."""

    def country(turn: int) -> str:
        return facts["countries"][turn % len(facts["countries"])]

    def profile(turn: int) -> str:
        return facts["profiles"][turn % len(facts["profiles"])]

    ways = [
        lambda turn: f"/en/engagements/?country={country(turn)}&year_from={1995 + turn % 30}",
        lambda turn: f"/en/programmes/?country={country(turn)}&sort=newest",
        lambda turn: facts["engagement_pages"][turn % len(facts["engagement_pages"])],
        lambda turn: f"/en/countries/{country(turn).lower()}/",
        lambda turn: f"/en/profiles/{profile(turn)}/",
        lambda turn: f"/en/search/?q=coffee+{facts['rare_word'][: 2 + turn % 6]}",
    ]
    # A parameter that no page knows makes each of them another address.
    addresses = (ways[turn % len(ways)](turn // len(ways)) for turn in range(number))
    return [f"{address}{'&' if '?' in address else '?'}visit={turn}" for turn, address in enumerate(addresses)]
