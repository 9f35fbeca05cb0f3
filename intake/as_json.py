"""What was read out of an article, in the form in which other programs get it."""

from typing import Any

from intake.findings import Evidence, Finding, Proposals, ProposedStep, Span


def as_json(proposals: Proposals) -> dict[str, Any]:
    """Text, numbers, lists and dicts only. `start` and `end` are character offsets into the text as read."""
    text, interview = proposals.article.text, proposals.interview

    def place(span: Span) -> dict[str, Any]:
        return {"text": span.of(text), "start": span.start, "end": span.end}

    def places(evidence: tuple[Evidence, ...]) -> list[dict[str, Any]]:
        return [place(each.span) | {"sentence": each.sentence.of(text)} for each in evidence]

    def steps(proposed: tuple[ProposedStep, ...]) -> list[dict[str, Any]]:
        return [
            {
                "title": step.title,
                "organisation": step.organisation,
                "countries": list(step.countries),
                "from_year": step.from_year,
                "to_year": step.to_year,
                "evidence": places(step.evidence),
            }
            for step in proposed
        ]

    return {
        "series": _value(interview.series),
        "name": _value(interview.name),
        "post_title": _value(interview.post_title),
        "office": _value(interview.office) or _value(interview.unit),
        "published_on": interview.published_on.isoformat() if interview.published_on else None,
        "language": interview.language,
        "exchanges": [
            {
                "question": exchange.question.of(text),
                "answer": "\n\n".join(paragraph.of(text) for paragraph in exchange.answer),
            }
            for exchange in interview.exchanges
        ],
        "captions": [place(caption.span) | {"exchange": caption.exchange} for caption in interview.captions],
        "education": steps(proposals.education),
        "positions": steps(proposals.positions),
        "countries": [
            {"code": country.code, "role": country.role.value, "evidence": places(country.evidence)}
            for country in proposals.countries
        ],
        "programmes": [
            {"slug": programme.slug, "name": programme.name, "evidence": places(programme.evidence)}
            for programme in proposals.programmes
        ],
        "organisations": [
            {
                "name": organisation.name,
                "acronym": organisation.acronym,
                "kind": organisation.kind,
                "country": organisation.country,
                "evidence": places(organisation.evidence),
            }
            for organisation in proposals.organisations
        ],
        "engagements": [
            {
                "country": engagement.country,
                "programme": engagement.programme,
                "year": engagement.year,
                "to_year": engagement.to_year,
                "organisations": list(engagement.organisations),
                "kind": engagement.kind,
                "staff_role": engagement.staff_role,
                "confidence": engagement.confidence.value,
                "reasons": list(engagement.reasons),
                "evidence": places(engagement.evidence),
            }
            for engagement in proposals.engagements
        ],
    }


def _value(finding: Finding | None) -> str:
    return finding.value if finding else ""
