"""The whole intake: an article in, proposals out, with no database."""

from intake.findings import Article, Known, Proposals
from intake.interview import take_apart
from intake.mentions import find_mentions
from intake.proposals import propose


def propose_from(article: Article, language: str = "", known: Known = Known()) -> Proposals:  # noqa: B008
    """Take an article apart, find what it names and propose records. `language` is told if the editor knows better."""
    interview = take_apart(article, language, known)
    return propose(article, interview, find_mentions(article, interview, known), known)
