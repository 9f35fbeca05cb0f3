"""What each format holds."""

from datetime import date, datetime

import pytest

from codelists.models import Country, Topic
from downloads.formats import workbook as xlsx
from tests.downloads.reading import EXTENSIONS, csv_rows, loaded, rows, workbook, xlsx_rows
from tests.factories import (
    EngagementFactory,
    EngagementStaffFactory,
    OrganisationFactory,
    ProfileFactory,
    ProgrammeFactory,
    full_engagement,
    full_organisation,
    full_profile,
    full_programme,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def engagement():
    programme = ProgrammeFactory(name_en="My.Coop", slug="my-coop")
    engagement = EngagementFactory(
        title_en="Course on dairy",
        title_es="Curso de lechería",
        results_en="<p>Two <strong>unions</strong> went on.</p>",
        programme=programme,
        sector_id="A",
        start_date=date(2019, 5, 1),
        start_precision="month",
        women_trained=12,
    )
    engagement.topics.set(Topic.objects.filter(slug__in=["youth", "gender-equality"]))
    engagement.partners.set([OrganisationFactory(name_en="Union one", slug="one")])
    for name, role in (("Ana", "lead"), ("Beto", "trainer")):
        person = ProfileFactory(given_name=name, family_name="Rojas", slug=name.lower())
        EngagementStaffFactory(engagement=engagement, profile=person, role=role)
    return engagement


def test_csv_has_one_row_of_names_and_one_row_a_record(client, engagement):
    (row,) = csv_rows(client, "/es/engagements.csv")
    assert row["id"] == str(engagement.pk)
    assert row["page"] == f"http://testserver/es/engagements/{engagement.pk}-{engagement.slug}/"
    assert row["title"] == "Curso de lechería"
    assert (row["kind_code"], row["kind"]) == ("workshop", "Taller o evento")
    assert (row["country_code"], row["country_alpha3"], row["country"]) == ("PE", "PER", "Perú")
    assert (row["start_date"], row["start_precision"], row["end_date"]) == ("2019-05-01", "month", "2019-05-03")
    assert (row["programme_id"], row["programme_slug"], row["programme"]) == (
        str(engagement.programme_id),
        "my-coop",
        "My.Coop",
    )
    assert (row["staff"], row["staff_slugs"], row["staff_role_codes"]) == (
        "Ana Rojas; Beto Rojas",
        "ana; beto",
        "lead; trainer",
    )
    assert (row["women_trained"], row["men_trained"]) == ("12", "")
    assert row["results"] == "Two unions went on."
    assert row["text_languages"] == "en; es"


def test_every_row_of_a_csv_file_says_filters_date_source_and_licence(client, engagement):
    EngagementFactory(country_id="BO")
    found = csv_rows(client, "/en/engagements.csv?country=PE&country=BO&year_from=2015&sort=oldest")
    assert len(found) == 2
    for row in found:
        assert row["about_filters"] == "Country: Peru, Bolivia; From year: 2015"
        assert row["about_date"][:4].isdigit()
        assert row["about_date"].endswith("Z")
        assert row["about_source"] == (
            "http://testserver/en/engagements.csv?country=PE&country=BO&year_from=2015&sort=oldest"
        )
        assert row["about_licence"] == "CC-BY-4.0 (https://creativecommons.org/licenses/by/4.0/)"


def test_a_workbook_has_dates_numbers_and_texts(client, engagement):
    (row,) = xlsx_rows(client, "/en/engagements.xlsx")
    assert row["start_date"] == datetime(2019, 5, 1)
    assert (row["women_trained"], row["men_trained"]) == (12, None)
    assert (row["activity_status_code"], row["country"]) == ("4", "Peru")
    assert row["latitude"] == float(engagement.country.latitude)


def test_the_last_sheet_of_a_workbook_is_about_the_file_and_its_columns(client, engagement):
    book = workbook(client, "/en/engagements.xlsx?country=PE")
    assert book.sheetnames == ["engagements", "about"]
    assert book["engagements"].freeze_panes == "A2"
    assert book["engagements"].auto_filter.ref.startswith("A1:")
    about = {row[0]: row[1] for row in book["about"].iter_rows(values_only=True)}
    assert about["Filters"] == "Country: Peru"
    assert about["Source"] == "http://testserver/en/engagements.xlsx?country=PE"
    assert about["The same as a page"] == "http://testserver/en/engagements/?country=PE"
    assert about["Number of rows"] == 1
    assert about["Licence"].startswith("CC-BY-4.0")
    assert {cell.value for cell in book["engagements"][1]} <= set(about)


@pytest.mark.parametrize(("number", "sheets"), [(0, 1), (1, 1), (2, 1), (3, 2), (4, 2), (5, 3)])
def test_a_full_sheet_is_followed_by_another(client, monkeypatch, number, sheets):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    made = {EngagementFactory().pk for _each in range(number)}
    book = workbook(client, "/en/engagements.xlsx")
    assert book.sheetnames == ["engagements", *(f"engagements {n}" for n in range(2, sheets + 1)), "about"]
    assert {row["id"] for row in xlsx_rows(client, "/en/engagements.xlsx")} == made


def test_json_has_lists_numbers_and_nulls_and_ends_with_the_number_of_records(client, engagement):
    file = loaded(client, "/en/engagements.json?country=PE")
    (record,) = file["records"]
    assert file["count"] == 1
    assert list(file) == ["about", "records", "count"]
    assert record["topic_slugs"] == list(engagement.topics.order_by("pk").values_list("slug", flat=True))
    assert record["partner_ids"] == [engagement.partners.get().pk]
    assert record["staff_roles"] == ["Lead", "Trainer"]
    assert (record["women_trained"], record["men_trained"], record["source_url"]) == (12, None, None)
    about = file["about"]
    assert about["filters"] == [
        {"parameter": "country", "label": "Country", "values": [{"value": "PE", "label": "Peru"}]}
    ]
    assert about["source"] == "http://testserver/en/engagements.json?country=PE"
    assert about["licence"]["name"] == "CC-BY-4.0"
    assert [column["name"] for column in about["columns"]] == list(record)


def test_geojson_puts_an_engagement_at_the_point_of_its_country(client, engagement):
    file = loaded(client, "/en/engagements.geojson")
    (feature,) = file["features"]
    peru = Country.objects.get(pk="PE")
    assert file["type"] == "FeatureCollection"
    assert feature["geometry"] == {"type": "Point", "coordinates": [float(peru.longitude), float(peru.latitude)]}
    assert (feature["type"], feature["id"], feature["properties"]["title"]) == (
        "Feature",
        engagement.pk,
        "Course on dairy",
    )
    assert file["about"]["publisher"] == "COOP Portal"


def test_geojson_puts_people_and_programmes_at_all_countries_of_their_engagements(client, engagement):
    used_again = EngagementFactory(country_id="BO", programme=engagement.programme)
    EngagementStaffFactory(engagement=used_again, profile=engagement.staff.get(slug="ana"))
    EngagementFactory(country_id="CO", programme=engagement.programme, draft=True)
    ProgrammeFactory(name_en="Not used")
    codes = ["BO", "PE"]
    points = [
        [float(one.longitude), float(one.latitude)] for one in Country.objects.filter(pk__in=codes).order_by("pk")
    ]
    programmes = loaded(client, "/en/programmes.geojson")["features"]
    assert [feature["geometry"] for feature in programmes] == [{"type": "MultiPoint", "coordinates": points}, None]
    people = {one["properties"]["slug"]: one for one in loaded(client, "/en/profiles.geojson")["features"]}
    assert people["ana"]["geometry"] == {"type": "MultiPoint", "coordinates": points}
    assert people["ana"]["properties"]["country_codes"] == codes
    assert people["beto"]["geometry"]["coordinates"] == points[1:]


def test_geojson_has_no_point_where_there_is_no_country(client):
    OrganisationFactory(country_id=None)
    assert [one["geometry"] for one in loaded(client, "/en/organisations.geojson")["features"]] == [None]


def test_countries_have_their_codes_and_numbers(client, engagement):
    EngagementFactory(country_id="PE", women_trained=3, programme=engagement.programme)
    (country,) = loaded(client, "/fr/countries.json")["records"]
    wanted = {"code": "PE", "alpha3": "PER", "m49": "604", "name": "Pérou", "region_code": "americas"}
    wanted |= {"engagement_count": 2, "programme_count": 1, "profile_count": 2, "women_trained": 15}
    assert {name: country[name] for name in wanted} == wanted
    (feature,) = loaded(client, "/fr/countries.geojson")["features"]
    assert (feature["id"], feature["geometry"]["type"]) == ("PE", "Point")


def test_profiles_say_whether_the_person_agreed_to_reuse(client):
    ProfileFactory(slug="shown", consent_scope="pictures", family_name="A")
    ProfileFactory(slug="reused", consent_scope="reuse", family_name="B")
    found = loaded(client, "/en/profiles.json")["records"]
    assert [(one["slug"], one["reuse_agreed"]) for one in found] == [("shown", False), ("reused", True)]
    assert [one["reuse_agreed"] for one in csv_rows(client, "/en/profiles.csv")] == ["false", "true"]


@pytest.mark.parametrize("name", ["engagements", "programmes", "profiles", "organisations", "countries"])
def test_all_formats_hold_the_same_records_and_columns(client, name):
    for make in (full_engagement, full_programme, full_profile, full_organisation):
        make()
    found = {extension: rows(client, f"/en/{name}.{extension}") for extension in EXTENSIONS}
    key = "code" if name == "countries" else "id"
    records = found["json"]
    assert records
    assert found["geojson"] == records
    for extension in ("csv", "xlsx"):
        assert [str(row[key]) for row in found[extension]] == [str(one[key]) for one in records]
        assert [one for one in found[extension][0] if not one.startswith("about_")] == list(records[0])


def test_an_empty_list_is_a_file_with_no_records(client):
    assert csv_rows(client, "/en/engagements.csv") == []
    assert xlsx_rows(client, "/en/engagements.xlsx") == []
    assert loaded(client, "/en/engagements.json")["records"] == []
    assert loaded(client, "/en/countries.geojson")["features"] == []
