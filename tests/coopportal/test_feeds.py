"""The Atom feeds, by the rules of RFC 4287."""

import re
import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from profiles.models import Profile
from search.indexing import together
from tests.factories import EngagementFactory, InterviewFactory, ProfileFactory, ProgrammeFactory, SeriesFactory
from tests.pages import addresses

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
# RFC 4287, sections 4.1.1 and 4.1.2: what must be there once, and what may be there at most once.
ONCE = {"id", "title", "updated"}
AT_MOST_ONCE = ONCE | {"generator", "icon", "logo", "rights", "subtitle", "content", "published", "source", "summary"}


def feed(client, address: str):
    response = client.get(address)
    assert response.status_code == 200, address
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)  # noqa: S314 - our own answer


def titles(client, address: str) -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in feed(client, address).iter(f"{ATOM}entry")]


def check(element) -> None:
    """The rules that hold for a feed as for an entry."""
    names = [child.tag.removeprefix(ATOM) for child in element]
    for name in ONCE:
        assert names.count(name) == 1, name
    for name in AT_MOST_ONCE:
        assert names.count(name) <= 1, name
    for name in ("updated", "published"):
        for when in element.findall(f"{ATOM}{name}"):
            assert RFC3339.fullmatch(when.text), when.text
    assert re.match("(https?|tag):", element.findtext(f"{ATOM}id"))
    links = [(link.get("rel"), link.get("href")) for link in element.findall(f"{ATOM}link")]
    assert [rel for rel, _href in links].count("alternate") == 1
    assert all(href.startswith(f"{HOST}/") for _rel, href in links)


@pytest.fixture
def public():
    """One public record of each kind that feeds show."""
    series = SeriesFactory(slug="champions", name_en="Champions")
    programme = ProgrammeFactory(slug="training", name_en="Training", aim_en="Learn & <grow>.")
    profile = ProfileFactory(given_name="Ana", family_name="Ruiz", slug="ana")
    InterviewFactory(profile=profile, series=series, title_en="Ana speaks")
    EngagementFactory(country_id="PE", programme=programme, title_en="Course in Lima", title_es="Curso en Lima")
    EngagementFactory(country_id="BO", title_en="Course in La Paz")


FEEDS = ["/en/feed/", "/en/countries/pe/feed/", "/en/programmes/training/feed/", "/en/series/champions/feed/"]


@pytest.mark.parametrize("address", [*FEEDS, "/fr/feed/", "/en/countries/kp/feed/"])
def test_a_feed_is_valid_atom(client, public, address):
    root = feed(client, address)
    assert root.tag == f"{ATOM}feed"
    check(root)
    assert root.find(f"{ATOM}author/{ATOM}name").text  # for all entries, section 4.1.1
    assert [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"] == [HOST + address]
    entries = root.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids))
    for entry in entries:
        check(entry)
        assert entry.find(f"{ATOM}summary").get("type") == "html"
        link = entry.find(f"{ATOM}link").get("href").removeprefix(HOST)
        assert client.get(link.partition("#")[0]).status_code == 200


def test_the_site_s_feed_shows_what_is_new_of_every_kind(client, public):
    assert set(titles(client, "/en/feed/")) == {
        "Ana Ruiz",
        "Ana speaks",
        "Training",
        "Course in Lima",
        "Course in La Paz",
    }


def test_other_feeds_show_what_belongs_to_them(client, public):
    assert titles(client, "/en/countries/pe/feed/") == ["Course in Lima"]
    assert titles(client, "/en/programmes/training/feed/") == ["Course in Lima"]
    assert titles(client, "/en/series/champions/feed/") == ["Ana speaks"]
    assert titles(client, "/en/countries/kp/feed/") == []


def test_the_newest_twenty_come_first(client):
    with together():
        for number in range(25):
            EngagementFactory(title_en=f"{number}", publish_at=datetime(2024, 1, 1 + number, tzinfo=UTC))
    ProfileFactory(given_name="In", family_name="Between", publish_at=datetime(2024, 1, 24, 12, tzinfo=UTC))
    assert titles(client, "/en/feed/") == ["24", "In Between", *(str(number) for number in range(23, 5, -1))]
    assert titles(client, "/en/countries/pe/feed/") == [str(number) for number in range(24, 4, -1)]


