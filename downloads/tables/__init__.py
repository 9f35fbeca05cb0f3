"""The tables that can be downloaded, one a list of the portal."""

from downloads.tables.base import Table
from downloads.tables.countries import CountryTable
from downloads.tables.engagements import EngagementTable
from downloads.tables.organisations import OrganisationTable
from downloads.tables.profiles import ProfileTable
from downloads.tables.programmes import ProgrammeTable

TABLES: dict[str, type[Table]] = {
    table.name: table for table in (EngagementTable, ProgrammeTable, ProfileTable, OrganisationTable, CountryTable)
}


def documentation() -> tuple[Table, ...]:
    """What the columns mean: every table with its `name`, `title`, `description` and `columns`, in the language of
    the moment. `templates/downloads/_columns.html` shows them.
    """
    return tuple(table(site="") for table in TABLES.values())
