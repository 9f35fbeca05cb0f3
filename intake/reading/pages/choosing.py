"""Finds the article among all that stands on a page.

The general extractors (trafilatura, readability) were left aside: they drop captions, short questions and lines under
a title as noise, do not say why, and bring a dozen packages or another parser. The rules here are few and can be read:

1. What calls itself navigation, footer, share buttons, cookies … is no part of it, unless most of the prose is in it.
2. The article is where the prose is: paragraphs that are not made of links. From what the page marks as its main part,
   go inwards as long as one element holds nearly all prose and the rest beside it is mostly links.
3. It begins with the title before the first prose, and with the line above that, if any; it ends with the last part
   that is not links, a button or a notice.
"""

from intake.reading.pages.parts import Node, Page, Part
from intake.reading.pages.vocabulary import BOILERPLATE, BUTTONS, RELATED

_SHORTEST_PROSE = 60
_MOSTLY_LINKS = 0.5
_LONGEST_LINE_ABOVE = 100
_MOST_OF_PROSE = 0.4  # so much of it cannot be furniture
_MARKED_SHARE = 0.6
_NEARLY_ALL = 0.85
_BESIDE_LINKS = 0.25
_LEVELS_TO_LINE_ABOVE = 3


def article_parts(page: Page) -> list[Part]:
    """The parts of the article in a page."""
    return _Chooser(page).chosen()


def root_language(page: Page, parts: list[Part]) -> str:
    """The language that the innermost element around the longest of `parts` names."""
    if not parts:
        return ""
    number = max(parts, key=lambda part: len(part.text)).node
    while number >= 0:
        if page.nodes[number].language:
            return page.nodes[number].language
        number = page.nodes[number].parent
    return ""


def _is_prose(part: Part) -> bool:
    return (
        len(part.text) >= _SHORTEST_PROSE
        and not part.level
        and part.in_links < _MOSTLY_LINKS
        and not BOILERPLATE.match(part.text)
    )


def _is_noise(part: Part) -> bool:
    """Whether a part at the edge of the article is none of it."""
    return (part.in_links >= _MOSTLY_LINKS and not part.level) or _is_button(part)


def _is_button(part: Part) -> bool:
    return bool(BUTTONS.fullmatch(part.text.removeprefix(part.marker)) or BOILERPLATE.match(part.text))


def _alone(numbers: list[int]) -> list[int]:
    """A heading under which there were no links: it was part of the article."""
    return numbers if len(numbers) == 1 else []


