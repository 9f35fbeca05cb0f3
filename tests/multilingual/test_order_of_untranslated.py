"""Names without a translation stand among the others where they belong, on every database."""

import json

import pytest
from bs4 import BeautifulSoup

from codelists.models import Topic
from tests.factories import EngagementFactory, InterviewFactory, MaterialFactory, ProgrammeFactory, SeriesFactory

pytestmark = pytest.mark.django_db


def about(page: str) -> list[str]:
    """The subjects that the structured data of a page names."""
    data = json.loads(BeautifulSoup(page, "html.parser").select_one('script[type="application/ld+json"]').string)
    for part in data.get("@graph", [data]):
        if "about" in part:
            return [subject["name"] for subject in part["about"]]
    raise AssertionError("no subject")


@pytest.fixture
def topics() -> list[Topic]:
    # Two of three are shown in English; by their columns they would all stand at one end.
    return [
        Topic.objects.create(slug="a", name_en="Aaa"),
        Topic.objects.create(slug="m", name_en="Zzz", name_es="Mmm"),
        Topic.objects.create(slug="z", name_en="Zza"),
    ]


def test_topics_in_the_structured_data(client, topics):
    programme, engagement = ProgrammeFactory(), EngagementFactory(kind="workshop")
    for record in (programme, engagement):
        record.topics.set(topics)
        page = client.get(record.get_absolute_url().replace("/en/", "/es/")).text
        assert about(page) == ["Aaa", "Mmm", "Zza"]


def test_series_of_interviews(client):
    for names in ({"name_en": "Aaa"}, {"name_en": "Zzz", "name_es": "Mmm"}, {"name_en": "Zza"}):
        InterviewFactory(series=SeriesFactory(**names))
    links = BeautifulSoup(client.get("/es/feeds/").text, "html.parser").select("[aria-labelledby=series] li a")
    assert [link.get_text(strip=True) for link in links] == ["Aaa", "Mmm", "Zza"]


def test_materials_of_a_programme(client):
    programme = ProgrammeFactory()
    for titles in ({"title_en": "Aaa"}, {"title_en": "Zzz", "title_es": "Mmm"}, {"title_en": "Zza"}):
        MaterialFactory(programme=programme, **titles)
    page = client.get(programme.get_absolute_url().replace("/en/", "/es/")).text
    links = BeautifulSoup(page, "html.parser").select("[aria-labelledby=materials] li a")
    assert [link.get_text(strip=True) for link in links] == ["Aaa", "Mmm", "Zza"]
