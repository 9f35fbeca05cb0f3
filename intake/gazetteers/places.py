"""Countries and regions as entries: names, peoples, cities, abbreviations, and what only looks like one."""

from collections.abc import Iterator
from functools import cache

from intake import words
from intake.findings import Form, MentionKind
from intake.gazetteers.files import parts, rows
from intake.gazetteers.inflection import EXACT, forms
from intake.gazetteers.phrases import Entry, Phrases

LANGUAGES = ("en", "es", "fr")
# English words that end so mean nothing else when they are written in small letters.
UNMISTAKABLE = ("ian", "ians", "ean", "eans", "ese")


@cache
def phrases() -> Phrases:
    """All that names a country or region, to be looked for at once, so that the longest wins."""
    return Phrases(entries())


def entries() -> Iterator[Entry]:
    yield from country_names()
    yield from peoples()
    yield from cities()
    yield from abbreviations()
    yield from ambiguous()
    yield from regions()
    yield from others()


def country_names() -> Iterator[Entry]:
    for row in rows("country_names.csv"):
        yield _country(row["code"], row["name"].removeprefix("the "))
    for row in rows("country_aliases.csv"):
        for name in parts(row["names"]):
            yield _country(row["code"], name)


def peoples() -> Iterator[Entry]:
    """Adjectives and names of peoples: with a capital anywhere, in small letters in the language where it is right."""
    for row in rows("demonyms.csv"):
        for language in LANGUAGES:
            for word in parts(row[language]):
                for form in forms(word, language):
                    yield _country(row["code"], form, Form.PEOPLE, "" if language == "en" else language)
                    if language == "en" and form.endswith(UNMISTAKABLE):
                        # As people in a hurry write it.
                        yield _country(row["code"], form.lower(), Form.PEOPLE, language)


def cities() -> Iterator[Entry]:
    for row in rows("cities.csv"):
        for name in parts(row["names"]):
            yield _country(row["code"], name, Form.CITY)


def abbreviations() -> Iterator[Entry]:
    for row in rows("country_abbreviations.csv"):
        yield Entry(
            MentionKind.COUNTRY,
            "" if row["needs"] else row["code"],
            tuple(words.split(row["abbreviation"])),
            choices=(row["code"],) if row["needs"] else (),
        )


def ambiguous() -> Iterator[Entry]:
    for row in rows("ambiguous_places.csv"):
        yield Entry(
            MentionKind.COUNTRY,
            row["default"],
            tuple(words.split(row["name"])),
            Form(row["form"]),
            choices=tuple(parts(row["codes"])),
        )


def regions() -> Iterator[Entry]:
    for row in rows("regions.csv"):
        for name in parts(row["names"]):
            yield Entry(MentionKind.REGION, row["key"], tuple(words.split(name)))


def others() -> Iterator[Entry]:
    """What holds the name of a country and names none, or another."""
    for row in rows("not_countries.csv"):
        for name in parts(row["names"]):
            yield Entry(MentionKind.COUNTRY, row["key"], tuple(words.split(name)), Form(row["form"] or Form.NAME))


@cache
def names_of_people() -> frozenset[str]:
    """Words that name a country, city or people and are also first or family names."""
    return frozenset(words.plain(row["name"]) for row in rows("names_of_people.csv"))


@cache
def rather_people() -> frozenset[str]:
    """Of those, the ones that by themselves are rather a person (“Florence”) than the place."""
    return frozenset(words.plain(row["name"]) for row in rows("names_of_people.csv") if row["alone"] == "person")


def _country(code: str, name: str, form: Form = Form.NAME, language: str = "") -> Entry:
    return Entry(MentionKind.COUNTRY, code, tuple(words.split(name.removeprefix(EXACT))), form, language)
