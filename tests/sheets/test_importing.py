"""An import is written wholly or not at all, by those who may, and everything follows it."""

from io import BytesIO
from unittest.mock import patch

import pytest
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from engagements.models import Engagement
from organisations.models import Organisation
from publishing.models import Status
from search.indexing import together
from search.models import Entry
from search.rebuilding import rebuild
from sheets import importing, reading, uploads
from sheets.checking import Check
from sheets.progress import streamed
from sheets.resources import OrganisationSheet
from tests.factories import (
    EngagementFactory,
    EngagementStaffFactory,
    OrganisationFactory,
    ProfileFactory,
    ProgrammeFactory,
)
from tests.sheets.files import Importer, address, as_csv, content_of

pytestmark = pytest.mark.django_db
UNION = {"slug": "union", "name_en": "Union", "kind": "federation"}


def importer_with(*actions: str, model=Organisation) -> Importer:
    """Somebody of the staff with these permissions on the model."""
    user = get_user_model().objects.create_user(f"with-{'-'.join(actions)}", password="x", is_staff=True)
    content_type = ContentType.objects.get_for_model(model)
    for action in actions:
        codename = f"{action}_{model._meta.model_name}"
        permission, _made = Permission.objects.get_or_create(
            codename=codename, content_type=content_type, defaults={"name": codename}
        )
        user.user_permissions.add(permission)
    client = Client()
    client.force_login(user)
    return Importer(client)


# Rights


@pytest.mark.parametrize("name", ["import", "preview", "problems", "confirm", "export", "export-csv", "export-xlsx"])
def test_who_has_no_permission_gets_nowhere(name):
    for client in (importer_with().client, importer_with("view", model=Engagement).client):
        method = client.post if name == "confirm" else client.get
        assert method(address(name, Organisation)).status_code == 403


def test_who_is_not_logged_in_is_asked_to(client):
    for name in ("import", "export", "export-csv", "template-csv"):
        answer = client.get(address(name, Organisation))
        assert answer.status_code == 302
        assert "/login/" in answer["Location"]


def test_who_may_look_may_export_and_not_import():
    client = importer_with("view").client
    assert client.get(address("export-csv", Organisation)).status_code == 200
    assert client.get(address("import", Organisation)).status_code == 403


def test_other_records_have_no_sheets(staff_client):
    assert staff_client.get("/admin/codelists/country/import/").status_code == 404


def test_an_author_adds_and_changes_drafts_only():
    author = importer_with("view", "add", "change")
    OrganisationFactory(slug="draft", draft=True)
    OrganisationFactory(slug="public")
    rows = [UNION, UNION | {"slug": "draft"}, UNION | {"slug": "public"}]
    page = author.preview(Organisation, as_csv(rows))
    assert page.problems == ["Row 4: This record is not a draft (it is: Published). You may change drafts only."]
    author.run(Organisation, as_csv(rows[:2]))
    assert Organisation.objects.filter(name_en="Union").count() == 2


def test_what_stays_as_it_is_needs_no_right_to_change_it():
    record = OrganisationFactory(slug="public", name_en="Union")
    page = importer_with("add", "change").preview(Organisation, as_csv([UNION | {"slug": record.slug}]))
    assert page.counts["unchanged"] == 1


def test_an_editor_changes_what_is_published():
    OrganisationFactory(slug="public")
    importer_with("change", "publish").run(Organisation, as_csv([{"slug": "public", "name_en": "Union"}]))
    assert Organisation.objects.get().name_en == "Union"


def test_who_may_only_change_adds_nothing_and_the_reverse():
    OrganisationFactory(slug="draft", draft=True)
    assert importer_with("change").preview(Organisation, as_csv([UNION])).problems == [
        "Row 2: This would be a new record. You may change records but not add any."
    ]
    assert importer_with("add").preview(Organisation, as_csv([UNION | {"slug": "draft"}])).problems == [
        "Row 2: You may add records but not change any."
    ]


