"""Years, periods and durations in the text."""

import re
from collections.abc import Callable
from itertools import pairwise

from intake.findings import Form, Mention, MentionKind, Span
from intake.sentences import around
from intake.words import Words, plain, plain_words

YEAR = r"(?<![\d.,/$€£#])(?<!\d[-–])(?<![$€£][ ])(?:18|19|20)\d\d(?![\d%])(?![.,/]\d|-\d\d?\b(?!\d))"
MONTH = r"""(?:january|february|march|april|may|june|july|august|september|october|november|december
    |jan\.?|feb\.?|mar\.?|apr\.?|jun\.?|jul\.?|aug\.?|sept?\.?|oct\.?|nov\.?|dec\.?
    |enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre
    |janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)"""
DATED = rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th|er)?\s+(?:de\s+)?)?{MONTH}\s*(?:\d{{1,2}},\s*)?(?:of\s+|de\s+|del\s+)?)?"
NUMBERS = r"""(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen
    |sixteen|seventeen|eighteen|nineteen|twenty|twenty[-\s]five|thirty|forty|fifty|sixty|a\s+few|several|many|some
    |couple\s+of|un|uno|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieciséis
    |diecisiete|dieciocho|diecinueve|veinte|veinticinco|treinta|cuarenta|cincuenta|sesenta|algunos|algunas|varios
    |varias|muchos|muchas|pocos|pocas|une|deux|trois|quatre|cinq|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze
    |seize|dix-sept|dix-huit|dix-neuf|vingt|vingt-cinq|trente|quarante|cinquante|soixante|quelques|plusieurs)"""
UNITS = r"""(?:years?|months?|weeks?|days?|decades?|año|años|mes|meses|semanas?|días?|décadas?|lustros?
    |ans?|année|années|mois|semaines?|jours?|décennies?)"""
BEFORE_DURATION = r"""(?:after|for|over|more\s+than|almost|nearly|about|around|within|in|during|the|past|last|next|these
    |another|first|some|and|then|exactly|just|tras|después\s+de|durante|por|más\s+de|casi|unos|unas|hace|desde|los
    |las|últimos|últimas|primeros|cerca\s+de|al\s+cabo\s+de|après|pendant|durant|depuis|plus\s+de|environ|presque|près
    |de|dernières|derniers|au\s+cours\s+des|il\s+y\s+a|en)"""
AFTER_DURATION = r"(?:\s+(?:ago|later|earlier|before|después|más\s+tarde|atrás|antes|plus\s+tard|auparavant))?"


def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE | re.VERBOSE)


RANGE = _pattern(
    rf"""(?:\b(?:from|between|during|desde|de|entre|del|du|depuis|in|en)\s+(?:early\s+|late\s+|mid-?)?)?
    {DATED}(?<![\d.,/$€£#])(?<!\d[-–])(?P<first>(?:18|19|20)\d\d)
    (?:\s?[-–—/]\s?|\s+(?P<link>to|until|till|through|and|a|al|hasta|y|e|à|et|au|jusqu'à|jusqu’à|jusqu'en|jusqu’en)\s+)
    (?:early\s+|late\s+|mid-?)?{DATED}(?P<last>(?:18|19|20)\d\d|(?<=[-–—/])\d\d)(?![\d%])(?![.,]\d)"""
)
DECADE = _pattern(
    r"""(?:\b(?:in|since|during|from|en|desde|durante|depuis|dans|pendant|à)\s+)?
    (?:(?:the|los|las|la|les|finales\s+de|principios\s+de|fin\s+des|début\s+des)\s+)*(?:(?:early|late|mid)[\s-])?
    (?:(?P<english>(?:(?:18|19|20)\d0|['’]?[5-9]0))(?:['’]?s)\b
    |(?:años|década\s+de(?:\s+los|\s+las)?(?:\s+años)?|décadas\s+de|années|décennie)\s+['’]?
        (?P<other>(?:(?:18|19|20)\d0|[2-9]0))(?!\d)
    |(?<=los\s)(?P<bare>['’]?[5-9]0s?)\b
    |(?:(?<=the\s)|(?<=los\s)|(?<=años\s)|(?<=années\s))(?P<word>sixties|seventies|eighties|nineties|sesenta|setenta
        |ochenta|noventa|soixante-dix|quatre-vingts?(?:-dix)?|soixante)\b(?!\s+(?:por|años|y|mil|p)\b))"""
)
DAY = re.compile(
    r"(?<![\d/.-])(?:\d{1,2}([/.-])\d{1,2}\1(?P<first>(?:19|20)\d\d)|(?P<iso>(?:19|20)\d\d)-\d\d-\d\d)(?!\d)"
)
GOAL = _pattern(
    rf"""\b(?:by\s+(?:the\s+year\s+|the\s+end\s+of\s+)?|para\s+(?:el\s+)?(?:año\s+)?|d['’]ici\s+(?:à\s+)?(?:l'an\s+)?
    |horizon\s+|horizonte\s+|agenda\s+|vision\s+|visión\s+){DATED}(?P<first>{YEAR})
    |(?P<agenda>{YEAR})(?=\s+(?:agenda|goals|vision|targets)\b)"""
)
OPEN = _pattern(
    rf"""\b(?:since|ever\s+since|as\s+of|starting\s+(?:in|from)|desde(?:\s+el)?(?:\s+año)?|a\s+partir\s+de
    |depuis(?:\s+l'année)?|dès|à\s+partir\s+de|from) \s+ (?:early\s+|late\s+|mid-?)?{DATED}(?P<first>{YEAR})"""
)
UNTIL = _pattern(
    rf"""\b(?:until|till|up\s+to|before|hasta|antes\s+de|jusqu['’]en|jusqu['’]à|avant) \s+ {DATED}(?P<last>{YEAR})"""
)
PLAIN = _pattern(
    rf"""(?:\b(?:in|during|on|en|durante|el|dans|pendant|le|après|after|around|circa|vers|hacia)\s+
    (?:early\s+|late\s+|mid-?|el\s+año\s+|l['’]an(?:née)?\s+|the\s+year\s+)?)?
    (?P<date>{DATED})(?P<first>{YEAR})"""
)
DURATION = _pattern(
    rf"""\b(?:{BEFORE_DURATION}\s+){{0,4}}
    (?:{NUMBERS}(?:\s+|-)(?:more\s+|full\s+|other\s+)?|(?:last|past|último|última|últimos|dernière|dernières)\s+)
    {UNITS}\b{AFTER_DURATION}"""
)

