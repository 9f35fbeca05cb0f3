"""The beginning of an intake: what was read out of an article is set beside what the portal holds."""

from intake.findings import Proposals
from intake.matching import matches_of
from intake.models import Intake, name_in
from intake.prose import shortened
from intake.review import review_of


def take_in(proposals: Proposals, by, *, file_name: str = "", source_url: str = "") -> Intake:
    """Keep the article with a review of what is proposed; `by` is None where no person does it."""
    review = review_of(proposals, matches_of(proposals, source_url), source_url)
    article = proposals.article
    first_line = " ".join(article.text.strip().partition("\n")[0].split())
    return Intake.objects.create(
        title=shortened(name_in(review) or review["interview"]["title"] or first_line or file_name, 300)[:300],
        text=article.text,
        hints=[[hint.kind.value, hint.span.start, hint.span.end] for hint in article.hints],
        file_name=file_name[:255],
        source_url=source_url,
        language=proposals.interview.language,
        review=review,
        profile_id=review["profile"]["match"],
        begun_by=by,
        changed_by=by,
    )
