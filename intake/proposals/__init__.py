"""What records an article gives reason to propose, from what was found in it."""

from collections import defaultdict
from collections.abc import Iterable

from intake.findings import (
    Article,
    Evidence,
    Interview,
    Known,
    Mention,
    MentionKind,
    Proposals,
    ProposedProgramme,
)
from intake.gazetteers.programmes import names as programme_names
from intake.proposals.career import propose_career
from intake.proposals.deciding import decide
from intake.proposals.engagements import propose_engagements
from intake.proposals.organisations import propose_organisations
from intake.proposals.passages import passages_of
from intake.proposals.roles import judge, propose_countries


def propose(article: Article, interview: Interview, mentions: tuple[Mention, ...], known: Known) -> Proposals:
    """All proposals; `mentions` are handed on with them."""
    reading = passages_of(article, interview, mentions, known)
    judged = decide(judge(reading))
    education, positions = propose_career(reading, judged)
    return Proposals(
        article=article,
        interview=interview,
        mentions=mentions,
        countries=propose_countries(judged),
        programmes=_programmes(mentions, known),
        organisations=propose_organisations(mentions),
        education=education,
        positions=positions,
        engagements=propose_engagements(reading, judged),
    )


def _programmes(mentions: Iterable[Mention], known: Known) -> tuple[ProposedProgramme, ...]:
    names = {programme.slug: programme.name for programme in known.programmes}
    found: dict[str, list[Evidence]] = defaultdict(list)
    for mention in mentions:
        if mention.kind is MentionKind.PROGRAMME:
            found[mention.key].append(Evidence(mention.span, mention.sentence))
    return tuple(
        ProposedProgramme(slug, names.get(slug) or programme_names().get(slug, slug), tuple(evidence))
        for slug, evidence in found.items()
    )
