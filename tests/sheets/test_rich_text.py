"""Rich texts in sheets: out as they are stored, in as plain words or HTML, and sanitised on every way."""

import pytest

from engagements.models import Engagement
from richtext import forms
from tests.factories import EngagementFactory
from tests.sheets.files import as_csv, table

pytestmark = pytest.mark.django_db
RICH = (
    "<h3>Outcome</h3>\n<p><strong>Five</strong> unions &amp; «a&nbsp;plan»: 5 &lt; 6<br>second line</p>\n"
    "<ul><li>one<ol><li>within</li></ol></li><li>two</li></ul>\n<blockquote><p>Said <em>so</em></p></blockquote>\n"
    '<p><a href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer">link</a> and 合作社 🌱</p>'
)
HOSTILE = (
    '<script>alert(1)</script><p onclick="alert(1)">Five <img src=x onerror=alert(1)>unions'
    '<a href="javascript:alert(1)">here</a></p><style>p { color: red }</style><iframe src="//evil.example"></iframe>'
)
SAFE = "<p>Five unionshere</p>"
WORKSHOP = {"title_en": "Workshop", "kind": "workshop", "country": "PE", "start": "2018"}


def stored() -> dict:
    return Engagement.objects.raw_values("results", "results_en", "results_es").get()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_rich_text_comes_out_as_it_is_stored_and_changes_nothing_on_its_way_back(importer, kind):
    EngagementFactory(results_en=RICH, results_es="<p>Cinco</p>\n<p>uniones</p>")
    before = stored()
    assert before["results_en"] == RICH
    assert table(importer.export(Engagement))[0]["results_en"] == RICH
    page = importer.preview(Engagement, importer.export(Engagement, kind), f"sheet.{kind}")
    assert page.counts == {"new": 0, "changed": 0, "unchanged": 1, "wrong": 0}


def test_plain_words_become_paragraphs(importer):
    words = "Five unions: 5 < 6 & more.\r\nA second line.\r\n\r\nA second paragraph."
    importer.run(Engagement, as_csv([WORKSHOP | {"results_en": words}]))
    assert stored()["results_en"] == (
        "<p>Five unions: 5 &lt; 6 &amp; more.<br>A second line.</p>\n<p>A second paragraph.</p>"
    )
    page = importer.preview(Engagement, as_csv([WORKSHOP | {"results_en": words}]))
    assert page.counts["unchanged"] == 1


def test_a_new_record_has_hostile_html_sanitised(importer):
    importer.run(Engagement, as_csv([WORKSHOP | {"results_en": HOSTILE, "results_es": HOSTILE}]))
    assert stored() == {"results": SAFE, "results_en": SAFE, "results_es": SAFE}


def test_a_changed_record_has_hostile_html_sanitised_and_the_preview_shows_what_will_be(importer):
    record = EngagementFactory(results_en="<p>Old</p>")
    page = importer.preview(Engagement, as_csv([{"id": record.pk, "results_en": HOSTILE}]))
    assert page.changes == [("results_en", "<p>Old</p>", SAFE)]
    assert not page.soup.select(".sheet-table script, .sheet-table iframe, .sheet-table img")
    importer.confirm(Engagement, page)
    assert stored()["results_en"] == stored()["results"] == SAFE


def test_html_without_words_empties_the_field(importer):
    record = EngagementFactory(results_en="<p>Old</p>")
    importer.run(Engagement, as_csv([{"id": record.pk, "results_en": "<p> </p><script>alert(1)</script>"}]))
    assert stored()["results_en"] is None


def test_a_text_too_long_for_the_form_is_too_long_for_the_file(importer, monkeypatch):
    monkeypatch.setattr(forms, "MOST", 20)
    page = importer.preview(Engagement, as_csv([WORKSHOP | {"results_en": "x" * 21}]))
    assert page.problems[0].startswith("Row 2, column results_en: This text is too long: it has 21 characters")
