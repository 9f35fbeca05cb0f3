"""Puts the parts of an interview together."""

from dataclasses import replace

from intake.findings import Block, BlockKind, Caption, Exchange, Interview, Span
from intake.interview.header import mentioned_series
from intake.interview.kinds import Layout
from intake.interview.person import Person
from intake.interview.questions import Questions


def assemble(language: str, layout: Layout, asked: Questions, person: Person, kinds: dict[int, BlockKind]) -> Interview:
    """The interview, of the paragraphs whose kinds are known."""
    header, paragraphs = layout.header, layout.paragraphs
    above = [paragraphs[index] for index, kind in kinds.items() if kind == BlockKind.STANDFIRST]
    interview = Interview(
        language=language,
        blocks=(),
        series=header.series or mentioned_series(above, layout.text),
        title=header.title,
        name=person.name,
        honorific=person.honorific,
        others=person.others,
        post_title=person.post,
        office=person.office,
        unit=person.unit,
        published_on=header.published_on,
        published_on_span=header.published_on_span,
    )
    return _with_text(interview, layout, asked, kinds)


def _with_text(interview: Interview, layout: Layout, asked: Questions, kinds: dict[int, BlockKind]) -> Interview:
    blocks: list[Block] = []
    answers: list[list[Span]] = []
    narrative: list[Span] = []
    captions: list[Caption] = []
    introduction: list[Span] = []
    questions = {question.first: question for question in asked.questions}
    for index, kind in kinds.items():
        span = layout.paragraphs[index].span
        if kind == BlockKind.QUESTION:
            if index not in questions:
                continue
            span = _without_blanks(questions[index].span, layout.text)
            answers.append([])
        elif kind == BlockKind.ANSWER:
            span = _without_blanks(asked.answer_span(layout.paragraphs[index], layout.text), layout.text)
            if span.start == span.end:
                continue
            (answers[-1] if answers else narrative).append(span)
        elif kind == BlockKind.CAPTION:
            captions.append(Caption(span, len(answers) - 1 if answers else None))
        elif kind == BlockKind.STANDFIRST and index != layout.header.post_at:
            # What a copy glued together is one paragraph of the introduction all the same.
            if introduction and introduction[-1].end == span.start:
                span = Span(introduction.pop().start, span.end)
                blocks.pop()
            introduction.append(span)
        blocks.append(Block(kind, span))
    return replace(
        interview,
        blocks=tuple(blocks),
        introduction=tuple(introduction),
        exchanges=tuple(
            Exchange(_without_blanks(question.span, layout.text), tuple(answer))
            for question, answer in zip(asked.questions, answers, strict=True)
        ),
        narrative=tuple(narrative),
        captions=tuple(captions),
    )


def _without_blanks(span: Span, text: str) -> Span:
    """A label that stood alone on its line leaves the line's end before the words."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))
