"""What a review still lacks before drafts can be made of it."""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from modeltranslation.settings import AVAILABLE_LANGUAGES

from intake.review import Item, Review

FIRST_YEAR, LAST_YEAR = 1900, 2100
EMPTY = (None, "", [])

# What a new record of each section cannot be without; of one that is in the portal already it is there.
_REQUIRED: dict[str, dict[str, Promise]] = {
    "exchanges": {"question": _("Write the question.")},
    "education": {"title": _("Say what the course of study was.")},
    "positions": {"title": _("Say what the post was.")},
    "organisations": {
        "name": _("Write the name of the organisation."),
        "kind": _("Choose the kind of the organisation."),
    },
    "programmes": {
        "name": _("Write the name of the programme."),
        "kind": _("Choose the kind of the programme."),
    },
    "engagements": {
        "country": _("Choose the country."),
        "title": _("Write the title."),
        "kind": _("Choose the kind of engagement."),
        "year": _("Give the year in which it began: the article does not say it, or says several."),
    },
}


def problems(review: Review) -> dict[str, list[str]]:
    """What is missing or wrong, by “id.field”, such as “engagements-2.year”; of items that are left out nothing."""
    found: dict[str, list[str]] = defaultdict(list)
    for key, text in _problems(review):
        found[key].append(str(text))
    return dict(found)


def without_incomplete(review: Review) -> list[str]:
    """Leave out, in `review` itself, the items of its sections that lack something; the answer are their ids.

    For whoever makes drafts without an editor. What the profile or the interview lack stays a problem.
    """
    left_out: list[str] = []
    # What is left out may be what another item needs.
    while incomplete := {key.partition(".")[0] for key in problems(review)} - {"profile", "interview", *left_out}:
        for section in _REQUIRED:
            for item in review[section]:
                if item["id"] in incomplete:
                    item["include"] = False
        left_out += sorted(incomplete)
    return left_out


def _problems(review: Review) -> Iterator[tuple[str, Promise | str]]:
    yield from _of_person_and_interview(review)
    for section, required in _REQUIRED.items():
        for item in review[section]:
            if item["include"] and not item.get("match"):
                yield from _missing(item, required)
            if item["include"]:
                yield from _of_years(item)
    known = {programme["slug"] for programme in review["programmes"] if programme["include"] or programme["match"]}
    names = {organisation["name"] for organisation in review["organisations"]}
    for engagement in review["engagements"]:
        if not engagement["include"]:
            continue
        if engagement["programme"] and engagement["programme"] not in known:
            yield (
                f"{engagement['id']}.programme",
                _("Tick this programme in its list, or choose another."),
            )
        if not set(engagement["organisations"]) <= names:
            yield f"{engagement['id']}.organisations", _("Choose among the organisations of the list.")
    for step in (*review["education"], *review["positions"]):
        if step["include"] and step["organisation"] and step["organisation"] not in names:
            yield f"{step['id']}.organisation", _("Choose among the organisations of the list.")


def _of_person_and_interview(review: Review) -> Iterator[tuple[str, Promise | str]]:
    profile, interview = review["profile"], review["interview"]
    if profile["include"] and not profile["match"]:
        yield from _missing(
            profile, {"given_name": _("Write the given name."), "family_name": _("Write the family name.")}
        )
    has_parts = any(item["include"] for section in ("education", "positions") for item in review[section])
    if not profile["include"] and not profile["match"] and (interview["include"] or has_parts):
        yield "profile.include", _("The interview, the education and the positions need the profile.")
    if not interview["include"]:
        return
    if not interview["match"]:
        yield from _missing(interview, {"title": _("Write the title.")})
    if interview["language"] not in AVAILABLE_LANGUAGES:
        yield "interview.language", _("Choose the language of the article: its texts are kept in that language.")


def _missing(item: Item, required: dict[str, Promise]) -> Iterator[tuple[str, Promise]]:
    for name, text in required.items():
        value = item[name]
        if value in EMPTY or (isinstance(value, str) and not value.strip()):
            yield f"{item['id']}.{name}", text


def _of_years(item: Item) -> Iterator[tuple[str, Promise | str]]:
    first = "year" if "year" in item else "from_year"
    for name in (first, "to_year"):
        year = item.get(name)
        if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
            yield f"{item['id']}.{name}", _("Give a year between 1900 and 2100.")
    begun, ended = item.get(first), item.get("to_year")
    if begun and ended and ended < begun:
        yield f"{item['id']}.to_year", _("The last year is before the first year.")