class _Chooser:
    """Sums up what each element holds, and chooses.

    A part is alive unless it stands in furniture. `prose`, `chars` and `links` are running totals of characters over
    the live parts, so that what an element holds is a difference.
    """

    def __init__(self, page: Page):
        self.nodes = page.nodes
        self.parts = page.parts
        self._sum_up([True] * len(self.nodes))
        self._sum_up(self._alive_nodes())

    def _sum_up(self, alive: list[bool]) -> None:
        self.alive = [alive[part.node] for part in self.parts]
        self.prose, self.chars, self.links = [0], [0], [0]
        for part, is_alive in zip(self.parts, self.alive, strict=True):
            self.prose.append(self.prose[-1] + (len(part.text) if is_alive and _is_prose(part) else 0))
            self.chars.append(self.chars[-1] + (len(part.text) if is_alive else 0))
            self.links.append(self.links[-1] + (part.linked if is_alive else 0))

    @staticmethod
    def _held(totals: list[int], node: Node) -> int:
        return totals[node.last] - totals[node.first]

    def _alive_nodes(self) -> list[bool]:
        alive: list[bool] = []
        for node in self.nodes:
            around = node.parent < 0 or alive[node.parent]
            is_furniture = node.furniture and self._held(self.prose, node) < _MOST_OF_PROSE * self.prose[-1]
            alive.append(around and not is_furniture)
        return alive

    def chosen(self) -> list[Part]:
        root = self._root()
        body = range(root.first, root.last)
        first_prose = next((n for n in body if self.prose[n + 1] > self.prose[n]), root.last)
        title = self._title(first_prose, root)
        begin = root.first if title is None else title
        numbers = [n for n in range(begin, root.last) if self.alive[n]]
        if title is not None and title < root.first:
            # Between the title and the article: lines such as the date and the standfirst.
            numbers = [n for n in numbers if n >= root.first or n == title or not _is_noise(self.parts[n])]
        numbers = self._without_related(numbers, first_prose)
        numbers = self._trimmed(numbers, title)
        above = [] if title is None else self._line_above(title)
        return [self.parts[n] for n in above + numbers if n == title or not _is_button(self.parts[n])]

    def _root(self) -> Node:
        children: dict[int, list[int]] = {}
        root = 0
        for number, node in enumerate(self.nodes):
            children.setdefault(node.parent, []).append(number)
            if node.marked and self._held(self.prose, node) >= max(1, _MARKED_SHARE * self.prose[-1]):
                root = number  # the innermost comes last
        number = root
        while inner := self._inner(number, children.get(number, [])):
            number = inner
        return self.nodes[number]

    def _inner(self, number: int, children: list[int]) -> int | None:
        """The element within element `number` that holds nearly all of its prose, if what it leaves is mostly links."""
        if not children:
            return None
        best = max(children, key=lambda child: self._held(self.prose, self.nodes[child]))
        outer, inner = self.nodes[number], self.nodes[best]
        prose = self._held(self.prose, outer)
        if inner.tag in ("p", "li") or not prose or self._held(self.prose, inner) < _NEARLY_ALL * prose:
            return None
        # Between a title and the article may stand a standfirst, which is prose; it is taken up again by `chosen`.
        after = self.prose[outer.last] - self.prose[inner.last]
        chars = self.chars[outer.last] - self.chars[inner.last]
        links = self.links[outer.last] - self.links[inner.last]
        return best if not after or links >= _BESIDE_LINKS * chars else None

    def _title(self, first_prose: int, root: Node) -> int | None:
        """The highest heading before the prose, the nearest among equals."""
        found: int | None = None
        for number in range(min(first_prose, len(self.parts) - 1), -1, -1):
            part = self.parts[number]
            if not part.level or not self.alive[number] or (part.level > 1 and number < root.first):
                continue
            if found is None or part.level < self.parts[found].level:
                found = number
            if part.level == 1:
                break
        return found

    def _line_above(self, title: int) -> list[int]:
        """A short line right above the title, such as the name of the series; not the site's name or a path."""
        number = next((n for n in range(title - 1, -1, -1) if self.alive[n]), None)
        if number is None:
            return []
        part, around = self.parts[number], self.parts[title].node
        for _level in range(_LEVELS_TO_LINE_ABOVE):
            around = self.nodes[around].parent
            if around < 0 or self.nodes[around].tag in ("html", "body", "form"):
                return []
            if self.nodes[around].first <= number:
                break
        else:
            return []
        is_line = len(part.text) <= _LONGEST_LINE_ABOVE and part.links <= 1 and not part.marker
        return [number] if is_line and not _is_button(part) else []

    def _without_related(self, numbers: list[int], first_prose: int) -> list[int]:
        """Without headings such as “Related” and the links under them."""
        kept: list[int] = []
        left_out: list[int] = []  # a heading “Related” and what follows, as long as it is links
        for number in numbers:
            part = self.parts[number]
            if number > first_prose and part.level and RELATED.match(part.text):
                kept += _alone(left_out)
                left_out = [number]
            elif left_out and _is_noise(part):
                left_out.append(number)
            else:
                kept += _alone(left_out)
                left_out = []
                kept.append(number)
        return kept + _alone(left_out)

    def _trimmed(self, numbers: list[int], title: int | None) -> list[int]:
        begin, end = 0, len(numbers)
        while begin < end and numbers[begin] != title and _is_noise(self.parts[numbers[begin]]):
            begin += 1
        full = end
        while end > begin and numbers[end - 1] != title:
            part = self.parts[numbers[end - 1]]
            if not _is_noise(part) and not (part.level and (end < full or RELATED.match(part.text))):
                break
            end -= 1
        return numbers[begin:end] or numbers
