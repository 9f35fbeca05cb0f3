"""Nothing that is not public leaves the portal, by any way there is.

Draft, in review, scheduled and archived records of every kind and a person who has withdrawn the consent, each full of
words that occur nowhere else, are tied to public ones in every way the models allow. Then every address that a visitor
can find is fetched: from the home page and the sitemap, following every link. A new way out (feed, API, export,
search …) is added to `START`.
"""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from io import BytesIO
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client

from bundle.contents import BY_NAME as TABLES_OF_THE_PACKAGE
from codelists.models import Topic
from engagements.models import Engagement
from intake.models import Intake
from privacy.withdrawal import withdraw
from profiles.models import Interview
from search.indexing import together
from tests.documents import pdf
from tests.factories import (
    FAR_AHEAD,
    LONG_AGO,
    EducationFactory,
    EngagementFactory,
    EngagementStaffFactory,
    ExchangeFactory,
    IntakeFactory,
    InterviewFactory,
    InterviewPhotoFactory,
    MaterialFactory,
    ModuleFactory,
    OrganisationFactory,
    PositionFactory,
    ProfileFactory,
    ProgrammeFactory,
    SeriesFactory,
    SourceFactory,
)
from tests.pages import addresses
from tests.pictures import picture
from tests.search.reading import everything_held

pytestmark = pytest.mark.django_db

START = [
    "/en/feed/",
    "/en/countries/pe/feed/",
    "/fr/programmes/open-coop/feed/",
    "/en/series/open-series/feed/",
    "/site.webmanifest",
    "/",
    "/robots.txt",
    "/sitemap.xml",
    "/healthz",
    "/readyz",
    "/en/about-this-copy/",
    "/en/gaps/",
    "/en/gaps/?programme=open-coop&region=americas",
    "/en/search/?q=open",
    "/en/search/?q=workshop&type=engagement&country=PE",
    "/fr/search/?q=cooperative",
    "/en/search/suggestions/?q=ope",
]
# Open data: the API, the downloads of every list in every format, the data package, IATI, calendars.
START += [
    "/api/v1/",
    "/api/v1/openapi.json",
    "/api/v1/docs/",
    "/api/v1/engagements/?expand=country,programme.partners,staff.profile,partners,topics,sector",
    "/api/v1/profiles/?expand=interviews,topics,positions.organisation&page_size=100",
    "/api/v1/programmes/?sort=most-used",
    "/api/v1/engagements/?page_size=1",
    "/api/v1/organisations/?page_size=100",
    "/api/v1/search/?q=open",
    "/api/v1/search/?q=workshop&type=engagement&country=PE",
    *(f"/api/v1/{name}/facets/" for name in ("profiles", "programmes", "engagements", "organisations")),
    *(
        f"/{language}/{name}.{ending}"
        for name in ("profiles", "programmes", "engagements", "organisations", "countries")
        for ending, language in (("csv", "en"), ("xlsx", "es"), ("json", "fr"), ("geojson", "en"))
    ),
    "/en/engagements.csv?programme=open-coop",
    "/data/bundle.zip",
    "/data/datapackage.json",
    *(f"/data/{name}.csv" for name in TABLES_OF_THE_PACKAGE),
    "/data/iati-activities.xml",
    "/data/iati-activities.xml?programme=open-coop",
    "/en/planned.ics",
    "/en/countries/pe/planned.ics",
    "/fr/programmes/open-coop/planned.ics",
]
# What answers only to a question: a form asks it.
ASKING = {"/api/v1/search/"}
STATES = ["draft", "in_review", "scheduled", "archived"]
SECRET = "zzsecret"
# A country, a year, a number and a sector that only hidden engagements have.
HIDDEN_COUNTRY, HIDDEN_COUNTRY_NAME = "IS", "Iceland"
HIDDEN_YEAR, HIDDEN_NUMBER = 1987, 7_654_321
# As a number of its own: the digits may stand by chance in a checksum.
HIDDEN_FIGURES = re.compile(rf"\b({HIDDEN_YEAR}|{HIDDEN_NUMBER}|{HIDDEN_NUMBER:,})\b")
# The gaps and the API lead to every country of the world. Those with which no record here has to do are left out.
OTHER_COUNTRY = re.compile(
    r"/(..|api/v1)/countries/(?!(pe|is|nl)/)../|/api/v1/engagements/\?country=(?!(pe|is|nl)$)", re.IGNORECASE
)
# Lists of all countries of the world, whether or not anything happened there.
EVERY_COUNTRY = re.compile(r"/../(gaps|countries/is)/|/api/v1/(countries|regions)/|/data/(bundle|countries|languages)")


