"""Finds the questions of an interview among its paragraphs.

Articles are consistent: where some questions carry a label, a number or bold letters, all do. So the styles are tried
from the surest to the least sure, and the first that the article follows decides. Without any, a paragraph that asks
is a question if it sounds like an interviewer's.
"""

from dataclasses import dataclass, field

from intake.blocks import Paragraph
from intake.findings import Span
from intake.interview.asking import (
    QUESTION_WORDS,
    addresses,
    asks,
    marked,
    opens_as_question,
    requests,
    says_i,
    says_me,
    tokens,
)
from intake.interview.footers import opens_footer
from intake.interview.forgotten import with_forgotten
from intake.interview.labels import LabelKind, label_of
from intake.interview.lines import Line
from intake.interview.plain import unmarked_questions
from intake.interview.words import Words

LONGEST_STATEMENT = 320
LONGEST_TOPIC = 160
SHORTEST_STATEMENT = 25


@dataclass(frozen=True, slots=True)
class Question:
    """A question in the paragraphs `first` to `last`, both included."""

    first: int
    last: int
    span: Span


@dataclass(frozen=True)
class Questions:
    """The questions of an article, and the labels of answers that are no part of the answers."""

    questions: tuple[Question, ...] = ()
    answer_kinds: frozenset[LabelKind] = frozenset()
    speakers: frozenset[str] = field(default_factory=frozenset)

    def answer_span(self, paragraph: Paragraph, text: str) -> Span:
        """The place of an answer's paragraph without the label of the one who answers."""
        label = label_of(paragraph.span.of(text))
        if label and (
            label.kind in self.answer_kinds or (label.kind == LabelKind.SPEAKER and label.name in self.speakers)
        ):
            return Span(min(paragraph.span.start + label.length, paragraph.span.end), paragraph.span.end)
        return paragraph.span


def find_questions(
    paragraphs: list[Paragraph], text: str, words: Words, names: frozenset[str], first: int, last: int
) -> Questions:
    """The questions between the paragraphs `first` and `last`, the latter not included.

    `names` are what the interviewed persons may be called as speakers, in lower case.
    """
    lines = [_line(index, paragraphs[index], text, words) for index in range(first, last)]
    speakers = _speakers(lines, names)
    for style in (_by_label, _by_speaker, _by_number, _by_bold, _by_dash):
        if (chosen := style(lines, speakers, words)) is not None:
            chosen = with_forgotten(chosen, lines, speakers[1], words)
            break
    else:
        chosen = unmarked_questions(lines, words)
    kinds = set()
    if any(line.labelled(LabelKind.QUESTION) for line in chosen):
        kinds.add(LabelKind.ANSWER)
    questions = _joined(chosen, lines, words)
    if _dialogue(questions, lines, first):
        kinds.add(LabelKind.DASH)
    return Questions(questions, frozenset(kinds), frozenset(speakers[1]))


def _line(index: int, paragraph: Paragraph, text: str, words: Words) -> Line:
    raw = paragraph.span.of(text)
    label = label_of(raw)
    if label and label.kind == LabelKind.SPEAKER and marked(raw) and label.length > 30:
        label = None
    bare = " ".join(raw[label.length :].split()) if label else paragraph.text
    return Line(index, paragraph, label, bare, asks(bare, words) and not opens_footer(bare))