DECADES = {
    "sixtie": 60, "seventie": 70, "eightie": 80, "ninetie": 90, "sesenta": 60, "setenta": 70, "ochenta": 80,
    "noventa": 90, "soixante": 60, "soixante-dix": 70, "quatre-vingt": 80, "quatre-vingt-dix": 90,
}  # fmt: skip
# What a time of each kind cannot be without, and what is quickly found.
YEARS = re.compile(r"(?:18|19|20)\d\d")
LINKED = re.compile(r"\d\d\s?(?:[-–—/]|\s(?:to|until|till|through|and|al?|hasta|[yeà]|et|au|jusqu)\b)", re.IGNORECASE)
TENS = re.compile(r"\d0['’]?s|(?:años|de|los|las|années|décennie)\s['’]?\d\d|ties\b|enta\b|soixante|quatre-vingt")
UNIT = _pattern(rf"\b{UNITS}\b")
BETWEEN = re.compile(r"\b(?:between|entre)\b", re.IGNORECASE)
INSTRUMENT_BEFORE = re.compile(
    r"(?:recommendation|convention|act|declaration|protocol|recomendación|convenio|declaración|recommandation"
    r"|déclaration|regulations?)s? ?(?:\(?(?:no|núm|n)?[.°º]? ?\d+\)?,? ?(?:of |de )?)?[,(]? ?$",
    re.IGNORECASE,
)
INSTRUMENT_AFTER = re.compile(
    r"\s*\((?:no|núm|num|n|nº|n°)\b|\s+(?:recommendation|convention|declaration)\b", re.IGNORECASE
)
# Words and signs after which a number counts something or has its place in a row.
COUNT_BEFORE = plain_words("""
    over about some than nearly almost around approximately least number no n° nº núm nos unos unas casi quelque environ
    cerca usd us$ eur rs p pp page room roughly
""")
MORE_OR_LESS = frozenset({"mas", "menos", "cerca", "pres", "plus", "moins"})
COUNTED = re.compile(
    r"\s++(?:members?|people|persons|farmers|women|men|workers|jobs|cooperatives|co-operatives|families|households"
    r"|participants|trainers|producers|students|users|miembros|soci[oa]s|personas|mujeres|hombres|familias|productor[ae]s"
    r"|trabajador[ae]s|cooperativas|empleos|participantes|hectáreas|membres|personnes|femmes|hommes|familles"
    r"|producteurs|travailleurs|coopératives|emplois|participants|km|kilomet|ha\b|hectares|tons|tonnes|toneladas|usd"
    r"|dollars?|euros?|kg|copies|ejemplares|exemplaires)",
    re.IGNORECASE,
)
LOOK_BACK = 60
LONGEST_INSTRUMENT = 32