def hidden_world(state: str, public: dict) -> list[str]:
    """Records in `state` tied to the `public` ones; answers the addresses that must not be found."""
    word = f"{SECRET}{state}"
    texts = {"slug": f"{word}-slug", state: True}
    organisation = OrganisationFactory(
        name_en=f"{word} org", acronym_en=f"{word}org", description_en=word, website=f"https://{word}.example/", **texts
    )
    programme = ProgrammeFactory(name_en=f"{word} prog", aim_en=word, featured=True, **texts)
    profile = ProfileFactory(given_name=word, family_name="Person", summary_en=word, featured=True, **texts)
    profile.portrait.save(f"{word}.webp", ContentFile(picture(120, 120)))
    ModuleFactory(programme=programme, title_en=word)
    file = ContentFile(pdf(), name=f"{word}.pdf")
    material = MaterialFactory(programme=programme, title_en=word, url="", file=file)

    # A hidden interview of a public person, and a public interview of a hidden person.
    in_series = {"title_en": f"{word} interview", "series": public["series"]}
    of_public = InterviewFactory(profile=public["profile"], **in_series, **{state: True})
    of_hidden = InterviewFactory(profile=profile, **in_series)
    # A series of which nothing is public.
    InterviewFactory(profile=profile, series=SeriesFactory(slug=f"{word}-series", name_en=f"{word} series"))
    photos = []
    for interview in (of_public, of_hidden):
        exchange = ExchangeFactory(interview=interview, question_en=f"{word}?", answer_en=word)
        photos += [InterviewPhotoFactory(interview=interview, exchange=exchange, alt_en=word, caption_en=word)]

    # Facts on public pages that come from articles whose interview is hidden.
    for interview in (of_public, of_hidden):
        article = IntakeFactory(interview=interview, title=word, text=word, source_url=f"https://{word}.example/")
        for record in public["sourced"]:
            SourceFactory(intake=article, record=record)

    # Hidden engagements of public records in a country and a year that nothing public has.
    engagement = EngagementFactory(
        title_en=f"{word} engagement",
        summary_en=word,
        results_en=word,
        country_id=HIDDEN_COUNTRY,
        programme=public["programme"],
        sector_id="B",
        start_date=date(HIDDEN_YEAR, 1, 1),
        end_date=date(HIDDEN_YEAR, 2, 1),
        women_trained=HIDDEN_NUMBER,
        source_url=f"https://{word}.example/",
        **texts,
    )
    EngagementFactory(
        title_en=f"{word} plan",
        summary_en=word,
        activity_status="1",
        start_date=date(2099, 1, 1),
        end_date=None,
        country_id=HIDDEN_COUNTRY,
        programme=public["programme"],
        **{state: True},
    )
    engagement.partners.add(public["organisation"])
    engagement.topics.add(Topic.objects.get(slug="statistics"))
    EngagementStaffFactory(engagement=engagement, profile=public["profile"])

    # Public records that point to hidden ones.
    pointing = EngagementFactory(country_id="PE", programme=programme)
    pointing.partners.add(organisation)
    EngagementStaffFactory(engagement=pointing, profile=profile)
    public["programme"].partners.add(organisation)
    PositionFactory(profile=public["profile"], organisation=organisation)
    EducationFactory(profile=public["profile"], organisation=organisation)

    pages = [organisation, programme, profile, engagement]
    pictures = [profile.portrait, *(photo.image for photo in photos)]
    files = [material.file, *pictures]
    renditions = [one.storage.url(name) for one in pictures for name in one.renditions.names()]
    return [page.get_absolute_url() for page in pages] + [file.url for file in files] + renditions


def withdrawn_person(public: dict, user) -> tuple[str, list[str]]:
    """Somebody who was public, tied to public records, until the consent was withdrawn: the page, and the files."""
    word = f"{SECRET}withdrawn"
    profile = ProfileFactory(given_name=word, family_name="Person", summary_es=word, featured=True, slug=f"{word}-slug")
    profile.portrait.save(f"{word}.webp", ContentFile(picture(120, 120)))
    profile.consent_document.save(f"{word}.pdf", ContentFile(b"%PDF-1.7"))
    interview = InterviewFactory(profile=profile, title_en=f"{word} interview", series=public["series"])
    exchange = ExchangeFactory(interview=interview, question_en=f"{word}?", answer_en=word)
    photo = InterviewPhotoFactory(interview=interview, exchange=exchange, alt_en=word)
    EngagementStaffFactory(engagement=public["engagement"], profile=profile)
    article = IntakeFactory(interview=interview, title=word, text=word)
    for record in public["sourced"]:
        SourceFactory(intake=article, record=record)
    withdraw(profile, user, on=date(2026, 3, 1), reason=word)
    files = [file.url for file in (profile.portrait, photo.image)]
    files += [one.storage.url(name) for one in (profile.portrait, photo.image) for name in one.renditions.names()]
    return profile.get_absolute_url(), [*files, f"/media/{profile.consent_document.name}"]