def _speakers(lines: list[Line], names: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The labels of those who ask and of those who answer."""
    asking: dict[str, list[bool]] = {}
    for line in lines:
        if line.label and line.label.kind == LabelKind.SPEAKER:
            asking.setdefault(line.label.name, []).append(line.asks)
    askers = {name for name, asked in asking.items() if len(asked) >= 2 and sum(asked) > len(asked) / 2}
    answerers = {name for name in asking if name in names and name not in askers}
    if askers:
        answerers |= {name for name, asked in asking.items() if len(asked) >= 2 and name not in askers}
    return frozenset(askers), frozenset(answerers)


Speakers = tuple[frozenset[str], frozenset[str]]


def _by_label(lines: list[Line], _: Speakers, words: Words) -> list[Line] | None:
    """“Q:”, “P.”, “Pregunta 1:”. Paragraphs after a question and before the label of its answer belong to it."""
    found = [line for line in lines if line.labelled(LabelKind.QUESTION)]
    asking = [line for line in found if line.asks]
    unlabelled = [line for line in lines if line.asks and line.label is None]
    if not found or (len(asking) < len(found) / 2 and len(found) < 3) or len(unlabelled) > 2 * len(found) + 1:
        return None
    answered = sum(line.labelled(LabelKind.ANSWER) for line in lines) >= len(found) / 2
    if not answered:
        return _continued(found, lines)
    chosen, open_question = [], False
    for line in lines:
        if line.labelled(LabelKind.QUESTION):
            open_question = any(
                after.labelled(LabelKind.ANSWER) for after in lines[line.index - lines[0].index + 1 :][:4]
            )
            chosen.append(line)
        elif line.labelled(LabelKind.ANSWER):
            open_question = False
        elif open_question and line.asks:
            chosen.append(line)
    return chosen


def _by_speaker(lines: list[Line], speakers: Speakers, _: Words) -> list[Line] | None:
    """“ILO: …?” and “Ana Ruiz: …”."""
    found = [
        line
        for line in lines
        if line.labelled(LabelKind.SPEAKER) and line.label.name in speakers[0] and not opens_footer(line.words)
    ]
    return found if len(found) >= 2 else None


def _by_number(lines: list[Line], _: Speakers, words: Words) -> list[Line] | None:
    """“1. …?”, “2) …?”: numbers that rise through the article, most of them before what asks."""
    numbered = [line for line in lines if line.labelled(LabelKind.NUMBER)]
    chain: list[Line] = []
    for line in numbered:
        asks_soon = line.asks or _asked_below(line, lines) is not None
        due = bool(chain) and line.label.number == chain[-1].label.number + 1
        later = not chain or line.label.number > chain[-1].label.number
        if (asks_soon and (later or due)) or (due and _is_topic(line, lines, words)):
            chain.append(line)
    asking = [line for line in chain if line.asks or _asked_below(line, lines)]
    unlabelled = [line for line in lines if line.asks and line.label is None]
    if not asking or len(asking) < len(chain) / 2 or (len(asking) == 1 and len(unlabelled) > 1):
        return None
    return _continued(chain, lines)


def _asked_below(line: Line, lines: list[Line]) -> Line | None:
    """The question right below a statement that leads to it."""
    below = lines[line.index - lines[0].index + 1 :][:1]
    return below[0] if below and not line.asks and below[0].asks and below[0].label is None else None


def _continued(chosen: list[Line], lines: list[Line]) -> list[Line]:
    """With the line below each that does not ask, where that one does: a statement, and the question after it."""
    below = [_asked_below(line, lines) for line in chosen]
    taken = {line.index for line in (*chosen, *below) if line}
    return [line for line in lines if line.index in taken]


def _is_topic(line: Line, lines: list[Line], words: Words) -> bool:
    """May a numbered line that does not ask be a question all the same, and no item of a list in an answer?"""
    longest = LONGEST_STATEMENT if addresses(line.words, words) else LONGEST_TOPIC
    return len(line.words) <= longest and not line.words.endswith((";", ",")) and not _in_list(line, lines)


def _in_list(line: Line, lines: list[Line]) -> bool:
    """Do numbered neighbours stand right before or after it, as in a list?"""
    at = line.index - lines[0].index
    near = lines[max(0, at - 1) : at] + lines[at + 1 : at + 2]
    return any(other.labelled(LabelKind.NUMBER) for other in near)


def _by_bold(lines: list[Line], _: Speakers, words: Words) -> list[Line] | None:
    """Bold paragraphs or headings, as the format of the file had them."""
    strong = [line for line in lines if line.paragraph.bold or line.paragraph.heading]
    if not strong or len(strong) > len(lines) * 0.6:
        return None
    asking = [line for line in strong if line.asks]
    unmarked = [line for line in lines if line.asks and not (line.paragraph.bold or line.paragraph.heading)]
    if not asking or len(unmarked) > 2 * len(asking):
        return None
    chosen = {line.index for line in asking}
    first = min(chosen)
    for line in strong:
        # A bold statement right before a bold question is its beginning; one after the first question stands for one.
        following = lines[line.index - lines[0].index + 1 :][:1]
        said = (
            line.words.endswith((".", "!", "…")) and len(line.words) > SHORTEST_STATEMENT and line.words[0] not in '“«"'
        )
        goes_on = bool(following) and following[0].index in chosen
        if said and (goes_on or (line.index > first and len(line.words) <= LONGEST_STATEMENT)):
            chosen.add(line.index)
    return [line for line in lines if line.index in chosen]


def _by_dash(lines: list[Line], _: Speakers, words: Words) -> list[Line] | None:
    """“– …?” where the first of all that asks has a dash, too."""
    asking = [line for line in lines if line.asks]
    found = [line for line in asking if line.labelled(LabelKind.DASH)]
    if len(found) < 2 or found[0] is not asking[0] or len(found) < len(asking) / 2:
        return None
    dashed = [line for line in lines if line.labelled(LabelKind.DASH)]
    turns = dashed[dashed.index(found[0]) :]
    # Where each turn has a dash, every other turn is the interviewer's, asking or not.
    return turns[::2] if all(line in turns[::2] for line in found) and len(turns) > len(found) else found


def _joined(chosen: list[Line], lines: list[Line], words: Words) -> tuple[Question, ...]:
    """One question of neighbouring paragraphs that ask, with an interviewer's statement right before it."""
    if not chosen:
        return ()
    offset = lines[0].index
    groups: list[list[Line]] = []
    for line in chosen:
        if not groups or line.index > groups[-1][-1].index + 1 or _starts_anew(line):
            groups.append([line])
        elif len(line.words) <= LONGEST_STATEMENT and not says_me(line.words, words):
            groups[-1].append(line)
    made: list[Question] = []
    taken = offset - 1
    for group in groups:
        start = group[0]
        at = start.index - offset
        before = lines[at - 1] if at and start.index - 1 > taken else None
        if (
            before
            and start.label is None
            and (
                _begins(before, start, lines[at + 1 : at + 2], words)
                or (before.index > taken + (1 if made else 0) and _introduces(before, words))
            )
        ):
            start = before
        made.append(Question(start.index, group[-1].index, Span(start.span.start, group[-1].span.end)))
        taken = group[-1].index
    return tuple(made)


