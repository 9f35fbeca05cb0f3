"""What each page is about, told to machines in the words of schema.org, as JSON-LD.

Only what the page shows to everybody: the records come from its context, or from relations that its view has fetched
with what is public. Nothing is told of people who are invented examples: they do not exist.
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from engagements import dates
from engagements.models import Engagement
from multilingual.text import alphabetically
from organisations.models import Organisation
from profiles.models import Profile
from programmes.models import Programme
from richtext.plain import plain_text

ORGANISATION_TYPES = {
    Organisation.Kind.GOVERNMENT: "GovernmentOrganization",
    Organisation.Kind.NGO: "NGO",
    Organisation.Kind.UNIVERSITY: "EducationalOrganization",
    Organisation.Kind.WORKERS: "WorkersUnion",
}
# Happenings on certain days. Other kinds of work go on for months, and are projects.
EVENT_TYPES = {
    Engagement.Kind.WORKSHOP: "Event",
    Engagement.Kind.TRAINING_OF_TRAINERS: "EducationEvent",
    Engagement.Kind.PILOT: "EducationEvent",
}


# Where a link from a profile is the person's own page, so that it tells who the person is. Other links are reading.
HOSTS_OF_PEOPLE = (
    "linkedin.com",
    "orcid.org",
    "researchgate.net",
    "scholar.google.com",
    "wikidata.org",
    "wikipedia.org",
)


@dataclass(frozen=True)
class Page:
    """The page described: its view's name, its template context, and `absolute`, which completes an address."""

    view: str
    context: dict
    absolute: Callable[[str], str]


def describe(page: Page) -> dict | None:
    """The JSON-LD of a page; None where there is nothing to say."""
    nodes = [node for describe_part in (about, breadcrumbs) if (node := describe_part(page))]
    return {"@context": "https://schema.org", "@graph": nodes} if nodes else None


def about(page: Page) -> dict | None:
    """What the page as a whole is about."""
    describe_page = {
        "home": website,
        "data": data_catalogue,
        "profiles:detail": profile_page,
        "programmes:detail": course,
        "engagements:detail": engagement,
        "organisations:detail": organisation,
        "engagements:country": collection,
        "engagements:region": collection,
        "engagements:topic": collection,
    }.get(page.view)
    return filled(describe_page(page)) if describe_page else None


def website(page: Page) -> dict:
    return {
        "@type": "WebSite",
        "name": _("COOP Portal"),
        "description": _("The people, training programmes and country engagements of the cooperatives unit."),
        "url": page.absolute(reverse("home")),
        "inLanguage": get_language(),
        "potentialAction": search_action(page),
    }


def search_action(page: Page) -> dict:
    """How to search the portal; the part with the hyphen is how schema.org annotates what is to be filled in."""
    address = page.absolute(reverse("search:results"))
    return {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{address}?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }


def data_catalogue(page: Page) -> dict:
    """What the page of open data offers: all of it as one dataset, and each list as another."""
    title, licence = page.context["title"], page.context["licence"].url
    publisher = {"@type": "Organization", "name": page.context["publisher"]}
    changed_on = page.context["changed_on"]
    about_portal = _(
        "The COOP Portal shows who works on cooperatives, with which training programmes, where and with whom."
    )

    def dataset(name: str, description: str, files) -> dict:
        return {
            "@type": "Dataset",
            "name": name,
            "description": description,
            "url": page.absolute(reverse("data")),
            "license": licence,
            "creator": publisher,
            "isAccessibleForFree": True,
            "dateModified": changed_on and changed_on.isoformat(),
            "inLanguage": get_language(),
            "distribution": [data_download(file, page) for file in files],
        }

    whole = [file for file in (page.context["package"], page.context["activities"]) if file]
    return {
        "@type": "DataCatalog",
        "name": _("COOP Portal: open data"),
        "description": about_portal,
        "url": page.absolute(reverse("data")),
        "license": licence,
        "publisher": publisher,
        "inLanguage": get_language(),
        "dataset": [
            dataset(title, _("All public records of the COOP Portal, as tables that belong together."), whole),
            *(
                dataset(f"{title}: {each.table.title}", f"{each.table.description} {about_portal}", each.files)
                for each in page.context["lists"]
            ),
        ],
    }


def data_download(file, page: Page) -> dict:
    return {
        "@type": "DataDownload",
        "name": file.format,
        "encodingFormat": file.media_type,
        "contentUrl": page.absolute(file.url),
    }


def profile_page(page: Page) -> dict | None:
    profile = page.context["profile"]
    if profile.is_example:
        return None
    studies = [step.organisation for step in page.context["education"] if step.organisation]
    person = person_in_short(profile, page) | {
        "givenName": profile.given_name,
        "familyName": profile.family_name,
        "description": profile.summary,
        "image": page.absolute(profile.portrait.framed_url) if profile.portrait else None,
        "worksFor": profile.office and {"@type": "Organization", "name": profile.office.name},
        "workLocation": profile.office and place(profile.office.country, city=profile.office.city),
        "knowsLanguage": [language.code for language in profile.languages.all()],
        "knowsAbout": [topic.name for topic in alphabetically(profile.topics.all())],
        "sameAs": [link.url for link in profile.links.all() if is_of_a_person(link.url)],
        "alumniOf": [organisation_in_short(each, page) for each in studies],
        "subjectOf": [
            {
                "@type": "Article",
                "headline": interview.title,
                "url": page.absolute(interview.get_absolute_url()),
                "datePublished": interview.published_on and interview.published_on.isoformat(),
                "isPartOf": interview.series and {"@type": "CreativeWorkSeries", "name": interview.series.name},
            }
            for interview in page.context["interviews"]
        ],
    }
    return {
        "@type": "ProfilePage",
        "url": page.absolute(profile.get_absolute_url()),
        "inLanguage": get_language(),
        "dateModified": profile.updated_at.isoformat(),
        "mainEntity": person,
    }


