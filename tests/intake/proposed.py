"""An invented article, and what is to be read out of it, for tests of what comes after the reading."""

from datetime import date

from intake.findings import (
    Article,
    Block,
    BlockKind,
    Caption,
    Confidence,
    Evidence,
    Exchange,
    Finding,
    Interview,
    Mention,
    MentionKind,
    Proposals,
    ProposedEngagement,
    ProposedOrganisation,
    ProposedProgramme,
    ProposedStep,
    Span,
)

TEXT = """Voices of the Valley
Milena Orsolic, Cooperative Officer, ILO Office in Quelimane
3 May 2018

Milena Orsolic has worked with fishers and beekeepers on three continents, and tells how it began.

How did you begin?

I studied rural economics at the University of Tarvo in Norway until 1998.
Then I was an adviser of the Honey Union in Kenya from 1999 to 2003.

Fishers mending nets in the harbour

Where did you use My.Coop?

In 2009 we trained trainers on My.Coop in Peru with the Federation of Net Menders (FNM).

In Bolivia I gave advice on a new law.
"""


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def evidence(words: str) -> tuple[Evidence, ...]:
    return (Evidence(at(words), at(words)),)


STUDIED = "I studied rural economics at the University of Tarvo in Norway until 1998."
ADVISED = "Then I was an adviser of the Honey Union in Kenya from 1999 to 2003."
TRAINED = "In 2009 we trained trainers on My.Coop in Peru with the Federation of Net Menders (FNM)."
LAW = "In Bolivia I gave advice on a new law."
FEDERATION = "Federation of Net Menders"

INTERVIEW = Interview(
    language="en",
    blocks=(
        Block(BlockKind.SERIES, at("Voices of the Valley")),
        Block(
            BlockKind.STANDFIRST,
            at("Milena Orsolic has worked with fishers and beekeepers on three continents, and tells how it began."),
        ),
    ),
    series=Finding("Voices of the Valley", at("Voices of the Valley")),
    name=Finding("Milena Orsolic", at("Milena Orsolic")),
    post_title=Finding("Cooperative Officer", at("Cooperative Officer")),
    office=Finding("ILO Office in Quelimane", at("ILO Office in Quelimane")),
    published_on=date(2018, 5, 3),
    published_on_span=at("3 May 2018"),
    exchanges=(
        Exchange(at("How did you begin?"), (at(f"{STUDIED}\n{ADVISED}"),)),
        Exchange(at("Where did you use My.Coop?"), (at(TRAINED), at(LAW))),
    ),
    captions=(Caption(at("Fishers mending nets in the harbour"), 0),),
)

TRAINING = ProposedEngagement(
    country="PE",
    programme="my-coop",
    year=2009,
    to_year=None,
    organisations=(FEDERATION,),
    kind="training-of-trainers",
    sector="A",
    topics=("youth",),
    staff_role="trainer",
    confidence=Confidence.HIGH,
    reasons=(),
    evidence=evidence(TRAINED),
)
ADVICE = ProposedEngagement(
    country="BO",
    programme="",
    year=2010,
    to_year=2011,
    organisations=(),
    kind="policy-advice",
    sector="",
    topics=(),
    staff_role="adviser",
    confidence=Confidence.MEDIUM,
    reasons=(),
    evidence=evidence(LAW),
)


def proposals(**values) -> Proposals:
    """All that the article proposes, or with these `values` instead."""
    found = {
        "article": Article(TEXT, language="en"),
        "interview": INTERVIEW,
        "mentions": (Mention(MentionKind.TOPIC, "youth", at("began"), at("began")),),
        "programmes": (ProposedProgramme("my-coop", "My.Coop", evidence(TRAINED)),),
        "organisations": (ProposedOrganisation(FEDERATION, "FNM", "federation", "PE", evidence(TRAINED)),),
        "education": (ProposedStep("Rural economics", "University of Tarvo", ("NO",), None, 1998, evidence(STUDIED)),),
        "positions": (ProposedStep("Adviser", "Honey Union", ("KE",), 1999, 2003, evidence(ADVISED)),),
        "engagements": (TRAINING, ADVICE),
    }
    return Proposals(**found | values)
