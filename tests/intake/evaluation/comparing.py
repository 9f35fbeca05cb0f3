"""When two ways of saying something count as the same."""

import re
import unicodedata
from collections.abc import Iterable

from tests.intake.evaluation.facts import Engagement, Exchange

QUESTION_LABEL = re.compile(
    r"""\s*(?: (?:q|p|question|pregunta|interviewer|ilo|oit|bit|ilo[ ]coop(?:/sse)?)\s*\d*\s*[.:)]\s*[-–—]?
             | \d{1,2}\s*[.):–—-]\s*[-–—]?
             | [-–—•*]\s )\s*""",
    re.IGNORECASE | re.VERBOSE,
)
ANSWER_LABEL = re.compile(r"\s*(?:a|r|answer|respuesta|réponse)\s*\d*\s*[.:)]\s*[-–—]?\s*", re.IGNORECASE)
BULLET = re.compile(r"\s*[-–—•*·]\s+")
HONORIFICS = {"mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sr", "sra", "don", "m", "mme", "mlle"}
LINKING = {
    *re.findall(
        r"\w+",
        "a an and at by for from in of on the to with al de del el en la las los para y"
        " au aux chez dans des du et le les pour l d s",
    )
}
# What an office is called besides its own name.
HOUSE = {
    *re.findall(
        r"\w+",
        "ilo oit bit international labour labor organization organisation internacional trabajo organizacion oficina"
        " bureau travail internationale office country regional branch department unit unidad unite",
    )
}


def folded(text: str) -> str:
    """Lower case without accents, marks and doubled blanks."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(re.findall(r"\w+", plain.casefold()))


def unspaced(text: str) -> str:
    return "".join(text.split())


def same_name(one: str, other: str) -> bool:
    """Names are equal but for accents, case and honorifics."""

    def bare(name: str) -> list[str]:
        words = folded(name).split()
        while words and words[0] in HONORIFICS:
            words.pop(0)
        return words

    return bare(one) == bare(other)


def same_post(one: str, other: str, place: str = "") -> bool:
    """Posts are equal but for accents, case and acronyms in brackets, and for an office before or after them.

    One may go on where the other ends, if it goes on only with words of the person's office, unit or duty station
    (`place`) or of the ILO's own name: “Enterprise Specialist at ILO Lima” is “Enterprise Specialist”, but no
    “Enterprise Specialist for Tourism”. So may the ILO's name before the post. A post made of several, as in “Director
    of X, former official of Y”, is met by the first of them.
    """
    allowed = LINKING | HOUSE | set(folded(place).split())

    def words(post: str) -> list[str]:
        found = folded(re.sub(r"\([^)]*\)", " ", post)).split()
        while len(found) > 1 and found[0] in {"the", "ilo", "oit", "bit", "el", "la", "le", "l"}:
            found.pop(0)
        return found

    def met(shorter: list[str], longer: list[str]) -> bool:
        return bool(shorter) and longer[: len(shorter)] == shorter and set(longer[len(shorter) :]) <= allowed

    def equal(a: str, b: str) -> bool:
        return words(a) == words(b) or met(words(a), words(b)) or met(words(b), words(a))

    first = re.split(r",\s", one)[0]
    return equal(one, other) or (first != one and equal(first, other))


def bare_question(text: str) -> str:
    """A question without number or label and without blanks."""
    return unspaced(_unlabelled(text, QUESTION_LABEL))


def bare_answer(exchange: Exchange, person: str, headings: Iterable[str]) -> str:
    """All paragraphs of an answer as one, as `bare_paragraphs` has them."""
    return "".join(bare_paragraphs(exchange.answer, person, headings))


def bare_paragraphs(paragraphs: Iterable[str], person: str = "", headings: Iterable[str] = ()) -> list[str]:
    """The lines of paragraphs, without blanks, marks of lists, the speaker's label and the headings before them.

    `headings` have been through this function themselves.
    """
    bare = []
    for line in (line for paragraph in paragraphs for line in paragraph.splitlines()):
        text = unspaced(_unlabelled(_unlabelled(_without_speaker(line, person), ANSWER_LABEL), BULLET))
        for heading in headings:
            text = text.removeprefix(heading)
        if text:
            bare.append(text)
    return bare


def _unlabelled(text: str, label: re.Pattern) -> str:
    while (found := label.match(text)) and found.end() < len(text):
        text = text[found.end() :]
    return text


def _without_speaker(text: str, person: str) -> str:
    """The text without “Ana Pérez:”, “Ms Pérez:” or “AP:” before it."""
    before, colon, after = text.partition(":")
    if not colon or len(before) > 80 or not person:
        return text
    label = [word for word in folded(before).split() if word not in HONORIFICS]
    names = folded(person).split()
    initials = "".join(name[0] for name in names)
    is_speaker = bool(label) and (set(label) <= set(names) or label == [initials])
    return after if is_speaker else text


def same_engagement(truth: Engagement, found: Engagement) -> bool:
    """The same work: country and programme, and the years where both say one.

    Years agree that have one in common. Work of which the truth knows the first year only goes on; what was done
    within one year has it twice there.
    """
    if (truth.country, truth.programme) != (found.country, found.programme):
        return False
    known = [year for year in (found.year, found.to_year) if year is not None]
    if not known or (truth.year is None and truth.to_year is None):
        return True
    first = truth.to_year if truth.year is None else truth.year
    is_within = truth.to_year is None or min(known) <= truth.to_year
    return first <= max(known) and is_within
