"""What was exported and is imported again changes nothing; a changed cell changes that and no more."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.contrib.admin.models import LogEntry

from codelists.models import Topic
from engagements.models import Engagement
from organisations.models import Organisation
from profiles.models import Profile
from programmes.models import Programme
from search.indexing import together
from tests.factories import (
    EngagementFactory,
    EngagementStaffFactory,
    OrganisationFactory,
    ProfileFactory,
    ProgrammeFactory,
)
from tests.sheets.files import as_csv, table

pytestmark = pytest.mark.django_db
HOSTILE = [
    "=1+1",
    "+41 22 799",
    "-5",
    "@SUM(A1)",
    "'=already",
    "''+twice",
    "'quoted' words",
    'He said "yes"; then, left',
    "<script>alert(1)</script>",
    "two\r\nlines and\n\nthree",
    "  = spaces around  ",
    "\tbegins with a tab",
    "Łódź, Ñandú, 合作社, تعاونية, 🌱",
    "_x0041_ and _x000d_",
    "#N/A",
    "true",
    "2018-03",
    "0012",
    "1e5",
    "sep=;",
    "bell\x07and form\x0cfeed",
]


@together()
def one_of_each(text: str) -> None:
    """A record of each kind with `text` in every language."""
    number = Organisation.objects.count()
    topics = Topic.objects.order_by("?")[:2]
    texts = {"en": text, "es": f"{text} es", "fr": f"-{text}"}
    organisation = OrganisationFactory(
        **{f"{name}_{code}": words[:40] for code, words in texts.items() for name in ("name", "acronym", "description")}
    )
    programme = ProgrammeFactory(
        launch_year=2017,
        featured=True,
        **{
            f"{name}_{code}": words for code, words in texts.items() for name in ("name", "aim", "audience", "duration")
        },
    )
    programme.partners.add(organisation)
    programme.languages.add("en", "es")
    programme.sdgs.add(8, 12)
    programme.sectors.add("A")
    programme.delivery_modes.add("online")
    profile = ProfileFactory(
        given_name=text,
        consent_by=text,
        **{f"{name}_{code}": words for code, words in texts.items() for name in ("post_title", "summary")},
    )
    profile.languages.add("fr")
    engagement = EngagementFactory(
        programme=programme,
        sector_id="A",
        women_trained=number,
        start_precision="year",
        end_precision="month",
        start_date=date(2018, 1, 1),
        end_date=date(2018, 3, 31),
        **{f"{name}_{code}": words for code, words in texts.items() for name in ("title", "summary", "results")},
    )
    engagement.partners.add(organisation)
    EngagementStaffFactory(engagement=engagement, profile=profile, role="lead")
    for record in (programme, profile, engagement):
        record.topics.set(topics)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("model", [Profile, Organisation, Programme, Engagement])
def test_an_export_imported_again_changes_nothing(importer, model, kind):
    with together():
        for text in HOSTILE:
            one_of_each(text)
    page = importer.preview(model, importer.export(model, kind), f"sheet.{kind}")
    assert page.problems == []
    assert page.changes == []
    assert page.counts == {"new": 0, "changed": 0, "unchanged": len(HOSTILE), "wrong": 0}
    assert not page.form


@pytest.mark.parametrize("language", ["es", "fr"])
def test_it_makes_no_difference_in_which_language_one_works(importer, language):
    one_of_each("=1+1")
    importer.client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    page = importer.preview(Engagement, importer.export(Engagement, "xlsx"), "sheet.xlsx")
    assert list(page.counts.values()) == [0, 0, 1, 0]


def test_one_changed_cell_changes_that_field_alone(importer):
    one_of_each("Plain")
    before = Engagement.objects.raw_values().get()
    rows = table(importer.export(Engagement))
    rows[0]["title_es"] = "Otro título"
    assert importer.preview(Engagement, as_csv(rows)).changes == [("title_es", "Plain es", "Otro título")]
    importer.run(Engagement, as_csv(rows))
    after = Engagement.objects.raw_values().get()
    assert {name for name in after if after[name] != before[name]} == {"title_es", "updated_at"}


def test_english_text_is_kept_in_the_untranslated_column_too(importer):
    OrganisationFactory(slug="fenacoop", name_en="Old", name_es="Vieja")
    importer.client.defaults["HTTP_ACCEPT_LANGUAGE"] = "es"
    importer.run(Organisation, as_csv([{"slug": "fenacoop", "name_en": "New"}]))
    assert Organisation.objects.raw_values("name", "name_en", "name_es").get() == {
        "name": "New",
        "name_en": "New",
        "name_es": "Vieja",
    }


def test_a_second_identical_import_changes_nothing_at_all(importer):
    one_of_each("Plain")
    rows = table(importer.export(Engagement))
    rows[0] |= {"title_en": "Changed", "staff": "", "topics": ""}
    importer.run(Engagement, as_csv(rows))
    before, entries = Engagement.objects.raw_values().get(), LogEntry.objects.count()
    page = importer.preview(Engagement, as_csv(rows))
    assert "There is nothing to import" in page.text
    assert Engagement.objects.raw_values().get() == before
    assert LogEntry.objects.count() == entries


def test_an_empty_cell_empties_the_field_and_a_missing_column_is_left_alone(importer):
    one_of_each("Plain")
    organisation = Organisation.objects.get()
    row = {"slug": organisation.slug, "description_en": "", "country": ""}
    importer.run(Organisation, as_csv([row]))
    organisation.refresh_from_db()
    assert (organisation.description_en, organisation.country) == (None, None)
    assert organisation.description_es == "Plain es"


def test_a_formula_is_written_as_text(importer):
    one_of_each("=HYPERLINK(1)")
    assert table(importer.export(Organisation))[0]["name_en"] == "'=HYPERLINK(1)"
    book = openpyxl.load_workbook(_file(importer.export(Organisation, "xlsx")))
    cells = {cell.value: cell.data_type for cell in book.active[2] if cell.value}
    assert cells["'=HYPERLINK(1)"] == "s"
    assert "f" not in cells.values()


def test_numbers_are_numbers_in_a_workbook(importer):
    EngagementFactory(women_trained=12)
    book = openpyxl.load_workbook(_file(importer.export(Engagement, "xlsx")))
    assert 12 in [cell.value for cell in book.active[2]]


def _file(content: bytes) -> BytesIO:
    return BytesIO(content)
