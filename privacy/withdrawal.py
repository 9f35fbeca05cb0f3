"""Taking a person from the public when the consent ends, and back when there is a new one."""

from datetime import date

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.utils.translation import gettext as _

from privacy.models import GoneAddress
from profiles.models import Profile
from publishing.models import Action, Transition
from publishing.workflow import take_over_draft


def withdraw(profile: Profile, user, on: date, reason: str) -> None:
    """Withdraw the consent: what is tied to the profile is off the site at once, and its address says so."""
    with transaction.atomic():
        profile = Profile.objects.select_for_update(of=("self",)).get(pk=profile.pk)
        before = profile.status
        profile.withdraw_consent(on, reason)
        take_over_draft(profile)
        Transition.log(profile, user, Action.ARCHIVE, before, _("Withdrew the consent."))
        GoneAddress.objects.add(profile.get_absolute_url())
        log(profile, user, _("Withdrew the consent."))


def record_consent(profile: Profile, user) -> None:
    """Save the consent that the fields of the profile hold.

    After a withdrawal the person stays off the site until the profile is published again.
    """
    with transaction.atomic():
        was_withdrawn = profile.withdrawn_on is not None
        profile.withdrawn_on, profile.withdrawn_reason = None, ""
        profile.save(update_fields=[*Profile.at_once, "withdrawn_on", "withdrawn_reason", "updated_at"])
        if was_withdrawn:
            GoneAddress.objects.of(profile.get_absolute_url()).delete()
        log(profile, user, _("Recorded a new consent.") if was_withdrawn else _("Changed the record of the consent."))


def log(profile: Profile, user, message: str) -> None:
    """Write into the history of the profile."""
    LogEntry.objects.log_actions(user.pk, [profile], CHANGE, change_message=message)
