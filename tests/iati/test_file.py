"""The file of activities: what is in it, how it is asked for, what it costs."""

import tracemalloc
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree

from codelists.models import Topic
from engagements.filters import EngagementFilter
from engagements.models import Engagement
from iati import activities
from search.indexing import together
from tests.factories import (
    EngagementFactory,
    EngagementStaffFactory,
    OrganisationFactory,
    ProfileFactory,
    ProgrammeFactory,
    full_engagement,
)
from tests.iati.reading import ADDRESS, content, read

pytestmark = pytest.mark.django_db


def titles(client, query: str = "") -> list[str]:
    return [one.text for one in read(client, query).iterfind("iati-activity/title/narrative")]


def test_it_is_xml_and_says_its_version(client):
    EngagementFactory()
    response = client.get(ADDRESS)
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    assert etree.fromstring(content(response)).get("version") == "2.03"


def test_filters_are_those_of_the_list(client):
    programme = ProgrammeFactory(slug="training")
    EngagementFactory(title_en="Lima", country_id="PE", programme=programme)
    EngagementFactory(title_en="La Paz", country_id="BO", programme=programme)
    EngagementFactory(title_en="Quito", country_id="EC", sector_id="A")
    assert titles(client, "?country=PE&country=EC") == ["Lima", "Quito"]
    assert titles(client, "?programme=training") == ["Lima", "La Paz"]
    assert titles(client, "?sector=A&year_from=2019&year_to=2019&status=4&sort=oldest&q=quito") == ["Quito"]
    assert titles(client, "?country=&page=2") == ["Lima", "La Paz", "Quito"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("country=XX", ["country", "“XX”"]),
        ("country=PE&country=XX", ["“XX”"]),
        ("country=%00", ["country"]),
        ("programme=hidden", ["programme", "“hidden”"]),
        ("year_from=nineteen", ["year_from"]),
        ("year_from=99999999999999999999", ["year_from"]),
        ("q=%00", ["q"]),
        ("sort=nothing", ["sort"]),
        ("land=PE", ["land: ", "country, region, programme"]),
        ("year_from=2020&year_to=2019", ["year_to: This year is before year_from."]),
        ("%0Ax%00=1", ["\ufffdx\ufffd: "]),
    ],
)
def test_what_is_not_understood_is_refused_and_named(client, query, words):
    EngagementFactory(programme=ProgrammeFactory(slug="hidden", draft=True))
    response = client.get(f"{ADDRESS}?{query}")
    assert response.status_code == 400
    assert response["Content-Type"].startswith("text/plain")
    assert all(word in response.content.decode() for word in words), response.content.decode()


def test_every_filter_that_is_named_is_taken(client):
    EngagementFactory()
    for name in EngagementFilter.base_filters:
        assert client.get(f"{ADDRESS}?{name}=").status_code == 200


def test_where_there_is_no_activity_there_is_no_file(client):
    assert client.get(ADDRESS).status_code == 404
    EngagementFactory(country_id="PE")
    response = client.get(f"{ADDRESS}?country=BO")
    assert response.status_code == 404
    assert "no published engagement" in response.content.decode()


def test_it_can_be_read_and_nothing_else(client):
    EngagementFactory()
    assert client.head(ADDRESS).status_code == 200
    assert client.post(ADDRESS).status_code == 405


def test_the_same_content_gives_the_same_bytes(client):
    for _number in range(3):
        full_engagement()
    assert content(client.get(ADDRESS)) == content(client.get(ADDRESS))


def test_it_says_when_its_content_changed_last_and_not_when_it_was_asked_for(client):
    changed = datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)
    Engagement.objects.filter(pk=EngagementFactory().pk).update(updated_at=changed)
    root = read(client)
    assert root.get("generated-datetime") == root[0].get("last-updated-datetime") == "2021-03-04T05:06:07Z"


def test_a_scheduled_engagement_changed_last_when_it_became_public(client):
    came = timezone.now().replace(microsecond=0)
    engagement = EngagementFactory(publish_at=came)
    Engagement.objects.filter(pk=engagement.pk).update(updated_at=datetime(2021, 3, 4, tzinfo=UTC))
    assert read(client)[0].get("last-updated-datetime") == f"{came:%Y-%m-%dT%H:%M:%SZ}"


@pytest.mark.parametrize("state", ["draft", "in_review", "scheduled", "archived"])
def test_nothing_hidden_is_in_it(client, state):
    word = f"zzsecret{state}"
    hidden = {state: True}
    programme = ProgrammeFactory(name_en=word, aim_en=word, slug=word, **hidden)
    programme.sdgs.add(13)
    engagement = EngagementFactory(title_en="Open", programme=programme)
    engagement.partners.add(OrganisationFactory(name_en=word, **hidden), OrganisationFactory(name_en="Open union"))
    EngagementStaffFactory(engagement=engagement, profile=ProfileFactory(given_name=word, **hidden))
    EngagementFactory(
        title_en=word, summary_en=word, women_trained=7777, source_url=f"https://{word}.example/", **hidden
    )
    text = content(client.get(ADDRESS)).decode()
    assert "Open union" in text
    assert word not in text
    assert "7777" not in text
    assert "<tag" not in text
    programme.publish()
    assert word in content(client.get(ADDRESS)).decode()


def test_it_asks_as_many_queries_for_fifty_engagements_as_for_one(client):
    def grow():
        engagement = full_engagement()
        engagement.topics.set(Topic.objects.all()[:2])
        engagement.programme.sdgs.add(8)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            content(client.get(ADDRESS))
        return len(captured)

    grow()
    queries()
    at_one = queries()
    with together():
        for _number in range(49):
            grow()
    assert queries() == at_one <= 8


def test_batches_hold_every_engagement_once(client, monkeypatch):
    monkeypatch.setattr(activities, "BATCH", 3)
    for number in range(9):
        EngagementFactory(title_en=f"{number}")
        assert titles(client) == [f"{one}" for one in range(number + 1)]


def test_memory_does_not_grow_with_the_number_of_engagements(client, monkeypatch):
    monkeypatch.setattr(activities, "BATCH", 20)
    Engagement.objects.bulk_create(
        EngagementFactory.build(title_en=f"{number}", slug="s", summary_en="word " * 100) for number in range(2000)
    )

    for _piece in client.get(ADDRESS).streaming_content:  # what is kept for all later files
        pass
    tracemalloc.start()
    size = sum(len(piece) for piece in client.get(ADDRESS).streaming_content)
    _now, highest = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 3_000_000
    assert highest < size / 3