def test_a_hand_made_confirmation_is_held_to_the_same_rights(importer):
    """The digest of a preview that an editor saw does not help an author."""
    OrganisationFactory(slug="public")
    content = as_csv([{"slug": "public", "name_en": "Union"}])
    seen = importer.preview(Organisation, content)
    author = importer_with("change")
    own_token = author.token(Organisation, content)
    page = author.page(
        author.client.post(address("confirm", Organisation), {"file": own_token, "outcome": seen.form["outcome"]})
    )
    assert page.counts["wrong"] == 1
    assert Organisation.objects.get().name_en != "Union"


def test_a_file_is_nobody_elses(importer):
    preview = importer.preview(Organisation, as_csv([UNION]))
    other = importer_with("add")
    answer = other.client.post(address("confirm", Organisation), preview.form)
    assert answer["Location"] == address("import", Organisation)
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("token", ["", "nonsense", "a:b:c", "\x00"])
def test_a_made_up_token_leads_back_to_the_beginning(staff_client, token):
    answer = staff_client.post(address("confirm", Organisation), {"file": token}, follow=True)
    assert "This file is no longer here" in answer.content.decode()
    assert staff_client.get(address("preview", Organisation, file=token)).status_code == 302


# All or nothing


def test_one_wrong_row_stops_them_all(importer):
    content = as_csv([UNION, UNION | {"slug": "other", "kind": "?"}])
    preview = importer.preview(Organisation, content)
    assert not preview.form
    token = importer.token(Organisation, content)
    importer.client.post(address("confirm", Organisation), {"file": token, "outcome": "x"}).getvalue()
    assert not Organisation.objects.exists()


def test_what_the_database_refuses_undoes_everything(importer):
    preview = importer.preview(Organisation, as_csv([UNION | {"slug": f"o-{n}"} for n in range(5)]))
    with patch.object(LogEntry.objects, "bulk_create", side_effect=IntegrityError):
        page = importer.confirm(Organisation, preview)
    assert "The database refused one of the rows. Nothing was imported." in page.text
    assert not Organisation.objects.exists()
    assert importer.confirm(Organisation, preview).text.count("5 added") == 1  # the file is still there


def test_an_error_in_the_middle_is_said_and_undone(importer, caplog):
    preview = importer.preview(Organisation, as_csv([UNION]))
    with patch.object(importing, "_log", side_effect=RuntimeError("broken")):
        page = importer.confirm(Organisation, preview)
    assert "Something went wrong on our side. Nothing was imported." in page.text
    assert page.html.rstrip().endswith("</html>")
    assert not Organisation.objects.exists()
    assert "An import broke off" in caplog.text


def test_work_that_is_left_in_the_middle_leaves_nothing_behind(editor):
    sheet = OrganisationSheet()
    check = Check(sheet, reading.read(BytesIO(as_csv([UNION])), sheet.columns), editor)
    [rows] = check.batches()
    work = importing.write(sheet, rows, editor, "sheet.csv")
    next(work)
    assert Organisation.objects.exists()  # seen from within the transaction
    work.close()
    assert not Organisation.objects.exists()


def test_a_reader_who_goes_away_ends_the_work(importer):
    ended = []

    def work():
        try:
            yield "begun"
            yield "never asked for"
        finally:
            ended.append(True)

    request = importer.client.get(address("import", Organisation)).wsgi_request
    response = streamed(request, {"opts": Organisation._meta, "title": ""}, work())
    pieces = iter(response.streaming_content)
    assert [next(pieces), next(pieces)][1] == b"begun"
    response._resource_closers[0]()  # what the server does at the end, without the end of the request
    assert ended


def test_records_changed_after_the_look_are_shown_anew(importer):
    record = OrganisationFactory(slug="union", name_en="Old")
    preview = importer.preview(Organisation, as_csv([{"slug": "union", "name_en": "Union"}]))
    record.name_en = "Changed meanwhile"
    record.save()
    page = importer.confirm(Organisation, preview)
    assert "Somebody changed records after you looked." in page.text
    assert page.changes == [("name_en", "Changed meanwhile", "Union")]
    record.refresh_from_db()
    assert record.name_en == "Changed meanwhile"
    importer.confirm(Organisation, page)
    record.refresh_from_db()
    assert record.name_en == "Union"


