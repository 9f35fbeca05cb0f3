"""What the calendars are called, and where they are."""

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from codelists.models import Country


def calendar_name(subject: Model | None) -> str:
    """What the calendar about a country or programme is called, or for None the one about everything."""
    if subject is None:
        return _("COOP Portal: planned engagements")
    return _("COOP Portal: planned engagements, %(subject)s") % {"subject": subject}


def calendar_address(subject: Model | None) -> str:
    """The address of the calendar about a country or programme, or for None of the one about everything."""
    if subject is None:
        return reverse("calendars:all")
    if isinstance(subject, Country):
        return reverse("calendars:country", args=[subject.pk.lower()])
    return reverse("calendars:programme", args=[subject.slug])
