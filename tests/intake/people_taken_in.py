"""The person of `tests.intake.proposed`, in an article and in the portal."""

from django.contrib.admin.models import LogEntry

from engagements.models import Engagement, EngagementStaff
from intake.models import Change, Intake, Source
from intake.taking_in import take_in
from organisations.models import Organisation
from profiles.models import Education, Exchange, Interview, Position, Profile, Series
from programmes.models import Programme
from publishing.models import Version, WorkingDraft
from tests.factories import ProfileFactory
from tests.intake.proposed import proposals

PUBLISHABLE = [Profile, Interview, Engagement, Organisation, Programme]


def reviewed(user, **values) -> Intake:
    """The article taken in, with all kinds chosen."""
    intake = take_in(proposals(**values), user)
    for organisation in intake.review["organisations"]:
        organisation["kind"] = organisation["kind"] or "cooperative"
    intake.save()
    return intake


def milena(**values) -> Profile:
    return ProfileFactory(given_name="Milena", family_name="Orsolic", slug="milena", **values)


def rows() -> dict[str, int]:
    models = [*PUBLISHABLE, Education, Position, Exchange, EngagementStaff, Series, Source, Change, Version]
    models += [WorkingDraft, LogEntry]
    return {model.__name__: model._base_manager.count() for model in models}
