"""Phrases that are looked for all at once: a tree of words, walked once along a text.

Own code, since the well-kept libraries for it look for letters and would find Niger in Nigeria; words make the tree
small, and accents, hyphens and line ends fall away before it is asked.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from intake import words as wording
from intake.findings import Form, MentionKind
from intake.words import Words

END = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase and what it stands for.

    `kind` and `key` are those of the mention. An empty `key` says that the phrase names nothing and hides what lies in
    it. `written` are its words as they must be written: a capital where the phrase has one, all capitals where it has
    only capitals, anything where it has small letters. `language` is set where a phrase counts in small letters in
    one language only. `choices` are the countries between which the rest of the article decides; `key` is then the one
    that it is by itself, if any. `needs` are phrases of which the text must have one. `glued` words must stand without
    a blank between them.
    """

    kind: MentionKind
    key: str
    written: tuple[str, ...]
    form: Form = Form.NAME
    language: str = ""
    choices: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    glued: bool = False

    def is_like(self, other: "Entry") -> bool:
        """Whether the other is the same but for accents."""
        return replace(self, written=()) == replace(other, written=()) and all(
            mine == theirs or (mine.istitle() and theirs.istitle()) or (mine.islower() and theirs.islower())
            for mine, theirs in zip(self.written, other.written, strict=True)
        )

    def fits(self, words: Words, first: int, language: str) -> bool:
        """Whether the words from `first` on are written as this phrase must be, in an article in `language`."""
        if self.glued and any(words.gap(first + at).isspace() for at in range(len(self.written) - 1)):
            return False
        small = False
        for index, pattern in enumerate(self.written, first):
            start = words.text[words.starts[index]]
            if pattern[0].isupper():
                if not start.isupper():
                    return False
                if len(pattern) > 1 and pattern.isupper() and not words.written(index).isupper():
                    return False
            elif pattern.islower():
                small = small or start.islower()
            elif words.written(index) != pattern:
                return False
        return not (small and self.language and language and self.language != language)


@dataclass(frozen=True, slots=True)
class Match:
    """Entries of one phrase, and the words of a sentence that read so: the first and the one after the last."""

    entries: tuple[Entry, ...]
    first: int
    end: int


class Phrases:
    """Entries in a tree of words."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.tree: dict = {}
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        node = self.tree
        for word in entry.written:
            node = node.setdefault(wording.plain(word), {})
        if not any(entry.is_like(other) for other in node.get(END, ())):
            node[END] = (*node.get(END, ()), entry)

    def matches(self, words: Words, language: str = "") -> Iterator[Match]:
        """The longest phrases in the words, from left to right, without overlap."""
        tree = self.tree
        if tree.keys().isdisjoint(words.plain):
            return
        free = 0
        # What was found out about a phrase holds wherever it is written in the same way.
        known: dict[tuple[int, str], tuple[Entry, ...]] = {}
        for first, word in enumerate(words.plain):
            if first < free or word not in tree:
                continue
            node, best, last = tree[word], None, first
            while True:
                if END in node:
                    written = (id(node), words.text[words.starts[first] : words.ends[last]])
                    if written not in known:
                        known[written] = tuple(entry for entry in node[END] if entry.fits(words, first, language))
                    if known[written]:
                        best = Match(known[written], first, last + 1)
                last += 1
                if last >= len(words) or words.plain[last] not in node or not words.joined(last - 1):
                    break
                node = node[words.plain[last]]
            if best:
                free = best.end
                yield best
