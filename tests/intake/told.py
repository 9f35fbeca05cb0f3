"""Small articles for tests, taken apart by hand, so that only what is made of them is tested."""

from intake.findings import (
    Article,
    Block,
    BlockKind,
    Caption,
    Exchange,
    Finding,
    Interview,
    Known,
    Proposals,
    Span,
)
from intake.mentions import find_mentions
from intake.proposals import propose

BACKGROUND = {
    "en": "What is your educational and professional background?",
    "es": "¿Cuál es su trayectoria profesional y académica?",
    "fr": "Quel est votre parcours ?",
}
WORK = {
    "en": "How have you been working on cooperatives at the ILO?",
    "es": "¿Cómo ha sido su trabajo con cooperativas en la OIT?",
    "fr": "Quel est votre travail sur les coopératives au BIT ?",
}
FUTURE = {
    "en": "How do you see the future of cooperatives?",
    "es": "¿Cómo ve el futuro de las cooperativas?",
    "fr": "Comment voyez-vous l'avenir des coopératives ?",
}

NOTHING_KNOWN = Known()


def told(
    *paragraphs: str,
    language: str = "en",
    question: str = "",
    title: str = "Nadia Ferrolho, Technical Officer at ILO Geneva",
    post: str = "Technical Officer",
    caption: str = "",
    known: Known = NOTHING_KNOWN,
) -> Proposals:
    """What is proposed of an answer. Without `question` it is asked after work at the ILO."""
    parts = [(BlockKind.TITLE, title), (BlockKind.QUESTION, question or WORK[language])]
    parts += [(BlockKind.ANSWER, paragraph) for paragraph in paragraphs]
    if caption:
        parts.append((BlockKind.CAPTION, caption))
    text, blocks = "", []
    for kind, part in parts:
        blocks.append(Block(kind, Span(len(text), len(text) + len(part))))
        text += part + "\n\n"
    at = text.find(post) if post else -1
    interview = Interview(
        language=language,
        blocks=tuple(blocks),
        name=Finding(title.partition(",")[0], Span(0, title.find(","))),
        post_title=Finding(post, Span(at, at + len(post))) if at >= 0 else None,
        exchanges=(Exchange(blocks[1].span, tuple(block.span for block in blocks if block.kind is BlockKind.ANSWER)),),
        captions=tuple(Caption(block.span, 0) for block in blocks if block.kind is BlockKind.CAPTION),
    )
    article = Article(text)
    return propose(article, interview, find_mentions(article, interview, known), known)


def roles(proposals: Proposals) -> dict[str, str]:
    """The role of each country but that of the title."""
    return {country.code: country.role.value for country in proposals.countries if country.code != "CH"}


def engagements(proposals: Proposals) -> set[tuple[str, str, int | None]]:
    return {(each.country, each.programme, each.year) for each in proposals.engagements}