def _begins(before: Line, line: Line, after: list[Line], words: Words) -> bool:
    """Are the two lines alone between empty lines, the first a beginning that only goes on in the second?"""
    alone = before.paragraph.apart and not line.paragraph.apart and (not after or after[0].paragraph.apart)
    if not alone or before.label or len(before.words) + len(line.words) > LONGEST_STATEMENT * 1.5:
        return False
    if before.paragraph.caption or says_me(before.words, words):
        return False
    return (
        before.words.endswith((".", "!", "…"))
        or before.words.split()[-1].lower() in words.function_words
        or (_opens(before.words, words) and not _asks_at_once(line.words, words))
    )


def _opens(spoken: str, words: Words) -> bool:
    """Do the words begin as an interviewer does?"""
    return (
        opens_as_question(spoken, words)
        or requests(spoken, words)
        or spoken.lower().startswith(words.addressing)
        or spoken.lower().split()[0] in words.you
    )


def _asks_at_once(spoken: str, words: Words) -> bool:
    return spoken.startswith("¿") or requests(spoken, words) or not QUESTION_WORDS.isdisjoint(tokens(spoken[:40])[:1])


def _starts_anew(line: Line) -> bool:
    return line.label is not None and line.label.kind in (LabelKind.NUMBER, LabelKind.QUESTION, LabelKind.SPEAKER)


def _introduces(line: Line, words: Words) -> bool:
    """Is it a statement by which an interviewer leads to the question after it?"""
    spoken = line.words
    return (
        line.label is None
        and len(spoken) <= LONGEST_STATEMENT
        and spoken.endswith((".", "!", "…"))
        and spoken.lower().startswith(words.addressing)
        and not says_i(spoken, words)
    )


def _dialogue(questions: tuple[Question, ...], lines: list[Line], first: int) -> bool:
    """Do the answers begin with a dash, too?"""
    answers = [lines[question.last - first + 1] for question in questions if question.last - first + 1 < len(lines)]
    return len(answers) >= 2 and all(line.labelled(LabelKind.DASH) for line in answers)