def find(text: str, sentences: list[Words]) -> list[Mention]:
    """The mentions of times in `text`, in order.

    The year of an instrument's name (“Recommendation, 2002 (No. 193)”) and that of a goal (“by 2030”) are `IN_NAME`:
    nothing happened then. “The 1990s” are 1990 to 1999; “until 2005” has no first year.
    """
    places = tuple(words.sentence for words in sentences)
    taken: list[Mention] = []
    used = bytearray(len(text))
    windows = {anchor: _windows(text, anchor) for anchor in {anchor for anchor, *_ in KINDS}}
    for anchor, pattern, years in KINDS:
        for window in windows[anchor]:
            for match in pattern.finditer(text, window.start, window.end):
                start, end = match.span()
                if any(used[start:end]) or (read := years(text, match)) is None:
                    continue
                used[start:end] = b"\1" * (end - start)
                span = Span(start, end)
                first, last, form = read
                taken.append(Mention(MentionKind.TIME, "", span, around(places, span), form, years=(first, last)))
    return sorted(taken, key=lambda mention: (mention.span.start, mention.span.end))


def _windows(text: str, anchor: re.Pattern[str]) -> list[Span]:
    """The places around what `anchor` finds, joined where they touch: the costly patterns need look nowhere else."""
    places = [match.span() for match in anchor.finditer(text)]
    if not places:
        return []
    apart = [(before, after) for before, after in pairwise(places) if after[0] - before[1] > 2 * LOOK_BACK]
    starts = [places[0], *(after for _, after in apart)]
    ends = [*(before for before, _ in apart), places[-1]]
    return [
        Span(max(0, first[0] - LOOK_BACK), min(len(text), last[1] + LOOK_BACK))
        for first, last in zip(starts, ends, strict=True)
    ]


Read = tuple[int | None, int | None, Form] | None


def _range(text: str, match: re.Match[str]) -> Read:
    first, last = int(match["first"]), int(match["last"])
    link = (match["link"] or "").lower()
    if link in {"and", "y", "e", "et"} and not BETWEEN.search(match.group()):
        return None
    if last < 100:
        last += first // 100 * 100
    return (first, last, Form.NAME) if first <= last else None


def _decade(text: str, match: re.Match[str]) -> Read:
    if match["word"]:
        number = DECADES[plain(match["word"]).removesuffix("s")]
    else:
        number = int(re.sub(r"\D", "", match["english"] or match["other"] or match["bare"]))
    first = number if number > 100 else number + (1900 if number >= 30 else 2000)
    return first, first + 9, Form.NAME


def _day(text: str, match: re.Match[str]) -> Read:
    year = int(match["first"] or match["iso"])
    return year, year, Form.NAME


def _goal(text: str, match: re.Match[str]) -> Read:
    year = int(match["first"] or match["agenda"])
    # “By 2015 we had …” tells what happened; goals are the round years after.
    return (year, year, Form.IN_NAME) if year >= 2030 or match["agenda"] else (year, year, Form.NAME)


def _open(text: str, match: re.Match[str]) -> Read:
    return int(match["first"]), None, Form.NAME


def _until(text: str, match: re.Match[str]) -> Read:
    return None, int(match["last"]), Form.NAME


def _plain(text: str, match: re.Match[str]) -> Read:
    year = int(match["first"])
    before = text[max(0, match.start() - LOOK_BACK) : match.start()]
    after = text[match.end() : match.end() + LOOK_BACK]
    if not match["date"]:
        if COUNTED.match(after) or _counts(before):
            return None
        if INSTRUMENT_AFTER.match(after) or INSTRUMENT_BEFORE.search(before[-LONGEST_INSTRUMENT:]):
            return year, year, Form.IN_NAME
    return year, year, Form.NAME


def _counts(before: str) -> bool:
    """Whether a number that follows is no year, by the word before it (“more than”, “près de”, “No.”)."""
    last = before.rsplit(None, 2)[-2:]
    if not last:
        return False
    word = plain(last[-1].strip('.,("“'))
    return word in COUNT_BEFORE or (
        word == "de" and plain(last[0]) in {"mas", "menos", "cerca", "pres", "plus", "moins"}
    )


def _duration(text: str, match: re.Match[str]) -> Read:
    return None, None, Form.NAME


# What is looked for first takes its place from the rest.
KINDS: tuple[tuple[re.Pattern[str], re.Pattern[str], Callable[[str, re.Match[str]], Read]], ...] = (
    (YEARS, DAY, _day),
    (LINKED, RANGE, _range),
    (TENS, DECADE, _decade),
    (YEARS, GOAL, _goal),
    (YEARS, OPEN, _open),
    (YEARS, UNTIL, _until),
    (YEARS, PLAIN, _plain),
    (UNIT, DURATION, _duration),
)
