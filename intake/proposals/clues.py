"""What speaks for a role of a country at one place where it is named, as numbers from 0 up.

`intake.proposals.deciding` adds the places of a country up, by a table with the names that the clues have here.
"""

from collections import defaultdict

from intake.findings import Mention, MentionKind, Role
from intake.proposals.weighing import Context, role_in_post

# An enumeration or a sentence of more countries says no more than one of so many.
MANY = 6


def clues(
    context: Context, mention: Mention, group: list[Mention], before: dict[Role, float], points: dict[Role, float]
) -> dict[str, float]:
    """The clues of a place; `before` are the points that a role has by the paragraph alone, `points` with the cues."""
    passage = context.passage
    found: dict[str, float] = defaultdict(float)
    found[f"paragraph {passage.setting.value}"] = 1
    found[f"named by {mention.form.value}"] = 1
    found["before the ILO" if context.is_before else "with the ILO"] = 1
    found["staff" if context.reading.is_staff else "partner"] = 1
    found["speaks of the ILO"] = float(context.is_ilo)
    found["speaks of study"] = float(context.is_study)
    names_programme = bool(context.sentence.of_kind(MentionKind.PROGRAMME))
    found["programme in the sentence"] = float(names_programme)
    found["programme in the paragraph"] = float(passage.has_programme and not names_programme)
    found["time in the sentence"] = float(bool(context.sentence.of_kind(MentionKind.TIME)))
    found["in a question"] = float(passage.is_question)
    found["enumerated"] = (min(len(group), MANY) - 1) / (MANY - 1)
    found["countries in the sentence"] = (min(len(context.places), MANY) - 1) / (MANY - 1)
    if role := role_in_post(context, mention, group):
        found[f"{role} by post"] = 1
    for role in Role:
        found[f"{role} by paragraph"] = before.get(role, 0)
        found[f"{role} by cues"] = points.get(role, 0) - before.get(role, 0)
    return {name: value for name, value in found.items() if value}
