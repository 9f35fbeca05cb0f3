"""Sample texts are plain in the data files and rich in the portal."""

import pytest

from profiles.models import Series
from sample.fingerprints import of_records
from sample.kinds import KINDS
from tests.factories import SeriesFactory

pytestmark = pytest.mark.django_db


def fingerprint(series: Series) -> str:
    (kind,) = (kind for kind in KINDS if kind.model is Series)
    return of_records(kind, [series.pk])[series.pk]


def test_a_text_that_became_rich_by_migration_is_no_editors_change(monkeypatch):
    series = SeriesFactory(introduction_en="One & two\n\nThree")
    rich = fingerprint(series)
    with monkeypatch.context() as before_rich_text:
        before_rich_text.setattr(
            type(Series._meta.get_field("introduction_en")), "to_python", lambda self, value: value
        )
        Series.objects.update(introduction_en="One & two\n\nThree", introduction="One & two\n\nThree")

    assert Series.objects.get().introduction_en == "One & two\n\nThree"
    assert fingerprint(series) == rich


def test_formatting_alone_is_an_editors_change():
    series = SeriesFactory(introduction_en="One & two")
    before = fingerprint(series)
    Series.objects.update(introduction_en="<p>One &amp; <strong>two</strong></p>")

    assert fingerprint(series) != before
