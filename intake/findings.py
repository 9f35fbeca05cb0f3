"""What the steps of the intake hand to each other: read → blocks → interview → mentions → proposals.

Everything here is a value that does not change, made of text and numbers: no step knows the database. Places are
character offsets into `Article.text`, the first included and the last not, as in a slice.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in the text of an article."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def holds(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end


class HintKind(StrEnum):
    """What a format that knows more than plain text said of a place."""

    HEADING = "heading"
    BOLD = "bold"
    CAPTION = "caption"
    LIST_ITEM = "list-item"


@dataclass(frozen=True, slots=True)
class Hint:
    kind: HintKind
    span: Span


@dataclass(frozen=True, slots=True)
class Article:
    """An article as it was read.

    `text` has no other line ends than "\\n" and no characters that a database refuses. Paragraphs of HTML and DOCX
    stand between empty lines; what plain text had is left as it was. `language` is what the file says of itself, or "".
    """

    text: str
    hints: tuple[Hint, ...] = ()
    language: str = ""


class BlockKind(StrEnum):
    """What a paragraph of an article is."""

    SERIES = "series"
    TITLE = "title"
    STANDFIRST = "standfirst"
    DATE = "date"
    HEADING = "heading"
    QUESTION = "question"
    ANSWER = "answer"
    CAPTION = "caption"
    FOOTER = "footer"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, without the blanks around it. Blocks do not overlap and stand in the order of the text."""

    kind: BlockKind
    span: Span


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact as text, in the words in which the portal would write it, and where the article says so."""

    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question as printed, without number or label, and the paragraphs of its answer, without captions."""

    question: Span
    answer: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Caption:
    """What is printed under a photo. `exchange` is the number of the exchange in which it lies, from 0, if any."""

    span: Span
    exchange: int | None = None


@dataclass(frozen=True, slots=True)
class Interview:
    """An article taken apart. What was not found is None or empty. `narrative` is told without a question."""

    language: str
    blocks: tuple[Block, ...]
    series: Finding | None = None
    title: Finding | None = None
    name: Finding | None = None
    honorific: str = ""
    others: tuple[Finding, ...] = ()
    post_title: Finding | None = None
    office: Finding | None = None
    unit: Finding | None = None
    published_on: date | None = None
    published_on_span: Span | None = None
    introduction: tuple[Span, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    narrative: tuple[Span, ...] = ()
    captions: tuple[Caption, ...] = ()


class MentionKind(StrEnum):
    COUNTRY = "country"
    REGION = "region"
    PROGRAMME = "programme"
    ORGANISATION = "organisation"
    TOPIC = "topic"
    SECTOR = "sector"
    TIME = "time"


class Form(StrEnum):
    """How a country is named, which says how much a mention weighs."""

    NAME = "name"
    PEOPLE = "people"
    CITY = "city"
    IN_NAME = "in-name"


@dataclass(frozen=True, slots=True)
class Mention:
    """A place of the text that names something.

    `key` is a country's ISO 3166-1 alpha-2 code, a programme's or topic's slug, a sector's ISIC section, a region's
    English name, an organisation's name as the text defines it; of a time it is "". `sentence` is the sentence around
    it. `years` are the first and last year of a time, the last None for “since 2003”; both None where only a duration
    is said (“after two years”).
    """

    kind: MentionKind
    key: str
    span: Span
    sentence: Span
    form: Form = Form.NAME
    acronym: str = ""
    years: tuple[int | None, int | None] = (None, None)


class Role(StrEnum):
    """What a country is to the person of an article, the weightiest first."""

    ENGAGEMENT = "engagement"
    WORKED = "worked"
    STUDIED = "studied"
    MENTIONED = "mentioned"


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that show something, and the sentence they stand in."""

    span: Span
    sentence: Span


@dataclass(frozen=True, slots=True)
class ProposedCountry:
    code: str
    role: Role
    evidence: tuple[Evidence, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ProposedProgramme:
    """`name` is as the gazetteer has it; `slug` is the portal's."""

    slug: str
    name: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class ProposedOrganisation:
    """`kind` is one of `organisations.Organisation.Kind`, or "" where the name does not tell."""

    name: str
    acronym: str
    kind: str
    country: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class ProposedStep:
    """A course of study or a post held."""

    title: str
    organisation: str
    countries: tuple[str, ...]
    from_year: int | None
    to_year: int | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class ProposedEngagement:
    """A piece of work in a country. `reasons` are keys of `intake.wording.REASONS`, for the editor.

    `kind` is one of `engagements.Engagement.Kind`, `staff_role` one of `EngagementStaff.Role`.
    """

    country: str
    programme: str
    year: int | None
    to_year: int | None
    organisations: tuple[str, ...]
    kind: str
    sector: str
    topics: tuple[str, ...]
    staff_role: str
    confidence: Confidence
    reasons: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Proposals:
    """All that the intake reads out of an article."""

    article: Article
    interview: Interview
    mentions: tuple[Mention, ...] = ()
    countries: tuple[ProposedCountry, ...] = ()
    programmes: tuple[ProposedProgramme, ...] = ()
    organisations: tuple[ProposedOrganisation, ...] = ()
    education: tuple[ProposedStep, ...] = ()
    positions: tuple[ProposedStep, ...] = ()
    engagements: tuple[ProposedEngagement, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownProgramme:
    slug: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beyond the gazetteers of the package, for instance what the portal's database holds.

    Organisations are name → acronym; offices are names.
    """

    programmes: tuple[KnownProgramme, ...] = ()
    organisations: dict[str, str] = field(default_factory=dict)
    offices: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
