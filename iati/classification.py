"""What an activity is about: `sector` and `tag`, by IATI's code lists SectorVocabulary and TagVocabulary (2.03)."""

from lxml.etree import SubElement, _Element

from engagements.models import Engagement
from iati.narratives import narrate, translations

DAC, REPORTING_ORGANISATION = "1", "99"
# OECD DAC's purpose code “Sectors not specified”. Every activity needs a sector (Standard Ruleset).
NOT_SPECIFIED = "99810"
# No vocabulary of the code list is ISIC; one that is not there is the reporting organisation's, with its address.
ISIC = "https://unstats.un.org/unsd/classifications/Econ/isic"

SDG_GOALS = "2"


def add_sector(activity: _Element, engagement: Engagement) -> None:
    """The section of ISIC Rev. 4; no purpose code is made up from it."""
    if engagement.sector is None:
        SubElement(activity, "sector", vocabulary=DAC, code=NOT_SPECIFIED, percentage="100")
        return
    sector = SubElement(
        activity,
        "sector",
        {"vocabulary": REPORTING_ORGANISATION, "vocabulary-uri": ISIC},
        code=engagement.sector.pk,
        percentage="100",
    )
    narrate(sector, translations(engagement.sector, "name"))


def add_tags(activity: _Element, engagement: Engagement, site: str) -> None:
    """The goals of the public programme that is used, the programme itself, and the topics.

    The portal's own lists are at `site`/api/v1/, each under the codes that are used here.
    """
    if programme := engagement.programme:
        for goal in programme.sdgs.all():
            narrate(SubElement(activity, "tag", vocabulary=SDG_GOALS, code=str(goal.pk)), translations(goal, "name"))
        _add_own_tag(activity, programme, f"{site}/api/v1/programmes/")
    for topic in engagement.topics.all():
        _add_own_tag(activity, topic, f"{site}/api/v1/topics/")


def _add_own_tag(activity: _Element, record, uri: str) -> None:
    tag = SubElement(
        activity, "tag", {"vocabulary": REPORTING_ORGANISATION, "vocabulary-uri": uri}, code=str(record.pk)
    )
    narrate(tag, translations(record, "name"))
