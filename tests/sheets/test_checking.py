"""What is wrong with a file is said by row and column, in words that say what to do."""

from datetime import date

import pytest

from engagements.models import Engagement
from organisations.models import Organisation
from profiles.models import Profile
from programmes.models import Programme
from publishing.models import Status
from tests.factories import EngagementFactory, OrganisationFactory, ProfileFactory, ProgrammeFactory
from tests.sheets.files import as_csv, content_of, table

pytestmark = pytest.mark.django_db
WORKSHOP = {"title_en": "Workshop in Lima", "kind": "workshop", "country": "PE", "start": "2018-11"}
UNION = {"slug": "union", "name_en": "Union", "kind": "federation"}


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("country", "PX", "“PX” is no country code. Look it up in the list of countries."),
        ("programme", "no-such", "There is no programme with the slug “no-such”. Add it first, or correct the slug."),
        (
            "partners",
            "union; none",
            "There is no organisation with the slug “none”. Add it first, or correct the slug.",
        ),
        ("staff", "nobody:lead", "There is no profile with the slug “nobody”. Add it first, or correct the slug."),
        ("topics", "cheese", "“cheese” is no slug of a topic. Look it up in the list of topics."),
        ("sector", "9", "“9” is no code of a sector. Look it up in the list of sectors."),
        ("start", "Mar-18", "Write the date as 2018, 2018-11 or 2018-11-19."),
        ("end", "2017", "The end is before the start."),
        ("women_trained", "a dozen", "“a dozen” is no whole number. Write only digits, as in 1200."),
        ("women_trained", "5.7", "“5.7” is no whole number. Write only digits, as in 1200."),
        ("men_trained", "-5", "Ensure this value is greater than or equal to 0."),
        ("men_trained", "99999999", "Ensure this value is less than or equal to 10000000."),
        ("source_url", "not an address", "Enter a valid URL."),
        ("title_en", "", "Fill in this cell."),
        ("title_es", "x" * 201, "Ensure this value has at most 200 characters (it has 201)."),
        ("kind", "", "Fill in this cell."),
        ("id", "999", "There is no record with the id 999. Empty the cell to make a new one."),
        (
            "status",
            "published",
            "An import does not change the status, which is “draft”. Empty the cell, and use the buttons on the "
            "record’s page to publish or archive.",
        ),
    ],
)
def test_a_wrong_cell_is_named(importer, column, cell, said):
    OrganisationFactory(slug="union")
    page = importer.preview(Engagement, as_csv([WORKSHOP | {column: cell}]))
    assert page.problems == [f"Row 2, column {column}: {said}"]
    assert page.counts == {"new": 0, "changed": 0, "unchanged": 0, "wrong": 1}
    assert not page.form


def test_a_value_that_is_not_offered_is_answered_with_those_that_are(importer):
    page = importer.preview(Organisation, as_csv([UNION | {"kind": "club"}]))
    assert page.problems[0].startswith("Row 2, column kind: “club” is not one of the values: government, cooperative,")


def test_a_choice_may_be_written_as_the_pages_call_it(importer):
    importer.run(Organisation, as_csv([UNION | {"kind": "Cooperative federation or union"}]))
    assert Organisation.objects.get().kind == "federation"


def test_yes_and_no_are_not_guessed(importer):
    page = importer.preview(Programme, as_csv([{"slug": "x", "name_en": "X", "kind": "policy", "featured": "maybe"}]))
    assert page.problems == ["Row 2, column featured: “maybe” is neither yes nor no. Write yes or no."]


def test_consent_needs_a_name_and_a_date_that_exists(importer):
    person = {"given_name": "Ana", "family_name": "Quispe", "consent_date": "2024-05-01"}
    assert importer.preview(Profile, as_csv([person | {"consent_by": ""}])).problems == [
        "Row 2, column consent_by: Say who gave the consent."
    ]
    page = importer.preview(Profile, as_csv([person | {"consent_date": "2024-02-30"}]))
    assert "“2024-02-30” is no date. Write year, month and day, as in 2024-05-01." in page.problems[0]


def test_every_wrong_cell_of_a_row_is_said_at_once(importer):
    page = importer.preview(Engagement, as_csv([WORKSHOP | {"kind": "?", "country": "??", "start": "?"}]))
    assert [problem.split(":")[0] for problem in page.problems] == [
        "Row 2, column kind",
        "Row 2, column country",
        "Row 2, column start",
    ]


