"""Countries and regions in the text."""

from collections import Counter
from dataclasses import replace

from intake.findings import Form, Mention, MentionKind
from intake.gazetteers import places
from intake.gazetteers.phrases import Entry, Match
from intake.mentions.languages import is_language
from intake.mentions.names import People, in_organisation, is_other_place, is_person, is_placed
from intake.words import Words, plain_words

AMERICAN_STATES = plain_words("""
    Alabama Arkansas California Carolina Colorado Connecticut Florida Idaho Illinois Indiana Iowa Kansas Kentucky
    Louisiana Maine Maryland Massachusetts Michigan Minnesota Mississippi Missouri Montana Nebraska Ohio Oklahoma Oregon
    Pennsylvania Tennessee Texas Vermont Virginia Wisconsin Wyoming
""")
NEAR_GEORGIA = AMERICAN_STATES | plain_words("USA US Atlanta Savannah")
# What begins a sentence with these is no country: “La Réunion a duré …”.
COMMON_AT_THE_BEGINNING = frozenset({("la", "reunion")})
NEAR = 8
GEORGIA = frozenset({"georgia", "georgie"})
AMERICAN_GEORGIA = Entry(MentionKind.COUNTRY, "US", ("Georgia",), Form.CITY)
# In an article that means the American state, also its towns.
GEORGIAN_TOWNS = frozenset({"athens", "atenas", "athenes", "georgia", "georgie"})


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
    if any(match.entries[0].key == "US" and "Georgia" in match.entries[0].written for _, match in found):
        found = [(words, _american(words, match)) for words, match in found]
    return [mention for words, match in found if (mention := _mention(words, match, codes))]


def _american(words: Words, match: Match) -> Match:
    """The match as it is meant in an article that speaks of the American state of Georgia."""
    if match.end - match.first == 1 and words.plain[match.first] in GEORGIAN_TOWNS:
        return Match((AMERICAN_GEORGIA,), match.first, match.end)
    return match


def _meant(words: Words, match: Match, people: People) -> Match | None:
    """The match with the entry that is meant; None where no place is."""
    region = next((entry for entry in match.entries if entry.kind == MentionKind.REGION), None)
    country = next((entry for entry in match.entries if entry.kind == MentionKind.COUNTRY), None)
    first, end = match.first, match.end
    single = end - first == 1
    if region and (country is None or not country.key):
        return None if single and is_person(words, first, end, False) else Match((region,), first, end)
    if not country.key and not country.choices:
        return None
    if words.gap(end - 1).lstrip().startswith("$"):
        return None
    if first == 0 and tuple(words.plain[first:end]) in COMMON_AT_THE_BEGINNING:
        return None
    if people.has(words, first, end) or is_other_place(words, first, end):
        return None
    also_a_name = single and words.plain[first] in places.names_of_people()
    if single and is_person(words, first, end, also_a_name) and not in_organisation(words, first, end):
        return None
    rather_person = single and words.plain[first] in places.rather_people()
    if rather_person and country.form == Form.CITY and not is_placed(words, first):
        country = replace(country, key="", choices=country.choices or (country.key,))
    if country.form == Form.PEOPLE and single and is_language(words, first, end):
        return None
    if single and words.plain[first] in GEORGIA and _in_america(words, first, end):
        country = AMERICAN_GEORGIA
    elif words.at(end) in AMERICAN_STATES and words.gap(end - 1) == ", " and words.is_capitalised(end):
        # “Lebanon, Ohio”
        country = replace(country, key="US", form=Form.CITY, choices=())
    return Match((country,), first, end)


def _in_america(words: Words, first: int, end: int) -> bool:
    near = {*words.plain[max(0, first - NEAR) : first], *words.plain[end : end + NEAR]}
    return not near.isdisjoint(NEAR_GEORGIA)


def _mention(words: Words, match: Match, codes: Counter[str]) -> Mention | None:
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
