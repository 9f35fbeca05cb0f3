"""Countries and regions in the text."""

from collections import Counter
from dataclasses import replace

from intake.findings import Form, Mention, MentionKind
from intake.gazetteers import places
from intake.gazetteers.phrases import Match
from intake.mentions.languages import is_language
from intake.mentions.names import People, in_organisation, is_person
from intake.words import Words, plain_words

AMERICAN_STATES = plain_words("""
    Alabama Arkansas California Carolina Colorado Connecticut Florida Idaho Illinois Indiana Iowa Kansas Kentucky
    Louisiana Maine Maryland Massachusetts Michigan Minnesota Mississippi Missouri Montana Nebraska Ohio Oklahoma Oregon
    Pennsylvania Tennessee Texas Vermont Virginia Wisconsin Wyoming USA US Atlanta Savannah
""")
NEAR = 8


def find(sentences: list[Words], language: str, people: People) -> list[Mention]:
    """The mentions of countries and regions in the words of sentences, in order."""
    found: list[tuple[Words, Match]] = []
    codes: Counter[str] = Counter()
    for words in sentences:
        for match in places.phrases().matches(words, language):
            match = _meant(words, match, people)
            if match is None:
                continue
            found.append((words, match))
            entry = match.entries[0]
            if entry.kind == MentionKind.COUNTRY and not entry.choices:
                codes[entry.key] += 1
    return [mention for words, match in found if (mention := _mention(words, match, codes, places.names_of_people()))]


def _meant(words: Words, match: Match, people: People) -> Match | None:
    """The match with the entry that is meant; None where no place is."""
    region = next((entry for entry in match.entries if entry.kind == MentionKind.REGION), None)
    country = next((entry for entry in match.entries if entry.kind == MentionKind.COUNTRY), None)
    if region and (country is None or not country.key):
        return Match((region,), match.first, match.end)
    if not country.key and not country.choices:
        return None
    first, end = match.first, match.end
    single = end - first == 1
    if people.has(words, first, end):
        return None
    also_a_name = single and words.plain[first] in places.names_of_people()
    if single and is_person(words, first, end, also_a_name) and not in_organisation(words, first, end):
        return None
    if country.form == Form.PEOPLE and single and is_language(words, first, end):
        return None
    if (single and words.plain[first] in {"georgia", "georgie"} and _in_america(words, first, end)) or (
        words.at(end) in AMERICAN_STATES and words.gap(end - 1) == ", " and words.is_capitalised(end)
    ):
        country = replace(country, key="US", form=Form.CITY, choices=())
    return Match((country,), first, end)


def _in_america(words: Words, first: int, end: int) -> bool:
    near = {*words.plain[max(0, first - NEAR) : first], *words.plain[end : end + NEAR]}
    return not near.isdisjoint(AMERICAN_STATES)


def _mention(words: Words, match: Match, codes: Counter[str], names: frozenset[str]) -> Mention | None:
    entry = match.entries[0]
    key, form = entry.key, entry.form
    if entry.choices:
        key = max(entry.choices, key=lambda code: codes[code])
        if not codes[key]:
            key = entry.key
        if not key:
            return None
    if entry.kind == MentionKind.COUNTRY and form != Form.IN_NAME and in_organisation(words, match.first, match.end):
        form = Form.IN_NAME
    return Mention(entry.kind, key, words.span(match.first, match.end), words.sentence, form)
