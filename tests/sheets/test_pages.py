"""The ways to import and export, and the files to begin with."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from codelists.models import Country, Topic
from engagements.models import Engagement
from organisations.models import Organisation
from profiles.models import Profile
from programmes.models import Programme
from sheets.resources import SHEETS
from tests.factories import OrganisationFactory
from tests.sheets.files import Page, address, content_of, table

pytestmark = pytest.mark.django_db
each_model = pytest.mark.parametrize("model", [Profile, Organisation, Programme, Engagement])


def changelist(model) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


@each_model
def test_each_list_leads_to_its_export_and_import(staff_client, model):
    html = staff_client.get(changelist(model)).content.decode()
    assert f'href="{address("export", model)}"' in html
    assert f'href="{address("import", model)}"' in html


@pytest.mark.parametrize("model", [Country, Topic])
def test_other_lists_do_not(staff_client, model):
    html = staff_client.get(changelist(model)).content.decode()
    assert "/export/" not in html
    assert "/import/" not in html


@each_model
@pytest.mark.parametrize("name", ["import", "export"])
@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_each_page_opens_in_each_language(staff_client, model, name, language):
    assert staff_client.get(address(name, model), headers={"accept-language": language}).status_code == 200


def test_what_the_list_shows_is_what_is_exported(staff_client):
    OrganisationFactory(slug="union", kind="federation")
    OrganisationFactory(slug="city", kind="government")
    html = staff_client.get(changelist(Organisation), {"kind__exact": "government"}).content.decode()
    assert f'href="{address("export", Organisation, kind__exact="government")}"' in html
    page = staff_client.get(address("export", Organisation, kind__exact="government"))
    assert "1 of 2 records" in page.content.decode()
    download = Page(page.content.decode()).soup.select_one('a[href*="csv"]')["href"]
    assert [row["slug"] for row in table(content_of(staff_client.get(download)))] == ["city"]


def test_filters_that_mean_nothing_lead_to_the_whole_export(staff_client):
    answer = staff_client.get(address("export", Organisation, no_such_field="x"))
    assert answer["Location"] == address("export", Organisation)
    assert staff_client.get(address("export-csv", Organisation, no_such_field="x")).status_code == 302


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_ticked_records_are_exported(staff_client, kind):
    chosen, _other = OrganisationFactory(slug="union"), OrganisationFactory(slug="city")
    data = {"action": f"export_{kind}", "_selected_action": [chosen.pk]}
    content = content_of(staff_client.post(changelist(Organisation), data))
    if kind == "csv":
        slugs = [row["slug"] for row in table(content)]
    else:
        slugs = [row[0].value for row in openpyxl.load_workbook(BytesIO(content)).active.iter_rows(min_row=2)]
    assert slugs == ["union"]


def test_a_text_too_long_for_a_workbook_is_said(staff_client):
    OrganisationFactory(slug="union", description_en="x" * 33_000)
    answer = staff_client.get(address("export-xlsx", Organisation), follow=True)
    assert "A text of “union” is longer than a cell of a workbook can be." in answer.content.decode()
    assert b"x" * 33_000 in content_of(staff_client.get(address("export-csv", Organisation)))


def test_an_export_is_noted_in_the_log(staff_client, caplog):
    content_of(staff_client.get(address("export-csv", Profile)))
    assert "editor exported profiles.Profile as profile-" in caplog.text


@each_model
def test_the_empty_workbook_explains_every_column_and_offers_its_values(staff_client, model):
    book = openpyxl.load_workbook(BytesIO(content_of(staff_client.get(address("template-xlsx", model)))))
    page, explanations, lists = book.worksheets
    columns = list(SHEETS[model._meta.label_lower]().columns)
    assert [cell.value for cell in page[1]] == columns
    explained = {row[0].value: [cell.value for cell in row] for row in explanations.iter_rows(min_row=2)}
    for name in columns:
        assert all(explained[name][1:3]), name
    assert len(page.data_validations.dataValidation) == len([cell for cell in lists[1] if cell.value])
    assert {"kind", "country"} <= {cell.value for cell in lists[1]} or model is Profile or model is Programme


def test_the_explanations_are_in_the_language_of_the_admin(staff_client):
    answer = staff_client.get(address("template-xlsx", Organisation), headers={"accept-language": "es"})
    book = openpyxl.load_workbook(BytesIO(content_of(answer)))
    assert book.sheetnames == ["Organizaciones", "Explicaciones", "Listas"]
    heading, *rows = book["Explicaciones"].iter_rows(values_only=True)
    assert heading == ("Columna", "Qué es", "Qué escribir", "Ejemplo", "¿Necesario?")
    explained = {name: words for name, *words in rows}
    assert explained["kind"][0] == "Tipo"
    assert explained["country"][1:] == ["Un código de país de dos letras (ISO 3166-1), como PE", "PE", "no"]
    assert explained["name_en"][3] == "sí"
    assert rows[-1][1] == "Una celda vacía vacía el campo. Una columna que no está no se toca."


@each_model
@pytest.mark.parametrize("language", ["es", "fr"])
def test_no_explanation_is_left_in_english(staff_client, model, language):
    def explanations(code: str) -> list[tuple]:
        answer = staff_client.get(address("template-xlsx", model), headers={"accept-language": code})
        return list(openpyxl.load_workbook(BytesIO(content_of(answer))).worksheets[1].iter_rows(values_only=True))

    for english, translated in zip(explanations("en"), explanations(language), strict=True):
        for one, other in zip(english[1:3], translated[1:3], strict=True):
            same_word = one == "Sector" and language == "es"
            assert one is None or one != other or same_word, one


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_empty_file_is_taken_and_has_no_rows(importer, kind):
    content = content_of(importer.client.get(address(f"template-{kind}", Organisation)))
    assert "The file has columns but no rows." in importer.preview(Organisation, content, f"sheet.{kind}").text


@each_model
def test_the_examples_of_the_explanations_name_columns(model):
    sheet = SHEETS[model._meta.label_lower]()
    assert set(sheet.examples) <= set(sheet.columns)