@together()
def both_worlds() -> tuple[dict, list[str]]:
    """The public records, and the addresses of the hidden ones."""
    editor = get_user_model().objects.create_superuser("withdraws-consents")
    public = {
        "organisation": OrganisationFactory(name_en="Open Union", slug="open-union"),
        "programme": ProgrammeFactory(name_en="Open.Coop", slug="open-coop"),
        "profile": ProfileFactory(given_name="Open", family_name="Person", slug="open-person"),
        "series": SeriesFactory(name_en="Open series", slug="open-series"),
    }
    InterviewPhotoFactory(interview=InterviewFactory(profile=public["profile"], series=public["series"]))
    public["engagement"] = engagement = EngagementFactory(country_id="PE", programme=public["programme"], slug="open")
    engagement.partners.add(public["organisation"])
    EngagementStaffFactory(engagement=engagement, profile=public["profile"])
    public["sourced"] = [engagement] + [
        factory(profile=public["profile"]) for factory in (EducationFactory, PositionFactory)
    ]
    hidden = [address for state in STATES for address in hidden_world(state, public)]
    public["gone"], files = withdrawn_person(public, editor)
    return public, [*hidden, *files]


@pytest.fixture
def worlds():
    return both_worlds()


@pytest.fixture(scope="module")
def walked(django_db_setup, django_db_blocker):
    """The public records, the addresses of the hidden ones, and what every address answered: walked once for all."""
    with django_db_blocker.unblock(), transaction.atomic():
        public, hidden = both_worlds()
        pages = dict(crawl(Client()))
        transaction.set_rollback(True)
    return public, hidden, pages


def local(address: str) -> str | None:
    """The path and query of an address on this site; None for others and for what is no page of ours."""
    parts = urlsplit(address)
    if parts.netloc not in ("", "testserver") or parts.scheme not in ("", "http", "https"):
        return None
    if parts.path.startswith(("/static/", "/admin/")):
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "")


def words_in(body: bytes) -> str:
    """The text of an answer; of a ZIP file, as a data package and a workbook are, that of all files in it."""
    if not body.startswith(b"PK"):
        return body.decode(errors="replace")
    with ZipFile(BytesIO(body)) as archive:
        return "\n".join(f"{name}\n{words_in(archive.read(name))}" for name in archive.namelist())


def crawl(client) -> Iterator[tuple[str, str]]:
    """Every address that can be reached, and what it answers."""
    pages: dict[str, str] = {}
    waiting = list(START)
    while waiting:
        address = waiting.pop()
        if address in pages:
            continue
        response = client.get(address)
        if response.status_code in (301, 302):
            pages[address] = response["Location"]
            yield address, pages[address]
            waiting.append(local(response["Location"]) or "/")
            continue
        assert response.status_code == 200, address
        body = b"".join(response.streaming_content) if response.streaming else response.content
        pages[address] = words_in(body)
        yield address, pages[address]
        if "html" in response["Content-Type"]:
            links = addresses(response)
            for facet in getattr(response.context.get("filterset"), "facets", []):
                links += [f"{urlsplit(address).path}?{facet.name}={option.value}" for option in facet.options]
        elif "xml" in response["Content-Type"]:
            links = [unescape(link) for link in re.findall('(?:<loc>|href=")([^<"]+)', pages[address])]
        elif "json" in response["Content-Type"]:
            links = [link for link in re.findall(r'"(https?://[^"\\]+)', pages[address]) if "{" not in link]
        else:
            links = []
        for link in links:
            joined = urlsplit(address).path + link if link.startswith("?") else link
            found = None if link.startswith("#") else local(joined)
            # One filter at a time: their combinations would be without end.
            is_one = found and (found.count("=") <= 1 or "cursor=" in found)
            if is_one and found not in ASKING and not OTHER_COUNTRY.match(found):
                waiting.append(found)


def test_no_page_has_a_trace_of_what_is_not_public(walked):
    _public, hidden, pages = walked
    assert len(pages) > 100
    for address, content in pages.items():
        assert SECRET not in address
        assert SECRET not in content.casefold(), address
        assert not any(one in content for one in hidden), address


