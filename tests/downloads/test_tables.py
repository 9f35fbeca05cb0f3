"""The columns of the files: names that stay, and what they mean."""

import re

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from downloads.tables import TABLES, documentation
from downloads.tables.base import Type

NAMES = {
    "engagements": (
        "id page title kind_code kind country_code country_alpha3 country region_code region latitude longitude "
        "start_date start_precision end_date end_precision activity_status_code activity_status programme_id "
        "programme_slug programme sector_code sector topic_slugs topics partner_ids partner_slugs partners staff_ids "
        "staff_slugs staff staff_role_codes staff_roles women_trained men_trained summary results source_url "
        "text_languages updated_on"
    ),
    "programmes": (
        "id page slug name kind_code kind aim audience duration delivery_mode_codes delivery_modes language_codes "
        "languages launch_year partner_ids partner_slugs partners topic_slugs topics sector_codes sectors sdg_numbers "
        "sdgs modules engagement_count country_codes countries source_url text_languages updated_on"
    ),
    "profiles": (
        "id page slug given_name family_name post_title office office_city office_country_code office_country "
        "language_codes languages topic_slugs topics engagement_count country_codes countries programme_slugs "
        "programmes summary is_example reuse_agreed text_languages updated_on"
    ),
    "organisations": (
        "id page slug name acronym kind_code kind country_code country_alpha3 country region_code region latitude "
        "longitude website description engagement_count text_languages updated_on"
    ),
    "countries": (
        "code alpha3 m49 page name region_code region latitude longitude subregion_code subregion engagement_count "
        "programme_count profile_count women_trained men_trained"
    ),
}


@pytest.mark.parametrize("name", NAMES)
def test_columns_keep_their_names_and_places(name):
    """Programs of others read them. A new column goes to the end; none is renamed."""
    assert [column.name for column in TABLES[name].columns] == NAMES[name].split()


def test_every_column_is_explained():
    for table in documentation():
        names = [column.name for column in table.columns]
        assert len(set(names)) == len(names)
        for column in table.columns:
            assert re.fullmatch(r"[a-z][a-z0-9_]*", column.name)
            assert column.type in Type
            assert str(column.description).endswith("."), column.name


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_the_documentation_shows_every_column(language):
    with translation.override(language):
        page = render_to_string("downloads/_columns.html", {"tables": documentation()})
    for table in documentation():
        assert f'id="columns-{table.name}"' in page
        for column in table.columns:
            assert f">{column.name}</code>" in page
