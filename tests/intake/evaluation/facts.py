"""What an article says, in the form in which truth and proposals are compared."""

from dataclasses import dataclass, field
from datetime import date

from intake.findings import Proposals, Span


@dataclass(frozen=True, slots=True)
class Exchange:
    question: str
    answer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Engagement:
    """`programme` is a slug, or "" for work with none."""

    country: str
    programme: str
    year: int | None = None
    to_year: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """`countries` are pairs of code and role; the roles are those of `intake.findings.Role`."""

    series: str = ""
    name: str = ""
    post: str = ""
    office: str = ""
    published_on: date | None = None
    introduction: str = ""
    exchanges: tuple[Exchange, ...] = ()
    narrative: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    countries: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    programmes: frozenset[str] = field(default_factory=frozenset)
    engagements: tuple[Engagement, ...] = ()


def proposed(proposals: Proposals) -> Facts:
    """What the intake read out of an article."""
    text = proposals.article.text
    interview = proposals.interview

    def words(spans: tuple[Span, ...]) -> tuple[str, ...]:
        return tuple(span.of(text) for span in spans)

    return Facts(
        series=interview.series.value if interview.series else "",
        name=interview.name.value if interview.name else "",
        post=interview.post_title.value if interview.post_title else "",
        office=interview.office.value if interview.office else "",
        published_on=interview.published_on,
        introduction=" ".join(words(interview.introduction)),
        exchanges=tuple(Exchange(each.question.of(text), words(each.answer)) for each in interview.exchanges),
        narrative=words(interview.narrative),
        captions=tuple(caption.span.of(text) for caption in interview.captions),
        countries=frozenset((country.code, country.role.value) for country in proposals.countries),
        programmes=frozenset(programme.slug for programme in proposals.programmes),
        engagements=tuple(
            Engagement(each.country, each.programme, each.year, each.to_year) for each in proposals.engagements
        ),
    )
