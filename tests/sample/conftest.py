"""A small sample content, whose data files a test can change between two runs of the loader."""

from pathlib import Path

import pytest
import yaml

from sample.loading import Report, load
from tests import pictures


def picture(colour: str) -> bytes:
    return pictures.picture(8, 8, colour)


class Content:
    """One record of each kind, named after what it is."""

    def __init__(self, directory: Path):
        self.directory = directory
        (directory / "portraits").mkdir(parents=True)
        self.portrait = directory / "portraits" / "ana.webp"
        self.portrait.write_bytes(picture("red"))
        self.series = {"slug": "talks", "name": {"en": "Talks"}}
        self.office = {
            "key": "lima",
            "name": {"en": "Office in Lima", "es": "Oficina de Lima"},
            "city": {"en": "Lima"},
            "country": "PE",
            "countries_covered": ["PE", "BO"],
        }
        self.organisation = {"slug": "union", "name": {"en": "Dairy union"}, "kind": "federation", "country": "PE"}
        self.programme = {
            "slug": "milk",
            "name": {"en": "Milk.Coop"},
            "kind": "sector",
            "aim": {"en": "Cooler milk."},
            "partners": ["union"],
            "topics": ["rural-economy"],
            "sdgs": [8],
            "modules": [{"title": {"en": "Cows"}}, {"title": {"en": "Cans"}}],
        }
        self.profile = {
            "slug": "ana",
            "given_name": "Ana",
            "family_name": "Ríos",
            "post_title": {"en": "Adviser"},
            "office": "lima",
            "portrait": "portraits/ana.webp",
            "portrait_alt": {"en": "A red square"},
            "summary": {"en": "Advises."},
            "consent_date": "2024-05-01",
            "consent_by": "Ana, by letter",
            "consent_scope": "pictures",
            "positions": [{"title": {"en": "Adviser"}, "organisation": "union", "countries": ["PE", "BO"]}],
            "interviews": [
                {
                    "series": "talks",
                    "title": {"en": "A talk"},
                    "published_on": "2024-06-01",
                    "exchanges": [{"question": {"en": "Why?"}}, {"question": {"en": "How?"}}],
                }
            ],
        }
        self.engagement = {
            "key": "pe-milk",
            "country": "PE",
            "programme": "milk",
            "title": {"en": "Milk course"},
            "kind": "workshop",
            "summary": {"en": "A course."},
            "start": "2019-05",
            "partners": ["union"],
            "engagement_staff": [{"profile": "ana", "role": "trainer"}],
        }
        self.more_engagements: list[dict] = []

    def write(self) -> Path:
        files = {
            "series.yaml": [self.series],
            "offices.yaml": [self.office],
            "organisations.yaml": [self.organisation],
            "programmes.yaml": [self.programme],
            "profiles.yaml": [self.profile],
            "engagements.yaml": [self.engagement, *self.more_engagements],
        }
        for name, records in files.items():
            text = yaml.safe_dump(records, allow_unicode=True, sort_keys=False)
            (self.directory / name).write_text(text, encoding="utf-8")
        return self.directory

    def load(self) -> Report:
        return load(self.write())


@pytest.fixture
def content(db, tmp_path, settings) -> Content:
    settings.MEDIA_ROOT = tmp_path / "media"
    return Content(tmp_path / "data")
