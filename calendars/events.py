"""Planned engagements as events of a calendar (RFC 5545)."""

from datetime import date, timedelta

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from icalendar import Event

from codelists.models import Topic
from engagements.dates import Precision
from engagements.models import Engagement, EngagementStaff
from engagements.querysets import EngagementQuerySet
from multilingual.text import language_of_interface, language_shown
from opendata.characters import without_controls
from organisations.models import Organisation
from profiles.models import Profile
from publishing.querysets import published_q

# More than calendars show with ease. Of more, the soonest are taken.
MOST_EVENTS = 1000


def for_events(engagements: EngagementQuerySet) -> EngagementQuerySet:
    """The planned ones of the `engagements` with what events say of them, soonest first; also those called off."""
    staff = EngagementStaff.objects.filter(published_q("profile")).select_related("profile")
    return (
        engagements.planned(or_cancelled=True)
        .soonest_first()
        .select_related("country")
        .prefetch_related(
            Prefetch("partners", Organisation.objects.published().by_name()),
            Prefetch("engagement_staff", staff),
            Prefetch("topics", Topic.objects.order_by("pk")),
        )[:MOST_EVENTS]
    )


def event_of(engagement: Engagement, site: str, host: str) -> Event:
    """The `engagement` as an event, in the language of the moment.

    `site` is the portal's address without a slash at its end, `host` its name there: with the number it names the
    event for ever, in every language.

    An event takes no time from whoever subscribes to it. One that is cancelled says so, and calendars drop it. There is
    no SEQUENCE: the portal counts no versions of an engagement, and LAST-MODIFIED tells which one is newer.
    """
    event = Event()
    event.add("uid", f"engagement-{engagement.pk}@{host}")
    # Without a METHOD the time stamp is that of the last change (RFC 5545, section 3.8.7.2).
    event.add("dtstamp", engagement.last_changed)
    event.add("last-modified", engagement.last_changed)
    first, after = days(engagement)
    event.add("dtstart", first)
    event.add("dtend", after)
    event.add("summary", summary(engagement), _language(engagement, "title"))
    event.add("description", description(engagement, site), _language(engagement, "summary"))
    event.add("location", without_controls(engagement.country.name))
    event.add("url", site + engagement.get_absolute_url())
    topics = [without_controls(topic.name) for topic in engagement.topics.all()]
    event.add("categories", [str(engagement.get_kind_display()), *topics])
    event.add("status", _status(engagement))
    event.add("transp", "TRANSPARENT")
    return event


def days(engagement: Engagement) -> tuple[date, date]:
    """The first day of the event, and the day after the last.

    Where only the month or the year of the start is known, the event stands on the first day of that month or year
    alone, and its summary says why. Where only the end is not known to the day, it stands on the day of the start.
    """
    first = engagement.start_date
    match engagement.start_precision:
        case Precision.YEAR:
            first = first.replace(month=1, day=1)
        case Precision.MONTH:
            first = first.replace(day=1)
    exact = engagement.start_precision == engagement.end_precision == Precision.DAY
    last = engagement.end_date if exact and engagement.end_date else first
    return first, min(last, date.max - timedelta(days=1)) + timedelta(days=1)


def summary(engagement: Engagement) -> str:
    """The title, and before it what the days of the event do not say."""
    text = _on_one_line(engagement.title or "") or engagement.get_kind_display()
    if engagement.start_precision != Precision.DAY:
        text = _("%(period)s (day not fixed): %(title)s") % {"period": engagement.period, "title": text}
    if engagement.activity_status == Engagement.ActivityStatus.CANCELLED:
        text = _("Cancelled: %(title)s") % {"title": text}
    return text


def description(engagement: Engagement, site: str) -> str:
    """What is planned, when, and who takes part; only people and partners who are public."""
    facts = [_("When: %(period)s") % {"period": engagement.period}]
    if partners := [str(organisation) for organisation in engagement.partners.all()]:
        facts.append(_("Partners: %(names)s") % {"names": "; ".join(partners)})
    if people := [_name(part.profile) for part in engagement.engagement_staff.all()]:
        facts.append(_("People: %(names)s") % {"names": "; ".join(people)})
    facts.append(site + engagement.get_absolute_url())
    return without_controls("\n\n".join([*filter(None, [engagement.summary]), "\n".join(facts)]))


def _name(profile: Profile) -> str:
    return _("%(name)s (invented example)") % {"name": profile} if profile.is_example else str(profile)


def _status(engagement: Engagement) -> str:
    if engagement.activity_status == Engagement.ActivityStatus.CANCELLED:
        return "CANCELLED"
    return "CONFIRMED" if engagement.start_precision == Precision.DAY else "TENTATIVE"


def _language(engagement: Engagement, field: str) -> dict[str, str]:
    """The language of what is shown of `field`, as a parameter of the property."""
    return {"LANGUAGE": language_shown(engagement, field) or language_of_interface()}


def _on_one_line(text: str) -> str:
    return " ".join(without_controls(text).split())