def test_a_row_without_what_finds_its_record_says_so(importer):
    page = importer.preview(Engagement, as_csv([{"title_en": "A", "kind": "workshop", "country": "", "start": ""}]))
    said = "Fill in this cell: without an id, a record is found by country, slug and start."
    assert page.problems == [f"Row 2, column country: {said}", f"Row 2, column start: {said}"]


def test_a_new_record_needs_the_columns_that_every_record_needs(importer):
    page = importer.preview(Organisation, as_csv([{"slug": "new", "name_en": "New"}]))
    assert page.problems == ["Row 2, column kind: A new record needs this. Add the column."]


def test_a_name_of_which_no_slug_can_be_made_asks_for_one(importer):
    page = importer.preview(Organisation, as_csv([UNION | {"slug": "", "name_en": "合作社"}]))
    assert page.problems == ["Row 2, column slug: Fill in this cell, or the name of which the slug is made."]


def test_two_rows_for_one_record_are_refused(importer):
    page = importer.preview(Organisation, as_csv([UNION, UNION | {"slug": "", "name_en": "Union"}]))
    assert page.problems == ["Row 3: Row 2 speaks of the same record. Delete one of them."]


def test_the_id_is_asked_for_where_two_records_are_meant(importer):
    for _number in range(2):
        EngagementFactory(slug="workshop-in-lima", start_date=date(2018, 11, 1))
    page = importer.preview(Engagement, as_csv([WORKSHOP]))
    ids = ", ".join(str(pk) for pk in Engagement.objects.order_by("pk").values_list("pk", flat=True))
    assert page.problems == [f"Row 2: Several records are meant by this row: {ids}. Add a column “id” and write which."]


def test_an_engagement_is_found_by_country_title_and_start(importer):
    record = EngagementFactory(slug="workshop-in-lima", start_date=date(2018, 11, 1), kind="pilot")
    importer.run(Engagement, as_csv([WORKSHOP]))
    record.refresh_from_db()
    assert (record.kind, record.start_precision) == ("workshop", "month")


def test_what_is_needed_for_publication_cannot_be_emptied_in_a_published_record(importer):
    programme = ProgrammeFactory()
    page = importer.preview(Programme, as_csv([{"slug": programme.slug, "aim_en": ""}]))
    assert "before publishing" in page.problems[0]


def test_columns_that_are_unknown_or_missing_are_said(importer):
    page = importer.preview(Organisation, as_csv([UNION | {"colour": "blue"}]))
    assert "Columns that are not known, and were not read: colour" in page.text
    assert "left alone: name_es, name_fr" in page.text


def test_only_the_first_hundred_of_each_kind_are_shown_and_the_rest_counted(importer):
    rows = [{"slug": f"o-{number}", "name_en": "O", "kind": "x"} for number in range(130)]
    page = importer.preview(Organisation, as_csv(rows))
    assert len(page.problems) == 100
    assert "and 30 more rows" in page.text


def test_all_that_is_wrong_can_be_downloaded(importer):
    rows = [{"slug": f"o-{number}", "name_en": "O", "kind": "=x"} for number in range(130)]
    page = importer.preview(Organisation, as_csv(rows))
    link = page.soup.select_one("a[download]")["href"]
    problems = table(content_of(importer.client.get(link)))
    assert len(problems) == 130
    assert problems[0]["Row"] == "2"
    assert problems[0]["Column"] == "kind"


def test_the_preview_writes_nothing(importer):
    importer.preview(Organisation, as_csv([UNION]))
    assert not Organisation.objects.exists()


def test_new_records_are_drafts_and_complete(importer):
    organisation, profile, programme = OrganisationFactory(), ProfileFactory(), ProgrammeFactory()
    row = WORKSHOP | {
        "end": "2019",
        "programme": programme.slug.upper(),
        "partners": organisation.slug,
        "staff": f"{profile.slug}: Lead",
        "topics": "gender-equality",
        "women_trained": "12",
    }
    page = importer.preview(Engagement, as_csv([row | {"topics": ""}]))
    assert "Row 2: Workshop in Lima" in page.text
    importer.confirm(Engagement, page)
    record = Engagement.objects.get()
    assert (record.status, record.slug, record.women_trained) == (Status.DRAFT, "workshop-in-lima", 12)
    assert (record.period, record.programme) == ("November 2018 – 2019", programme)
    assert list(record.partners.all()) == [organisation]
    assert [(each.profile, each.role) for each in record.engagement_staff.all()] == [(profile, "lead")]
