"""What the lists of names promise."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from intake import words
from intake.findings import Article, Form, Interview, KnownProgramme, MentionKind
from intake.gazetteers import keywords, places, programmes
from intake.gazetteers.files import rows
from intake.gazetteers.inflection import forms
from intake.mentions import find_mentions

ROOT = Path(__file__).parent.parent.parent
LANGUAGES = ("en", "es", "fr")


def code_list(name: str) -> list[dict[str, str]]:
    with (ROOT / "codelists" / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


COUNTRIES = {row["code"]: row for row in code_list("countries.csv")}
WITHDRAWN = {row["name"] for row in rows("corrections.csv")}
AMBIGUOUS = {row["name"] for row in rows("ambiguous_places.csv")}


def countries_in(text: str, language: str) -> set[str]:
    mentions = find_mentions(Article(text), Interview(language, ()))
    return {mention.key for mention in mentions if mention.kind == MentionKind.COUNTRY}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_country_is_found_by_the_portals_own_name(language):
    names = {code: row[f"name_{language}"] for code, row in COUNTRIES.items()}
    missed = {
        name: countries_in(f"… {name}.", language)
        for code, name in names.items()
        if name.partition(" (")[0] not in WITHDRAWN | AMBIGUOUS and code not in countries_in(f"… {name}.", language)
    }
    assert missed == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_member_state_has_a_name_for_its_people(language):
    members = {row["code"] for row in code_list("ilo_regions.csv")}
    # Of both Congos and of Dominica in English the name is shared; the Cook Islands have none in Spanish and French.
    shared = {"CD", "CG", "DM", "CK"}
    named = {row["code"] for row in rows("demonyms.csv") if row[language]}
    assert members - named - shared == set()


def test_no_phrase_leads_to_two_countries_unless_the_list_of_ambiguous_places_says_so():
    codes = defaultdict(set)
    declared = {tuple(map(words.plain, words.split(name))) for name in AMBIGUOUS}
    for entry in places.entries():
        if entry.kind == MentionKind.COUNTRY and entry.key:
            codes[tuple(map(words.plain, entry.written))].add(entry.key)
    assert {phrase: found for phrase, found in codes.items() if len(found) > 1 and phrase not in declared} == {}


def test_countries_in_the_lists_are_countries():
    for entry in places.entries():
        if entry.kind == MentionKind.COUNTRY:
            assert {entry.key, *entry.choices} - {""} <= set(COUNTRIES)


def test_no_phrase_is_empty():
    tables = (places.entries(), programmes.entries())
    assert all(entry.written for table in tables for entry in table)


def test_topics_and_sectors_of_the_keywords_are_those_of_the_portal():
    assert {row["slug"] for row in rows("topics.csv")} == {row["slug"] for row in code_list("topics.csv")}
    assert {row["code"] for row in rows("sectors.csv")} <= {row["code"] for row in code_list("sectors.csv")}


def test_keywords_lead_to_one_topic_and_one_sector_each():
    for phrases in (keywords.topics(), keywords.sectors()):
        for node in _nodes(phrases.tree):
            assert len({entry.key for entry in node}) == 1


def _nodes(tree):
    for word, below in tree.items():
        if word == "":
            yield below
        else:
            yield from _nodes(below)


def test_the_portals_programmes_are_in_the_list():
    import yaml

    with (ROOT / "sample" / "data" / "programmes.yaml").open(encoding="utf-8") as file:
        slugs = {programme["slug"] for programme in yaml.safe_load(file)}
    assert slugs <= {row["slug"] for row in rows("programmes.csv")}


@pytest.mark.parametrize(
    ("word", "language", "expected"),
    [
        ("peruano", "es", ["peruano", "peruana", "peruanos", "peruanas"]),
        ("francés", "es", ["francés", "francesa", "franceses", "francesas"]),
        ("iraní", "es", ["iraní", "iraníes", "iranís"]),
        ("canadiense", "es", ["canadiense", "canadienses"]),
        ("péruvien", "fr", ["péruvien", "péruviens", "péruvienne", "péruviennes"]),
        ("français", "fr", ["français", "française", "françaises"]),
        ("afghan", "fr", ["afghan", "afghans", "afghane", "afghanes"]),
        ("=turque", "fr", ["turque"]),
        ("Peruvian", "en", ["Peruvian", "Peruvians"]),
        ("Vietnamese", "en", ["Vietnamese"]),
        ("German", "en", ["German", "Germans"]),
        ("Panamanian", "en", ["Panamanian", "Panamanians"]),
    ],
)
def test_peoples_are_inflected(word, language, expected):
    assert forms(word, language) == expected


def test_programmes_of_the_portal_are_looked_for_by_name_alias_and_part_of_the_name():
    known = (KnownProgramme("seed-school", "Seed School – Farming Together (SEFATO)", ("Escuela Semilla",)),)
    found = {entry.key: True for entry in programmes.entries(known) if entry.key == "seed-school"}
    assert found
    phrases = [" ".join(entry.written) for entry in programmes.entries(known) if entry.key == "seed-school"]
    assert {"Seed School", "Escuela Semilla"} <= set(phrases)


def test_a_common_word_from_outside_is_no_programme():
    known = (KnownProgramme("growth", "Growth"),)
    assert not [entry for entry in programmes.entries(known) if entry.key == "growth"]


def test_forms_of_countries_are_told_apart():
    found = {entry.form for entry in places.entries() if entry.kind == MentionKind.COUNTRY}
    assert found == set(Form)
