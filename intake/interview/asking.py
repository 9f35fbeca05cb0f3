"""Whether words ask: a question, or a request without a question mark."""

import re

from intake.blocks import CLOSING
from intake.interview.sentences import sentences
from intake.interview.words import Words, common_set

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# “My.Coop” is a programme, and no “my”.
PROGRAMME = re.compile(r"\bmy\s?[.-]?\s?coop\b")
PART = re.compile(r"[^\W\d_]+'?")
OPENING = "¿¡“«\"'‘(–—-* \t\n\xa0"
LONGEST = 700
LONGEST_REQUEST = 450
# Longer than this and in the first person, it is an answer that ends in a question.
LONG_FOR_ME = 250
LONGEST_UNMARKED = 200
FEWEST_WORDS = 3
# “And why not?” is more often said to oneself than a longer question.
MOST_WORDS_OF_REMARK = 3
# “And the women?”
MOST_WORDS_OF_ADDITION = 6
LONGEST_ADDITION = 60
ADDED = 1.5
FRENCH_INVERSION = re.compile(r"[^\W\d_]-(?:t-)?(?:il|elle|ils|elles|on|vous|tu|ce)\b")
# “Looking back, is there anything you …”, whatever mark ends it.
INVERTED = re.compile(r"(?:[^,]{1,40}, )?(?:is|are|was|were|do|did|have|can|could|would|will|should) (?:there|you)\b")


def tokens(text: str) -> list[str]:
    """Words in lower case. “l'avenir” gives “l'” and “avenir”, too, and “vous-même” gives “vous”."""
    found = []
    for word in WORD.findall(PROGRAMME.sub(" ", text.lower())):
        found.append(word.replace("’", "'"))
        if "'" in found[-1] or "-" in word:
            found.extend(PART.findall(found[-1]))
    return found


def marked(text: str) -> bool:
    """Does it end in a question mark, perhaps within quotation marks?"""
    bare = text.rstrip()
    return (bare[:-1] if bare.endswith("?.") else bare.rstrip(CLOSING)).endswith(("?", "؟", "？"))


def requests(sentence: str, words: Words) -> bool:
    return sentence.lstrip(OPENING).lower().startswith(words.requests)


def asks(text: str, words: Words) -> bool:
    """Could the whole paragraph be a question, with statements before it or not?"""
    if len(text) > LONGEST:
        return False
    if marked(text):
        return len(text) <= LONG_FOR_ME or not says_me(text, words)
    parts = [text[start:end] for start, end in sentences(text)]
    if not parts:
        return False
    if len(text) <= LONG_FOR_ME and adds(parts[0], words) and not says_i(text, words):
        return True
    if len(text) <= LONGEST_REQUEST and not says_i(text, words):
        if requests(parts[-1], words):
            return True
        asking = [marked(part) or requests(part, words) for part in parts]
        # “How did you begin? You came from banking, after all.”
        if asking[0] and all(
            is_asking or addresses(part, words) for part, is_asking in zip(parts, asking, strict=True)
        ):
            return True
    opened = text.lstrip(OPENING).lower()
    unmarked = len(parts) == 1 and len(text) <= LONGEST_UNMARKED and not says_i(text, words)
    if unmarked and text.startswith("¿"):
        return True
    first = tokens(opened[:40])[:1]
    return bool(
        unmarked
        and first
        and (first[0] in QUESTION_WORDS or INVERTED.match(opened))
        and addresses(text, words)
        and not text.endswith((":", ";", ","))
    )


QUESTION_WORDS = frozenset(
    [
        "what",
        "how",
        "why",
        "where",
        "when",
        "who",
        "which",
        "qué",
        "cómo",
        "cuál",
        "cuáles",
        "cuándo",
        "dónde",
        "quién",
        "comment",
        "pourquoi",
        "quel",
        "quelle",
        "quels",
        "quelles",
    ]
)


def adds(sentence: str, words: Words) -> bool:
    """Is it a question without a verb that adds to those before: “And the women?”, “¿Y hoy?”?"""
    spoken = tokens(sentence) if len(sentence) <= LONGEST_ADDITION else []
    return (
        marked(sentence)
        and 2 <= len(spoken) <= MOST_WORDS_OF_ADDITION
        and spoken[0] in words.additive
        and words.first_person.isdisjoint(spoken)
        and QUESTION_WORDS.isdisjoint(spoken)
        and common_set("no_addition").isdisjoint(spoken)
    )


def addresses(text: str, words: Words) -> bool:
    """Does it speak to somebody?"""
    return not words.second_person.isdisjoint(tokens(text))


def says_i(text: str, words: Words) -> bool:
    """Does the speaker speak of himself or herself, and not of asking?"""
    return not words.first_person.isdisjoint(tokens(text)) and not any(
        requests(text[start:end], words) for start, end in sentences(text)
    )


def says_me(text: str, words: Words) -> bool:
    """Does one person speak of himself or herself, and not of asking?"""
    return not words.singular.isdisjoint(tokens(text)) and not any(
        requests(text[start:end], words) for start, end in sentences(text)
    )


def quoted(text: str) -> bool:
    """Is all of it between quotation marks?"""
    return text[:1] in '“«"' and text.rstrip(" .")[-1:] in '”»"'


def weight(text: str, words: Words) -> float:
    """How much a question sounds like an interviewer's, from about -3 to 4. Rhetorical ones are below 0.5."""
    spoken = tokens(text)
    there = set(spoken)
    to_you = bool(there & words.second_person)
    of_me = bool(there & words.first_person)
    parts = [text[start:end] for start, end in sentences(text)] or [text]
    if adds(parts[0], words):
        return ADDED
    to_you = to_you or any(part.startswith("¿") and not words.polite.isdisjoint(tokens(part)) for part in parts)
    score = 0.5
    if to_you:
        score += 2
    if says_me(text, words):
        score -= 1.5 if to_you else 2
    elif of_me and not to_you:
        # An interviewer may ask what “we” should do, and hardly says what “we” did.
        told = any(says_i(part, words) and not opens_as_question(part, words) for part in parts)
        score -= 2.5 if told else 1
    if any(requests(part, words) for part in parts):
        score += 2
    if any(marked(part) and opens_as_question(part, words) for part in parts):
        score += 1
    elif marked(text) and text.lstrip(OPENING).lower().startswith(words.parting):
        score += 1.5
    if not to_you and spoken and spoken[0] in words.connectives:
        score -= 1 if len(spoken) > MOST_WORDS_OF_REMARK else 2
    if not to_you and len(spoken) < FEWEST_WORDS:
        score -= 1.5
    if len(parts) > 4 and not to_you:
        score -= 2
    return score


def opens_as_question(sentence: str, words: Words) -> bool:
    """Does it begin as a question does, perhaps after a comma: “Dr Ruiz, how …”, “Presidenta, ¿cómo …”?"""
    bare = sentence.lstrip(OPENING)
    first = [word for word in tokens(bare[:40]) if word not in words.connectives][:1]
    if "¿" in sentence[:LONGEST_ADDITION] or bool(first and first[0].split("'")[0] in words.interrogatives):
        return True
    if not marked(sentence):
        return False
    return FRENCH_INVERSION.search(sentence) is not None or any(
        word in QUESTION_WORDS for clause in sentence.lower().split(", ")[1:3] for word in tokens(clause[:20])[:1]
    )