def test_the_walk_reaches_what_is_public(walked):
    public, _hidden, pages = walked
    assert {public[kind].get_absolute_url() for kind in ("organisation", "programme", "profile")} <= set(pages)
    assert {"/en/feeds/", "/es/feed/", "/es/programmes/open-coop/feed/", "/fr/series/open-series/feed/"} <= set(pages)
    assert {"/en/countries/pe/", "/es/countries/pe/", "/fr/regions/americas/", "/en/topics/youth/"} <= set(pages)
    assert any("country=PE" in page for page in pages)
    assert any(page.startswith("/media/photos/") and page.endswith(".avif") for page in pages)
    assert {"/es/programmes.xlsx?country=PE", "/fr/engagements.geojson?country=PE", "/en/countries.csv"} <= set(pages)
    assert {"/data/profiles.csv", "/data/bundle.zip", "/api/v1/docs/", "/api/v1/countries/PE/"} <= set(pages)
    assert any(page.startswith("/api/v1/engagements/") and "cursor=" in page for page in pages)


def test_no_number_and_no_filter_hints_at_what_is_not_public(walked):
    _public, _hidden, pages = walked
    for address, content in pages.items():
        if not urlsplit(address).path.startswith("/sitemap"):
            assert not HIDDEN_FIGURES.search(content), address
            # That nothing public has happened in a country is what the gaps and the country's own page say.
            if not EVERY_COUNTRY.match(address):
                assert HIDDEN_COUNTRY_NAME not in content, address


def test_counts_are_those_of_what_is_public(client, worlds):
    (row,) = client.get("/en/gaps/").context["programme_reach"]
    assert row.everywhere.used == 1
    overview = client.get("/en/programmes/open-coop/")
    assert overview.context["figures"]["engagements"] == 1
    assert [country.pk for country in overview.context["countries"]] == ["PE"]
    assert list(
        client.get("/en/programmes/").context["page_obj"].object_list.values_list("country_count", flat=True)
    ) == [1]


def test_no_hidden_address_answers_a_visitor(client, worlds):
    _public, hidden = worlds
    for address in hidden:
        assert client.get(address).status_code == 404, address
        assert client.get(f"{address}?preview=1").status_code == 404, address


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_the_address_of_a_withdrawn_person_says_that_it_is_gone(client, worlds, language):
    public, _hidden = worlds
    response = client.get(public["gone"].replace("/en/", f"/{language}/"))
    assert response.status_code == 410
    assert f"{SECRET}withdrawn Person" not in response.content.decode()


def test_asking_for_a_hidden_record_finds_nothing(client, worlds):
    for state in [*STATES, "withdrawn"]:
        word = f"{SECRET}{state}"
        for kind in ("profiles", "programmes", "engagements"):
            assert client.get(f"/en/{kind}/?q={word}").context["paginator"].count == 0
        for name in ("profile", "programme", "organisation"):
            response = client.get(f"/en/engagements/?{name}={word}-slug")
            assert not response.context["filterset"].active, (name, state)
        for kind in ("", "profile", "programme", "engagement", "interview", "organisation"):
            assert client.get(f"/en/search/?q={word}&type={kind}").context["groups"] == []
        assert client.get(f"/en/search/suggestions/?q={word}").context["suggestions"] == []


def test_the_search_index_has_no_word_of_what_is_not_public(worlds):
    held = everything_held()
    assert "open.coop" in held
    assert SECRET not in held


def test_the_walk_would_notice_a_leak(client, worlds):
    """The same walk with everything made public finds the words: the test above can fail."""
    Engagement.objects.filter(publish_at=FAR_AHEAD).update(publish_at=LONG_AGO)
    assert any(f"{SECRET}scheduled" in content for _address, content in crawl(client))
    for way in ("/data/bundle.zip", "/data/iati-activities.xml", "/en/engagements.xlsx", "/api/v1/engagements/"):
        body = client.get(way)
        content = b"".join(body.streaming_content) if body.streaming else body.content
        assert f"{SECRET}scheduled" in words_in(content), way


def test_the_walk_would_notice_an_article_of_a_hidden_interview(client, worlds):
    public, _hidden = worlds
    words = f"{SECRET}draft"
    Intake.objects.filter(text=words).update(source_url="")
    Interview.objects.filter(profile=public["profile"], title_en=f"{words} interview").update(
        status="published", publish_at=LONG_AGO
    )
    for page in (public["engagement"].get_absolute_url(), public["profile"].get_absolute_url()):
        soup = BeautifulSoup(client.get(page).content, "html.parser")
        assert [quote.get_text(strip=True) for quote in soup.select(".source blockquote")][:1] == [words]
