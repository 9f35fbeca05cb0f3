"""The forms of a people's name or adjective: feminine and plural, from the form that dictionaries give.

The rules are the regular ones of each language, as far as names of peoples need them. What they would get wrong is
written out in `data/demonyms.csv`, with a “=” before it.
"""

EXACT = "="

SPANISH_ENDINGS = {
    "és": ("és", "esa", "eses", "esas"),
    "án": ("án", "ana", "anes", "anas"),
    "ón": ("ón", "ona", "ones", "onas"),
    "ol": ("ol", "ola", "oles", "olas"),
    "o": ("o", "a", "os", "as"),
    "í": ("í", "íes", "ís"),
    "ú": ("ú", "úes", "ús"),
    "é": ("é", "és"),
    "a": ("a", "as"),
    "e": ("e", "es"),
}
FRENCH_ENDINGS = {
    "ien": ("ien", "iens", "ienne", "iennes"),
    "éen": ("éen", "éens", "éenne", "éennes"),
    "ais": ("ais", "aise", "aises"),
    "ois": ("ois", "oise", "oises"),
    "e": ("e", "es"),
}


def forms(word: str, language: str) -> list[str]:
    """The forms of `word` (for instance “peruano”) in `language` (en, es or fr)."""
    if word.startswith(EXACT):
        return [word.removeprefix(EXACT)]
    return {"en": _english, "es": _spanish, "fr": _french}[language](word)


def _english(word: str) -> list[str]:
    if word.endswith(("ese", "ish", "ch", "ss", "s")):
        return [word]
    return [word, word + "s"]


def _spanish(word: str) -> list[str]:
    for ending, endings in SPANISH_ENDINGS.items():
        if word.endswith(ending):
            return [word.removesuffix(ending) + other for other in endings]
    return [word, word + "es"]


def _french(word: str) -> list[str]:
    for ending, endings in FRENCH_ENDINGS.items():
        if word.endswith(ending):
            return [word.removesuffix(ending) + other for other in endings]
    return [word, word + "s", word + "e", word + "es"]