def test_records_saved_between_check_and_write_stop_the_import(importer):
    record = OrganisationFactory(slug="union")
    preview = importer.preview(Organisation, as_csv([{"slug": "union", "name_en": "Union"}]))

    def save_meanwhile(sheet):
        record.save()
        return ContentType.objects.get_for_model(sheet.model)

    with patch.object(importing, "_one_import_at_a_time", save_meanwhile):
        page = importer.confirm(Organisation, preview)
    assert "Somebody saved one of these records just now. Nothing was imported." in page.text
    assert Organisation.objects.get().name_en != "Union"


def test_a_file_is_imported_once(importer):
    preview = importer.preview(Organisation, as_csv([UNION]))
    importer.confirm(Organisation, preview)
    answer = importer.client.post(address("confirm", Organisation), preview.form)
    assert answer.status_code == 302
    assert Organisation.objects.count() == 1


# What follows


def test_the_history_of_each_record_says_who_imported_it(importer, editor):
    OrganisationFactory(slug="old", draft=True)
    importer.run(Organisation, as_csv([UNION, UNION | {"slug": "old"}]))
    entries = {entry.object_id: entry for entry in LogEntry.objects.all()}
    added = entries[str(Organisation.objects.get(slug="union").pk)]
    changed = entries[str(Organisation.objects.get(slug="old").pk)]
    assert (added.user, added.action_flag, changed.action_flag) == (editor, ADDITION, CHANGE)
    assert added.get_change_message() == "Added."
    assert changed.get_change_message() == "Changed name (English)."


def test_the_search_finds_what_an_import_changed_and_no_drafts(importer):
    organisation = OrganisationFactory(slug="old", name_en="Oldname")
    EngagementFactory().partners.add(organisation)
    importer.run(Organisation, as_csv([UNION, UNION | {"slug": "old", "name_en": "Newname"}]))
    assert set(Entry.objects.filter(kind="organisation", language="en").values_list("title", flat=True)) == {"Newname"}
    assert not any(rebuild(only_check=True).values())


def test_links_are_added_and_taken_away_and_roles_changed(importer):
    lead, trainer, new = ProfileFactory(slug="lead"), ProfileFactory(slug="trainer"), ProfileFactory(slug="new")
    one, other = OrganisationFactory(slug="one"), OrganisationFactory(slug="other")
    record, untouched = EngagementFactory(programme=ProgrammeFactory()), EngagementFactory()
    for engagement in (record, untouched):
        EngagementStaffFactory(engagement=engagement, profile=lead, role="lead")
        EngagementStaffFactory(engagement=engagement, profile=trainer, role="trainer")
        engagement.partners.add(one)
    row = {"id": record.pk, "staff": "trainer:adviser; new", "partners": "other", "programme": ""}
    importer.run(Engagement, as_csv([row]))
    record.refresh_from_db()
    staff = {(each.profile, each.role) for each in record.engagement_staff.all()}
    assert staff == {(trainer, "adviser"), (new, "contributor")}
    assert (list(record.partners.all()), record.programme) == ([other], None)
    assert untouched.engagement_staff.count() == 2
    assert list(untouched.partners.all()) == [one]
    assert not any(rebuild(only_check=True).values())


def test_an_import_never_publishes(importer):
    OrganisationFactory(slug="draft", draft=True)
    page = importer.preview(Organisation, as_csv([{"slug": "draft", "name_en": "X", "status": "published"}]))
    assert page.counts["wrong"] == 1
    importer.run(Organisation, as_csv([{"slug": "draft", "name_en": "X", "status": "draft"}]))
    assert Organisation.objects.get().status == Status.DRAFT


# The file


