"""Public engagements as activities of the IATI Standard, version 2.03.

Sources: the schema iati-activities-schema.xsd 2.03 (order and number of elements), the standard's pages on each
element, its code lists and its Standard Ruleset.
"""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Prefetch
from django.utils.translation import gettext_noop, override
from lxml.etree import Element, SubElement, _Element, tostring

from codelists.models import SustainableDevelopmentGoal, Topic
from engagements.models import Engagement
from engagements.querysets import EngagementQuerySet
from iati.activity_dates import activity_dates
from iati.classification import add_sector, add_tags
from iati.links import add_document_link
from iati.narratives import DEFAULT_LANGUAGE, LANG, Texts, in_every_language, interface_text, narrate, translations
from iati.organisations import add_participating_orgs, add_reporting_org
from iati.results import add_people_trained
from opendata.characters import without_controls
from organisations.models import Organisation
from programmes.models import Programme
from richtext.plain import plain_text

BATCH = 500  # activities that are in memory at once
# IATI's code list DescriptionType.
GENERAL, OTHER = "1", "4"
PAGE_ON_THE_PORTAL = gettext_noop("Page on the portal")
SOURCE = gettext_noop("Source")


def identifier(engagement: Engagement) -> str:
    """What names the activity for ever: the publisher and the number of the engagement."""
    return f"{settings.IATI_ORGANISATION}-COOP-{engagement.pk}"


def batches(engagements: EngagementQuerySet) -> Iterator[list[Engagement]]:
    """The `engagements` by number, with all that activities say of them, a few at a time.

    Each batch is a query of its own that goes on behind the last number, so that none has to hold all rows: neither
    the portal nor the database.
    """
    programmes = Programme.objects.published().prefetch_related(
        Prefetch("sdgs", SustainableDevelopmentGoal.objects.order_by("pk"))
    )
    engagements = engagements.select_related("sector").prefetch_related(
        Prefetch("programme", programmes),
        Prefetch("partners", Organisation.objects.published().order_by("pk")),
        Prefetch("topics", Topic.objects.order_by("pk")),
    )
    last = 0
    while batch := list(engagements.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield batch
        if len(batch) < BATCH:
            return
        last = batch[-1].pk


def activity_of(engagement: Engagement, site: str) -> _Element:
    """The `engagement` as an `iati-activity`; `site` is the portal's address without a slash at its end."""
    activity = Element("iati-activity", {"last-updated-datetime": f"{engagement.last_changed:%Y-%m-%dT%H:%M:%SZ}"})
    activity.set(LANG, DEFAULT_LANGUAGE)
    SubElement(activity, "iati-identifier").text = identifier(engagement)
    add_reporting_org(activity)
    title = translations(engagement, "title") or _kind_of(engagement)
    narrate(SubElement(activity, "title"), title)
    _add_descriptions(activity, engagement, title)
    add_participating_orgs(activity, engagement)
    SubElement(activity, "activity-status", code=engagement.activity_status)
    dates = list(activity_dates(engagement))
    for one in dates:
        day = SubElement(activity, "activity-date", {"type": one.type, "iso-date": one.day.isoformat()})
        narrate(day, one.note)
    SubElement(activity, "recipient-country", code=engagement.country_id, percentage="100")
    add_sector(activity, engagement)
    add_tags(activity, engagement, site)
    with override(DEFAULT_LANGUAGE):
        page = site + engagement.get_absolute_url()
    add_document_link(activity, page, interface_text(PAGE_ON_THE_PORTAL), language=DEFAULT_LANGUAGE)
    add_document_link(activity, engagement.source_url, interface_text(SOURCE))
    add_people_trained(activity, engagement, dates)
    return activity


def activities_file(engagements: EngagementQuerySet, site: str, generated: str) -> Iterator[bytes]:
    """The file of all `engagements` in pieces; `generated` is the moment for which it holds, as in ISO 8601."""
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<iati-activities version="2.03" generated-datetime="{generated}">\n'.encode()
    for batch in batches(engagements):
        yield b"".join(tostring(activity_of(engagement, site), encoding="utf-8") + b"\n" for engagement in batch)
    yield b"</iati-activities>\n"


def _add_descriptions(activity: _Element, engagement: Engagement, title: Texts) -> None:
    """What was done, and what came of it. The standard wants a description; one without is described by its title."""
    summary = translations(engagement, "summary") or title
    narrate(SubElement(activity, "description", type=GENERAL), summary)
    if results := translations(engagement, "results", made_by=lambda html: without_controls(plain_text(html))):
        narrate(SubElement(activity, "description", type=OTHER), results)


def _kind_of(engagement: Engagement) -> Texts:
    """A title for an engagement that has none in any language; the models ask for one, the database does not."""
    return in_every_language(engagement.get_kind_display)
