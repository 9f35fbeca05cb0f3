"""Names taken apart. No rule is right for everybody: this is what an editor is shown, and corrects."""

import re

_WITH_ACRONYM = re.compile(r"(.*\S)\s*\(([^()\s]{2,20})\)")

# What begins a family name of several words.
_PARTICLES = frozenset(
    (  # noqa: SIM905 - read as words
        "al bani ben bin bint da dal das de del della den der di do dos du el ibn la las le los "
        "mac mc st ter van vom von"
    ).split()
)


def split(name: str, language: str = "") -> tuple[str, str]:
    """The given and the family name of a person.

    The last word is the family name, with the particles before it; “Family, Given” says it by itself. In an article
    in Spanish (`language` "es") the last two of three words or more are. A single word is the family name.
    """
    before, comma, after = (part.strip() for part in name.partition(","))
    if comma and before and after:
        return after, before
    words = name.replace(",", " ").split()
    if len(words) < 2:
        return "", " ".join(words)
    family = 2 if language == "es" and len(words) > 2 and words[-2].casefold() not in _PARTICLES else 1
    first = len(words) - family
    while first > 1 and words[first - 1].casefold() in _PARTICLES:
        first -= 1
    return " ".join(words[:first]), " ".join(words[first:])


def apart(name: str) -> tuple[str, str]:
    """The name of an organisation and its acronym, "" if it has none: “Union of Bakers (UB)”."""
    match = _WITH_ACRONYM.fullmatch(name.strip())
    return (match[1], match[2]) if match else (name.strip(), "")
