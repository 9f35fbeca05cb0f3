"""Makes drafts of a review: all of them or none.

A record that is in the portal already gets what it lacks, and keeps what it says. One that is public is not touched:
what it lacks waits in its working draft. Texts are kept in the columns of the article's language; what the intake words
itself, as the title of an engagement, in every language. English is left to the editor, and asked for at publication.
"""

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext

from intake.checking import problems
from intake.drafting.context import Context
from intake.drafting.engagements import draft_engagements
from intake.drafting.people import draft_interview, draft_profile
from intake.drafting.shared import draft_organisations, draft_programmes, series_of
from intake.models import Change, Intake
from search.indexing import together


def create_drafts(intake: Intake, by) -> list[Change]:
    """Make drafts of what is ticked in the review, for `by`; the answer is what was done, in order.

    `by` is None where no person does it, as in a command. Raises ValidationError that names what is at fault as
    “id.field” of the review; nothing is written then.
    """
    try:
        with together():
            return _create(Intake.objects.select_for_update(of=("self",)).get(pk=intake.pk), by)
    except IntegrityError as error:
        raise ValidationError(gettext("Somebody saved the same just now. Try again.")) from error


def _create(intake: Intake, by) -> list[Change]:
    if not intake.is_open:
        raise ValidationError(gettext("The drafts of this article were created already."))
    if found := problems(intake.review):
        raise ValidationError(found)
    context = Context(intake, by)
    organisations = draft_organisations(context)
    programmes = draft_programmes(context)
    profile = draft_profile(context, organisations)
    intake.profile = profile
    if context.review["interview"]["include"]:
        intake.interview = draft_interview(context, profile, series_of(context))
    draft_engagements(context, profile, organisations, programmes)
    context.writer.keep_sources()
    intake.state, intake.finished_by, intake.finished_at = Intake.State.DRAFTED, by, timezone.now()
    intake.save()
    return list(intake.changes.all())