def course(page: Page) -> dict:
    programme = page.context["programme"]
    return {
        **programme_in_short(programme, page),
        "description": programme.aim,
        "audience": programme.audience and {"@type": "Audience", "audienceType": programme.audience},
        "provider": [organisation_in_short(partner, page) for partner in page.context["partners"]],
        "availableLanguage": [language.code for language in programme.languages.all()],
        "about": [thing(topic.name) for topic in alphabetically(programme.topics.all())],
        "learningResourceType": programme.get_kind_display(),
        "datePublished": programme.launch_year and str(programme.launch_year),
        "dateModified": programme.updated_at.isoformat(),
        "subjectOf": web_page(programme.source_url),
        "hasPart": [
            {
                "@type": "LearningResource",
                "name": module.title,
                "description": plain_text(module.summary),
                "position": number,
            }
            for number, module in enumerate(programme.modules.all(), start=1)
        ],
    }


def engagement(page: Page) -> dict:
    """A workshop or training is an event on certain days; other kinds of work are projects."""
    record = page.context["engagement"]
    start = dates.to_text(record.start_date, record.start_precision)
    end = record.end_date and dates.to_text(record.end_date, record.end_precision)
    colleagues = [member.profile for member in page.context["staff"] if not member.profile.is_example]
    people = [person_in_short(profile, page) for profile in colleagues]
    partners = [organisation_in_short(partner, page) for partner in page.context["partners"]]
    shared = {
        "name": record.title,
        "description": record.summary,
        "url": page.absolute(record.get_absolute_url()),
        "location": place(record.country),
        "subjectOf": web_page(record.source_url),
    }
    if event_type := EVENT_TYPES.get(record.kind):
        cancelled = record.activity_status == Engagement.ActivityStatus.CANCELLED
        return shared | {
            "@type": event_type,
            "startDate": start,
            "endDate": end,
            "eventStatus": f"https://schema.org/Event{'Cancelled' if cancelled else 'Scheduled'}",
            "about": [thing(topic.name) for topic in alphabetically(record.topics.all())],
            "contributor": people + partners,
            "workFeatured": record.programme and programme_in_short(record.programme, page),
        }
    return shared | {
        "@type": "ResearchProject" if record.kind == Engagement.Kind.RESEARCH else "Project",
        "foundingDate": start,
        "dissolutionDate": end,
        "knowsAbout": [topic.name for topic in alphabetically(record.topics.all())],
        "member": people + partners,
    }


def organisation(page: Page) -> dict:
    record = page.context["organisation"]
    return organisation_in_short(record, page) | {
        "alternateName": record.acronym,
        "description": record.description,
        "sameAs": record.website,
        "location": record.country and place(record.country),
    }


def collection(page: Page) -> dict:
    """The page of a country, region or topic: a collection of what has to do with it."""
    record = page.context["object"]
    kind = "Country" if page.view == "engagements:country" else "Thing"
    return {
        "@type": "CollectionPage",
        "name": record.name,
        "url": page.absolute(record.get_absolute_url()),
        "inLanguage": get_language(),
        "about": {"@type": kind, "name": record.name},
    }


def breadcrumbs(page: Page) -> dict | None:
    """The way from the home page to this one."""
    record = page.context.get("object")
    if record is None:
        return None
    above = {
        Profile: [(_("People"), reverse("profiles:list"))],
        Programme: [(_("Training programmes"), reverse("programmes:list"))],
        Engagement: [(_("Engagements"), reverse("engagements:list"))],
        Organisation: [],
    }
    countries = [(_("Countries"), reverse("engagements:countries"))]
    steps = [
        (_("Home"), reverse("home")),
        *above.get(type(record), [] if page.view == "engagements:topic" else countries),
        (str(record), record.get_absolute_url()),
    ]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": number,
                "name": name,
                "item": {"@type": "WebPage", "@id": page.absolute(address)},
            }
            for number, (name, address) in enumerate(steps, start=1)
        ],
    }


# Records as they are named on the pages of others


def person_in_short(profile: Profile, page: Page) -> dict:
    return {
        "@type": "Person",
        "name": str(profile),
        "url": page.absolute(profile.get_absolute_url()),
        "jobTitle": profile.post_title,
    }


def programme_in_short(programme: Programme, page: Page) -> dict:
    return {"@type": "Course", "name": programme.name, "url": page.absolute(programme.get_absolute_url())}


def organisation_in_short(record: Organisation, page: Page) -> dict:
    return {
        "@type": ORGANISATION_TYPES.get(record.kind, "Organization"),
        "name": record.name,
        "url": page.absolute(record.get_absolute_url()),
    }


def place(country, city: str = "") -> dict:
    return {
        "@type": "Place",
        "address": {"@type": "PostalAddress", "addressLocality": city, "addressCountry": country.pk},
    }


def web_page(address: str) -> dict | None:
    return {"@type": "WebPage", "url": address} if address else None


def is_of_a_person(address: str) -> bool:
    """Whether the address is one of a site where people have pages of their own."""
    host = urlsplit(address).hostname or ""
    return any(host == site or host.endswith(f".{site}") for site in HOSTS_OF_PEOPLE)


def thing(name: str) -> dict:
    return {"@type": "Thing", "name": name}


def filled(value):
    """The same without the properties that have no value."""
    if isinstance(value, dict):
        kept = {name: filled(part) for name, part in value.items()}
        return {name: part for name, part in kept.items() if part not in (None, "", [], {})}
    if isinstance(value, list):
        return [filled(part) for part in value]
    return value
