from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe
from icalendar import Calendar, Timezone, TimezoneStandard, vText

from calendars.events import event_of, for_events
from calendars.naming import calendar_name
from codelists.models import Country
from engagements.models import Engagement
from engagements.querysets import EngagementQuerySet
from multilingual.text import language_of_interface
from opendata.characters import without_controls
from opendata.conditional import conditional
from programmes.models import Programme

# How often calendars should ask for news.
REFRESH = timedelta(hours=12)
CONTENT_TYPE = "text/calendar; charset=utf-8"


@require_safe
@conditional(daily=True)  # what is long past drops out
def everything(request: HttpRequest) -> HttpResponse:
    """What is planned anywhere."""
    return _calendar(request, Engagement.objects.published())


@require_safe
@conditional(daily=True)  # what is long past drops out
def country(request: HttpRequest, code: str) -> HttpResponse:
    """What is planned in a country; a calendar without events where nothing is, which may change."""
    subject = get_object_or_404(Country, pk=code.upper())
    return _calendar(request, Engagement.objects.published().filter(country=subject), subject)


@require_safe
@conditional(daily=True)  # what is long past drops out
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """What is planned with a programme."""
    subject = get_object_or_404(Programme.objects.published(), slug=slug)
    return _calendar(request, Engagement.objects.published().filter(programme=subject), subject)


def _calendar(request: HttpRequest, engagements: EngagementQuerySet, subject: Model | None = None) -> HttpResponse:
    """The calendar of what is planned of the public `engagements`.

    RFC 5545 for what must be there, RFC 7986 for name, address and interval; X-WR-CALNAME and X-PUBLISHED-TTL say the
    same to programs that do not know the latter.
    """
    site = request.build_absolute_uri("/").removesuffix("/")
    host = urlsplit(site).hostname
    name = vText(without_controls(calendar_name(subject)))
    calendar = Calendar()
    calendar.add("prodid", f"-//{without_controls(settings.PUBLISHER)}//COOP Portal//{language_of_interface().upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    calendar.add("source", request.build_absolute_uri(request.path), {"VALUE": "URI"})
    calendar.add("url", site + (subject.get_absolute_url() if subject else reverse("home")))
    planned = list(for_events(engagements))
    if planned:
        calendar.add("last-modified", max(engagement.last_changed for engagement in planned))
    else:
        calendar.add_component(_utc())
    for engagement in planned:
        calendar.add_component(event_of(engagement, site, host))
    return HttpResponse(calendar.to_ical(), content_type=CONTENT_TYPE)


def _utc() -> Timezone:
    """A calendar holds at least one component (RFC 5545, section 3.6): where there is no event, the time zone."""
    standard = TimezoneStandard()
    standard["dtstart"] = "19700101T000000"
    standard.add("tzoffsetfrom", timedelta(0))
    standard.add("tzoffsetto", timedelta(0))
    zone = Timezone()
    zone.add("tzid", "Etc/UTC")
    zone.add_component(standard)
    return zone
