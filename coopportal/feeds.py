"""Atom feeds (RFC 4287) of what is new: on the site, in a country, with a programme, in a series of interviews."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.contrib.syndication.views import Feed
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from calendars.naming import calendar_address, calendar_name
from codelists.models import Country
from engagements.models import Engagement
from engagements.tallies.reading import Scope
from multilingual.text import in_language, language_shown
from opendata.characters import without_controls
from profiles.models import Interview, Profile, Series
from programmes.models import Programme
from publishing.models import Publishable

ENTRIES = 20
MOST_CALENDARS = 500  # of programmes, on the page that lists them
ATOM, CALENDAR = "application/atom+xml", "text/calendar"
# A “tag:” URI (RFC 4151) names a year in which the host was the portal's own; it stays the same for ever.
TAG_YEAR = 2024


@dataclass(frozen=True)
class Entry:
    """A public record as feeds show it; `host` is the portal's."""

    record: Publishable
    host: str

    @property
    def title(self) -> str:
        if isinstance(self.record, Profile) and self.record.is_example:
            return _("%(name)s (invented example)") % {"name": self.record}
        return str(self.record)

    @property
    def summary(self) -> str:
        if isinstance(self.record, Interview):
            return _("Interview with %(name)s") % {"name": self.record.profile}
        return self.record.aim if isinstance(self.record, Programme) else self.record.summary

    @property
    def categories(self) -> list[str]:
        kind = str(self.record._meta.verbose_name)
        return [kind, self.record.country.name] if isinstance(self.record, Engagement) else [kind]

    @property
    def lang(self) -> str:
        """The language of the entry where it is not the feed's."""
        field = {Profile: "summary", Programme: "aim"}.get(type(self.record), "title")
        return language_shown(self.record, field)

    @property
    def tag(self) -> str:
        """Names the record for ever, whatever its address and language."""
        return f"tag:{self.host},{TAG_YEAR}:{self.record._meta.model_name}/{self.record.pk}"


@dataclass(frozen=True)
class Source:
    """What a feed tells of: its title, its name for ever, the address of its page, and its entries, newest first."""

    title: str
    tag: str
    page: str
    entries: list[Entry]


class AtomFeed(Atom1Feed):
    """Atom whose entries may be in another language than the feed."""

    def item_attributes(self, item):
        return {"xml:lang": item["lang"]} if item["lang"] else {}


class PortalFeed(Feed):
    """Base of the feeds. Subclasses define `records()` and, but for the whole site, `subject()`."""

    feed_type = AtomFeed
    author_name = gettext_lazy("COOP Portal")

    def get_object(self, request, **kwargs):
        subject = self.subject(**kwargs)
        host = urlsplit(request.build_absolute_uri()).hostname
        newest = sorted(self.records(subject), key=lambda record: (record.publish_at, record.pk), reverse=True)
        page = subject.get_absolute_url() if hasattr(subject, "get_absolute_url") else reverse("home")
        entries = [Entry(record, host) for record in newest[:ENTRIES]]
        return Source(feed_title(subject), f"tag:{host},{TAG_YEAR}:{request.path.strip('/')}", page, entries)

    def subject(self, **kwargs):
        """The record that the feed is about; None for the whole site. Raises Http404."""
        return None

    def records(self, subject) -> Iterable[Publishable]:
        """Public records, among them the `ENTRIES` published last."""
        raise NotImplementedError

    def title(self, source):
        return without_controls(source.title)

    def feed_guid(self, source):
        return source.tag

    def link(self, source):
        return source.page

    def items(self, source):
        return source.entries

    def item_title(self, entry):
        return without_controls(entry.title)

    def item_description(self, entry):
        return linebreaks(without_controls(entry.summary), autoescape=True)

    def item_link(self, entry):
        return entry.record.get_absolute_url()

    def item_guid(self, entry):
        return entry.tag

    def item_pubdate(self, entry):
        return entry.record.publish_at

    def item_updateddate(self, entry):
        return entry.record.last_changed

    def item_categories(self, entry):
        return entry.categories

    def item_extra_kwargs(self, entry):
        return {"lang": entry.lang}


class SiteFeed(PortalFeed):
    """People, interviews, programmes and engagements together."""

    def records(self, subject):
        for records in (
            Profile.objects.published(),
            Interview.objects.published().select_related("profile"),
            Programme.objects.published(),
            Engagement.objects.published().select_related("country"),
        ):
            yield from last_published(records)


class CountryFeed(PortalFeed):
    def subject(self, code):
        return get_object_or_404(Country, pk=code.upper())

    def records(self, subject):
        return last_published(Engagement.objects.published().filter(country=subject).select_related("country"))


class ProgrammeFeed(PortalFeed):
    def subject(self, slug):
        return get_object_or_404(Programme.objects.published(), slug=slug)

    def records(self, subject):
        return last_published(Engagement.objects.published().filter(programme=subject).select_related("country"))


class SeriesFeed(PortalFeed):
    """The interviews of a series. A series without a public one is no more public than they are."""

    def subject(self, slug):
        return get_object_or_404(public_series(), slug=slug)

    def records(self, subject):
        return last_published(Interview.objects.published().filter(series=subject).select_related("profile"))


class FeedsView(TemplateView):
    """Where to find the feeds, and the calendars of what is planned."""

    template_name = "pages/feeds.html"

    def get_context_data(self, **kwargs):
        planned = Engagement.objects.published().planned()
        return super().get_context_data(
            series=public_series(),
            programmes=Programme.objects.published().by_name(),
            countries=Scope().countries(),
            planned_programmes=planned.programmes(most=MOST_CALENDARS),
            planned_countries=planned.countries(),
            **kwargs,
        )


def last_published(records):
    return records.last_published_first()[:ENTRIES]


def public_series():
    """The series with public interviews."""
    return Series.objects.filter(pk__in=Interview.objects.published().values("series")).order_by(
        in_language("name"), "pk"
    )


def feed_title(subject) -> str:
    return _("COOP Portal: %(subject)s") % {"subject": subject} if subject else _("COOP Portal: what is new")


def feed_address(subject) -> str:
    """The address of the feed about `subject`, in the language of the moment."""
    if isinstance(subject, Country):
        return reverse("country-feed", args=[subject.pk.lower()])
    if isinstance(subject, Programme):
        return reverse("programme-feed", args=[subject.slug])
    if isinstance(subject, Series):
        return reverse("series-feed", args=[subject.slug])
    return reverse("feed")


def feeds_of(record, interviews=None, *, has_planned: bool = False) -> list[dict]:
    """The feeds that concern a page about `record` and public `interviews`, each with `title`, `url` and `type`.

    With `has_planned` also the calendar of what is planned in that country or with that programme.
    """
    series = [interview.series for interview in interviews or [] if interview.series]
    subjects = [record] if isinstance(record, Country | Programme) else []
    feeds = [
        {"title": feed_title(subject), "url": feed_address(subject), "type": ATOM}
        for subject in dict.fromkeys([None, *subjects, *series])
    ]
    if has_planned:
        feeds += [
            {"title": calendar_name(subject), "url": calendar_address(subject), "type": CALENDAR}
            for subject in subjects
        ]
    return feeds
