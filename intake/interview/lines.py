"""Paragraphs as one looks for questions among them."""

from dataclasses import dataclass

from intake.blocks import Paragraph
from intake.findings import Span
from intake.interview.labels import Label, LabelKind


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph as one looks for questions: with its label, and its words without it."""

    index: int
    paragraph: Paragraph
    label: Label | None
    words: str
    asks: bool

    def labelled(self, kind: LabelKind) -> bool:
        return self.label is not None and self.label.kind == kind

    @property
    def span(self) -> Span:
        """Where the words stand."""
        return Span(self.paragraph.span.start + (self.label.length if self.label else 0), self.paragraph.span.end)
