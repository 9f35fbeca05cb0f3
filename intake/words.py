"""The words of a text: where they stand, and how they read without accents and capitals."""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from intake.findings import Span

# Letters and numbers, with the accents of a decomposed text.
WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ı": "i"})
# What may stand between two words of one name: “Guinea-Bissau”, “Côte d’ Ivoire”, “St. Lucia”, “My.Coop”.
JOINTS = re.compile(r"[ \t\u00a0\u202f]{1,3}|[ \t]*\n[ \t]*|[-‑–.'’]|['’] | ?\. ?| ?& ?")


@lru_cache(maxsize=20_000)
def plain(word: str) -> str:
    """A word in small letters and without accents."""
    decomposed = unicodedata.normalize("NFKD", word.casefold().translate(LIGATURES))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


class Words:
    """The words of a sentence of `text`."""

    __slots__ = ("ends", "plain", "sentence", "starts", "text")

    def __init__(self, text: str, sentence: Span | None = None) -> None:
        self.text = text
        self.sentence = sentence or Span(0, len(text))
        places = [match.span() for match in WORD.finditer(text, self.sentence.start, self.sentence.end)]
        self.starts = [start for start, _ in places]
        self.ends = [end for _, end in places]
        self.plain = [plain(text[start:end]) for start, end in places]

    def __len__(self) -> int:
        return len(self.starts)

    def written(self, index: int) -> str:
        """A word as it stands in the text; "" beyond the sentence."""
        return self.text[self.starts[index] : self.ends[index]] if 0 <= index < len(self.starts) else ""

    def at(self, index: int) -> str:
        """A word without accents and capitals; "" beyond the sentence."""
        return self.plain[index] if 0 <= index < len(self.plain) else ""

    def gap(self, index: int) -> str:
        """What stands between a word and the next one, or between the last one and the end of the sentence."""
        if not 0 <= index < len(self.starts):
            return ""
        following = self.starts[index + 1] if index + 1 < len(self.starts) else self.sentence.end
        return self.text[self.ends[index] : following]

    def joined(self, index: int) -> bool:
        """Whether a word and the next one may belong to one name."""
        gap = self.gap(index)
        if gap == " ":
            return True
        if len(gap) > 12 or not JOINTS.fullmatch(gap):
            return False
        # A dot and a blank only after “St”, “Sto”, “D.C” and the like, and in “Think. Coop”.
        return (
            "." not in gap or gap == "." or self.ends[index] - self.starts[index] <= 3 or self.at(index + 1) == "coop"
        )

    def is_capitalised(self, index: int) -> bool:
        return 0 <= index < len(self.starts) and self.text[self.starts[index]].isupper()

    def span(self, first: int, end: int) -> Span:
        """The place from a word to the one before `end`."""
        return Span(self.starts[first], self.ends[end - 1])


def split(phrase: str) -> list[str]:
    """The words of a phrase as they are written."""
    return WORD.findall(phrase)


def gaps(phrase: str) -> list[str]:
    """What stands between the words of a phrase."""
    return [phrase[first.end() : second.start()] for first, second in pairwise(WORD.finditer(phrase))]


def plain_words(phrase: str) -> frozenset[str]:
    """The words between the blanks of `phrase`, without accents and capitals."""
    return frozenset(plain(word) for word in phrase.split())