def test_the_uploaded_file_is_served_to_nobody_and_gone_after_the_import(importer):
    preview = importer.preview(Organisation, as_csv([UNION]))
    [name] = default_storage.listdir(uploads.FOLDER)[1]
    assert importer.client.get(f"/media/{uploads.FOLDER}/{name}").status_code == 404
    importer.confirm(Organisation, preview)
    assert default_storage.listdir(uploads.FOLDER)[1] == []


def test_files_that_nobody_imported_are_removed_after_a_day(importer):
    importer.upload(Organisation, as_csv([UNION]))
    with patch.object(uploads, "KEPT", uploads.KEPT * 0):
        importer.upload(Organisation, as_csv([UNION]))
    assert len(default_storage.listdir(uploads.FOLDER)[1]) == 1


# Speed


def rows_of(number: int) -> list[dict]:
    return [
        {
            "title_en": f"Workshop {n}",
            "kind": "workshop",
            "country": "PE",
            "start": "2018",
            "partners": "union",
            "staff": "lead:lead",
            "programme": "my-coop",
        }
        for n in range(number)
    ]


def test_a_batch_asks_the_same_number_of_queries_however_many_rows(importer):
    OrganisationFactory(slug="union")
    ProfileFactory(slug="lead")
    ProgrammeFactory(slug="my-coop")

    ContentType.objects.get_for_model(Engagement)  # remembered from the first time on

    def queries(rows: list[dict]) -> int:
        preview = importer.preview(Engagement, as_csv(rows))
        with CaptureQueriesContext(connection) as asked:
            importer.confirm(Engagement, preview)
        # How many rows go into one INSERT or UPDATE is for the database to say: SQLite takes few.
        return sum(query["sql"].startswith("SELECT") for query in asked.captured_queries)

    one, fifty = queries(rows_of(1)), queries(rows_of(50)[1:])
    assert fifty == one
    changed = [row | {"kind": "pilot", "partners": "", "staff": "lead:trainer"} for row in rows_of(50)]
    one, fifty = queries(changed[:1]), queries(changed[1:])
    assert fifty == one


def test_lists_are_exported_with_the_same_number_of_queries_however_many_records(importer):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            importer.export(Engagement)
        return len(asked)

    for engagement in EngagementFactory.create_batch(2):
        engagement.partners.add(OrganisationFactory())
    few = queries()
    with together():
        for engagement in EngagementFactory.create_batch(20):
            engagement.partners.add(OrganisationFactory())
    assert queries() == few


def test_two_thousand_rows_cost_ten_times_two_hundred(importer):
    """By the work done, which a busy machine does not change: queries, not seconds."""
    OrganisationFactory(slug="union")
    ProfileFactory(slug="lead")
    ProgrammeFactory(slug="my-coop")
    rows = rows_of(2200)

    def queries(part: list[dict]) -> int:
        preview = importer.preview(Engagement, as_csv(part))
        with CaptureQueriesContext(connection) as asked:
            importer.confirm(Engagement, preview)
        return len(asked)

    few, many = queries(rows[:200]), queries(rows[200:])
    assert Engagement.objects.count() == 2200
    assert many < few * 10


def test_the_page_is_written_while_the_work_is_done(importer):
    location = importer.upload(Engagement, as_csv(rows_of(1200)))["Location"]
    response = importer.client.get(location, headers={"accept-encoding": "gzip"})
    assert response["X-Accel-Buffering"] == "no"
    assert "Content-Encoding" not in response
    page = importer.page(response)
    assert page.progress == [
        "Reading the file …",
        "500 of 1,200 rows checked",
        "1,000 of 1,200 rows checked",
        "1,200 of 1,200 rows checked",
    ]


def test_the_page_speaks_the_language_of_its_reader(importer):
    location = importer.upload(Engagement, as_csv(rows_of(2)))["Location"]
    html = content_of(importer.client.get(location, headers={"accept-language": "es"})).decode()
    assert '<html lang="es"' in html
