"""The queries of a public page do not grow with its rows: as many at 50 records of everything as at one."""

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from codelists.models import Topic
from organisations.models import Office
from search.indexing import together
from tests.factories import (
    EducationFactory,
    EngagementFactory,
    EngagementStaffFactory,
    ExchangeFactory,
    IntakeFactory,
    InterviewFactory,
    InterviewPhotoFactory,
    MaterialFactory,
    ModuleFactory,
    OfficeFactory,
    OrganisationFactory,
    PositionFactory,
    ProfileFactory,
    ProgrammeFactory,
    SeriesFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

COUNTRIES = ["PE", "BO", "CO", "CL", "EC", "AR", "BR", "UY", "PY", "VE"]


@pytest.fixture
def hub():
    """One record of each kind whose pages show all the others."""
    office = OfficeFactory()
    profile = ProfileFactory(slug="hub", office=office, featured=True)
    return {
        "organisation": OrganisationFactory(slug="hub"),
        "profile": profile,
        "programme": ProgrammeFactory(slug="hub", featured=True),
        "engagement": EngagementFactory(slug="hub", country_id="PE"),
        "topic": Topic.objects.get(slug="youth"),
        "series": SeriesFactory(slug="hub"),
    }


def grow(hub: dict, number: int) -> None:
    """Another record of each kind, tied to the hub and to the others in every way there is."""
    topic, country = hub["topic"], COUNTRIES[number % len(COUNTRIES)]
    organisation = OrganisationFactory(country_id=country)
    InterviewFactory(profile=hub["profile"], series=SeriesFactory())
    office = OfficeFactory(country_id=country)
    office.countries_covered.add("PE")
    profile = ProfileFactory(office=office, featured=True)
    profile.portrait.save("portrait.webp", ContentFile(b"not looked at"))
    programme = ProgrammeFactory(featured=True)
    for record in (profile, programme):
        record.topics.add(topic)
        record.languages.add("en", "es")
    programme.partners.add(hub["organisation"], organisation)
    hub["programme"].partners.add(organisation)
    for each in (hub["profile"], profile):
        PositionFactory(profile=each, organisation=organisation).countries.add(country)
        EducationFactory(profile=each, organisation=organisation, country_id=country)
        interview = InterviewFactory(profile=each, series=hub["series"])
        exchange = ExchangeFactory(interview=interview)
        InterviewPhotoFactory(interview=interview)
        InterviewPhotoFactory(interview=interview, exchange=exchange)
    article = IntakeFactory(interview=InterviewFactory(profile=hub["profile"]))
    for record in (hub["engagement"], *hub["profile"].education.all(), *hub["profile"].positions.all()):
        SourceFactory(intake=article, record=record)
    ModuleFactory(programme=hub["programme"])
    MaterialFactory(programme=hub["programme"], language_id="es")
    EngagementStaffFactory(engagement=hub["engagement"], profile=profile)
    hub["engagement"].partners.add(organisation)
    for used, place in ((hub["programme"], country), (programme, "PE")):
        engagement = EngagementFactory(programme=used, country_id=place, sector_id="A")
        engagement.partners.add(organisation, hub["organisation"])
        engagement.topics.add(topic)
        EngagementStaffFactory(engagement=engagement, profile=profile)
        EngagementStaffFactory(engagement=engagement, profile=hub["profile"])


def grow_to_fifty(hub: dict) -> None:
    """The hub has one record of each kind, and then fifty. They are indexed once, at the end, as those of an import."""
    with together():
        for number in range(1, 50):
            grow(hub, number)
    if connection.vendor == "postgresql":  # in use it looks at its tables by itself
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


PAGES = [
    "/en/",
    "/en/profiles/",
    "/en/profiles/?country=PE&language=es&topic=youth&q=cooperatives&sort=newest",
    "/en/profiles/hub/",
    "/en/programmes/",
    "/en/programmes/?country=PE&region=americas&kind=management&topic=youth&language=es&sort=most-used",
    "/en/programmes/hub/",
    "/en/engagements/",
    "/en/engagements/?country=PE&programme=hub&profile=hub&organisation=hub&topic=youth&year_from=2000",
    # No results: it says how many there would be without each filter.
    "/en/engagements/?q=nothing-like-it&country=PE&country=BO&programme=hub&topic=youth&year_from=2000",
    "/en/engagements/{engagement}-hub/",
    "/en/countries/",
    "/en/countries/pe/",
    "/en/gaps/",
    "/en/gaps/?region=americas",
    "/en/gaps/?programme=hub&region=americas",
    "/en/regions/americas/",
    "/en/topics/youth/",
    "/en/organisations/hub/",
    "/es/programmes/hub/",
    "/en/feed/",
    "/en/countries/pe/feed/",
    "/en/programmes/hub/feed/",
    "/en/series/hub/feed/",
    "/en/feeds/",
    "/en/accessibility/",
    "/en/privacy/",
    "/en/search/?q=a",
    "/en/search/?q=hub+training+workshop+person+federation",
    "/en/search/?q=workshop&type=engagement&country=PE",
    "/en/search/?q=wrkshop",
    "/en/search/suggestions/?q=wo",
    "/en/data/",
    "/sitemap.xml",
    "/sitemap-profiles.xml",
    "/sitemap-programmes.xml",
    "/sitemap-engagements.xml",
    "/sitemap-organisations.xml",
    "/sitemap-countries.xml",
]

# The same for everybody: no session is looked at.
DATA = [
    *(
        f"/en/{name}.{ending}"
        for name in ("profiles", "programmes", "engagements", "organisations", "countries")
        for ending in ("csv", "xlsx", "json", "geojson")
    ),
    "/es/engagements.json?country=PE&programme=hub&profile=hub&organisation=hub&topic=youth&year_from=2000",
    "/data/bundle.zip",
    "/data/datapackage.json",
    "/data/iati-activities.xml",
    "/en/planned.ics",
    "/en/countries/pe/planned.ics",
    "/en/programmes/hub/planned.ics",
    "/api/v1/",
    "/api/v1/engagements/?page_size=100",
    "/api/v1/engagements/?page_size=100&expand=country,programme.partners,staff.profile,partners,topics,sector",
    "/api/v1/engagements/?page_size=100&fields=id,title",
    "/api/v1/engagements/{engagement}/?expand=staff.profile",
    "/api/v1/engagements/facets/",
    "/api/v1/profiles/?page_size=100&expand=interviews",
    "/api/v1/programmes/?page_size=100&expand=partners",
    "/api/v1/organisations/?page_size=100",
    "/api/v1/countries/?page_size=100",
    "/api/v1/regions/?page_size=100",
    "/api/v1/topics/?page_size=100",
    "/api/v1/sectors/?page_size=100",
    "/api/v1/search/?q=workshop",
    "/api/v1/search/?q=workshop&type=engagement&country=PE",
]


def test_no_page_asks_more_queries_for_fifty_records_than_for_one(client, staff_client, hub):
    def queries(browser, pages) -> dict[str, int]:
        counts = {}
        for page in (page.format(engagement=hub["engagement"].pk) for page in pages):
            with CaptureQueriesContext(
                connection,
            ) as captured:
                response = browser.get(page)
                assert response.status_code == 200, page
                if response.streaming:
                    for _piece in response.streaming_content:
                        pass
            counts[page] = len(captured)
        return counts

    grow(hub, 0)
    queries(client, PAGES + DATA)  # some is asked only the first time
    at_one, at_one_for_staff = queries(client, PAGES + DATA), queries(staff_client, PAGES)
    grow_to_fifty(hub)
    assert Office.objects.count() == 51
    for before, after in ((at_one, queries(client, PAGES + DATA)), (at_one_for_staff, queries(staff_client, PAGES))):
        # A search asks once more for the best where more match than are wanted, after asking PostgreSQL how frequent
        # they are: once, however many match.
        more = (0, 1) if connection.vendor == "sqlite" else (0, 1, 2)
        allowed = {page: more if "search" in page else (0,) for page in before}
        assert {
            page: after[page] - before[page] for page in before if after[page] - before[page] not in allowed[page]
        } == {}
    # The data package asks for each of its tables; an answer of the API for all that it was told to expand.
    assert max(number for page, number in at_one.items() if "bundle" not in page and "expand" not in page) <= 30
    assert max(at_one.values()) <= 75
