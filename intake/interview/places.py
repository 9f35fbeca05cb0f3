"""Where an article may name the person."""

from intake.findings import BlockKind, Span
from intake.interview.kinds import Layout
from intake.interview.labels import LabelKind, label_of
from intake.interview.person import Places
from intake.interview.questions import Questions


def places_of(layout: Layout, asked: Questions, kinds: dict[int, BlockKind]) -> Places:
    """The title, the introduction, captions, answers and labels of speakers."""
    header, paragraphs = layout.header, layout.paragraphs

    def spans(kind: BlockKind) -> tuple[Span, ...]:
        return tuple(paragraphs[index].span for index, found in kinds.items() if found == kind)

    return Places(
        title=header.title.span if header.title else None,
        introduction=spans(BlockKind.STANDFIRST),
        captions=spans(BlockKind.CAPTION),
        body=spans(BlockKind.ANSWER),
        speakers=tuple(_speakers(layout, asked)),
        post_line=paragraphs[header.post_at].span if header.post_at is not None else None,
    )


def _speakers(layout: Layout, asked: Questions) -> list[Span]:
    """The labels of those who answer."""
    found = []
    for paragraph in layout.paragraphs[layout.header.end : layout.foot]:
        label = label_of(paragraph.span.of(layout.text))
        if label and label.kind == LabelKind.SPEAKER and label.name in asked.speakers:
            found.append(Span(paragraph.span.start, paragraph.span.start + label.length))
    return found
