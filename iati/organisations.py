"""Who takes part in an activity, by IATI's code lists OrganisationRole and OrganisationType (version 2.03)."""

from django.conf import settings
from lxml.etree import SubElement, _Element

from engagements.models import Engagement
from iati.narratives import DEFAULT_LANGUAGE, narrate, translations
from opendata.characters import without_controls
from organisations.models import Organisation

ACCOUNTABLE, IMPLEMENTING = "2", "4"

GOVERNMENT, MULTILATERAL, PRIVATE_SECTOR, ACADEMIC, OTHER = "10", "40", "70", "80", "90"
INTERNATIONAL_NGO, PARTNER_COUNTRY_NGO = "21", "24"

# Federations of cooperatives and organisations of employers and workers are in none of the standard's classes.
TYPE_OF_KIND = {
    Organisation.Kind.GOVERNMENT: GOVERNMENT,
    Organisation.Kind.COOPERATIVE: PRIVATE_SECTOR,
    Organisation.Kind.FEDERATION: OTHER,
    Organisation.Kind.EMPLOYERS: OTHER,
    Organisation.Kind.WORKERS: OTHER,
    Organisation.Kind.UNIVERSITY: ACADEMIC,
    Organisation.Kind.UN_AGENCY: MULTILATERAL,
    Organisation.Kind.INTERGOVERNMENTAL: MULTILATERAL,
    Organisation.Kind.COMPANY: PRIVATE_SECTOR,
}


def organisation_type(organisation: Organisation, engagement: Engagement) -> str:
    """The code of OrganisationType; of a non-governmental organisation it says whether its seat is where it works."""
    if organisation.kind == Organisation.Kind.NGO:
        return PARTNER_COUNTRY_NGO if organisation.country_id == engagement.country_id else INTERNATIONAL_NGO
    return TYPE_OF_KIND[organisation.kind]


def add_reporting_org(activity: _Element) -> None:
    """The publisher, as IATI knows it."""
    reporting = SubElement(
        activity, "reporting-org", ref=settings.IATI_ORGANISATION, type=settings.IATI_ORGANISATION_TYPE
    )
    narrate(reporting, _publisher())


def add_participating_orgs(activity: _Element, engagement: Engagement) -> None:
    """The publisher, which answers for the activity and carries it out, and the public partners, which carry it out.

    The portal knows whom the unit worked with, not who did what or paid: of the standard's four roles “implementing”
    says no more than that. Partners have a name and a type; the portal has no identifier of theirs that IATI knows.
    """
    for role in (ACCOUNTABLE, IMPLEMENTING):
        publisher = SubElement(
            activity,
            "participating-org",
            ref=settings.IATI_ORGANISATION,
            type=settings.IATI_ORGANISATION_TYPE,
            role=role,
        )
        narrate(publisher, _publisher())
    for organisation in engagement.partners.all():
        if names := translations(organisation, "name"):
            kind = organisation_type(organisation, engagement)
            narrate(SubElement(activity, "participating-org", type=kind, role=IMPLEMENTING), names)


def _publisher():
    return ((DEFAULT_LANGUAGE, without_controls(settings.PUBLISHER)),)