def test_a_text_is_in_the_feed_s_language_or_says_that_it_is_not(client, public):
    root = feed(client, "/es/feed/")
    assert root.get(LANG) == "es"
    languages = {entry.findtext(f"{ATOM}title"): entry.get(LANG) for entry in root.iter(f"{ATOM}entry")}
    assert languages["Curso en Lima"] is None
    assert languages["Course in La Paz"] == "en"
    assert languages["Training"] == "en"


def test_an_entry_keeps_its_id_in_every_language_and_under_every_address(client, public):
    def ids(address):
        return [entry.findtext(f"{ATOM}id") for entry in feed(client, address).iter(f"{ATOM}entry")]

    before = ids("/en/feed/")
    assert before == ids("/fr/feed/")
    Profile.objects.filter(slug="ana").update(slug="ana-ruiz")
    assert ids("/en/feed/") == before


def test_every_feed_has_an_id_of_its_own(client, public):
    ids = [feed(client, address).findtext(f"{ATOM}id") for address in [*FEEDS, "/fr/feed/"]]
    assert len(set(ids)) == 5


def test_a_scheduled_record_is_updated_when_it_becomes_public(client):
    now = timezone.now().replace(microsecond=0)
    profile = ProfileFactory(publish_at=now)
    Profile.objects.filter(pk=profile.pk).update(updated_at=now - timedelta(days=30))
    entry = feed(client, "/en/feed/").find(f"{ATOM}entry")
    assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated")) == now


def test_an_invented_person_is_said_to_be_one(client):
    ProfileFactory(given_name="Ana", family_name="Ruiz", is_example=True)
    assert titles(client, "/en/feed/") == ["Ana Ruiz (invented example)"]


def test_signs_that_xml_cannot_hold_are_left_out(client):
    EngagementFactory(title_en="Course\x0b in Lima", summary_en="One\x0c two & <three>")
    entry = feed(client, "/en/feed/").find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Course in Lima"
    assert entry.findtext(f"{ATOM}summary") == "<p>One two &amp; &lt;three&gt;</p>"
    ProgrammeFactory(slug="training", name_en="Train\x0bing")
    assert feed(client, "/en/programmes/training/feed/").findtext(f"{ATOM}title") == "COOP Portal: Training"


@pytest.mark.parametrize("state", ["draft", "in_review", "scheduled", "archived"])
def test_what_is_not_public_is_in_no_feed_and_has_none(client, state):
    programme = ProgrammeFactory(slug="hidden", **{state: True})
    InterviewFactory(series=SeriesFactory(slug="hidden"), profile=ProfileFactory(**{state: True}))
    InterviewFactory(series=SeriesFactory(slug="secret"), profile=ProfileFactory(), **{state: True})
    EngagementFactory(country_id="PE", programme=programme, **{state: True})
    assert len(titles(client, "/en/feed/")) == 1  # the public person
    assert titles(client, "/en/countries/pe/feed/") == []
    for address in ("/en/programmes/hidden/feed/", "/en/series/hidden/feed/", "/en/series/secret/feed/"):
        assert client.get(address).status_code == 404, address


@pytest.mark.parametrize("address", ["/en/countries/zz/feed/", "/en/programmes/nothing/feed/", "/en/series/x/feed/"])
def test_there_is_no_feed_of_what_there_is_not(client, address):
    assert client.get(address).status_code == 404


def test_pages_lead_feed_readers_to_their_feeds(client, public):
    everywhere = "/en/feed/"
    for page, own in (
        ("/en/", []),
        ("/en/countries/pe/", ["/en/countries/pe/feed/"]),
        ("/en/programmes/training/", ["/en/programmes/training/feed/"]),
        ("/en/profiles/ana/", ["/en/series/champions/feed/"]),
        ("/en/regions/americas/", []),
    ):
        found = [address for address in addresses(client.get(page)) if address.endswith("/feed/")]
        assert found == [everywhere, *own], page


def test_one_page_lists_them_all(client, public):
    SeriesFactory(slug="silent")
    assert "/en/feeds/" in addresses(client.get("/en/"))
    found = {address for address in addresses(client.get("/en/feeds/")) if address.endswith("/feed/")}
    assert found == {*FEEDS, "/en/countries/bo/feed/"}
