"""What the data package says of itself in plain words."""

from datetime import datetime

from django.conf import settings

from bundle.contents import TABLES
from opendata.licence import data_licence

README = "README.md"

TEXT = """\
# Public data of {publisher}

All that {publisher} shows to everybody{site}, as tables. Last change of the data: {changed}.

## What is here

- `datapackage.json` describes every table and column, as a data package (https://datapackage.org/). Programs that know
  such packages read types, keys and checksums from there.
- One CSV file for each table: UTF-8, commas, one line of column names, rows sorted by key.
- `files/` has the files that the tables name: {pictures}, and documents of programmes. `files.csv` lists them with
  their length and SHA-256 checksum.

| File | Rows are |
|---|---|
{tables}

## How to read it

- `id` is the number of a record. A column such as `programme` or `country` has the key of a row in another table.
- Texts are in up to three languages: `title_en`, `title_es`, `title_fr`. An empty one has not been translated; the
  portal shows the English text in its place.
- Moments are in UTC. Dates of engagements have a precision: the year 2018 is 2018-01-01 with the precision `year`.
- An empty cell is a value that is not known or not there. Where a text is known to be empty, the cell is `""`; most
  programs make no difference.
- **Spreadsheets**: texts are here exactly as in the portal. One that begins with `=`, `+`, `-` or `@` is taken for a
  formula by programs such as Excel. Import the files as text, or use the portal's own downloads for spreadsheets,
  which are made safe. Here they are not changed, because the package has to restore the portal without any difference.

## Licence

The data is under {licence} ({licence_url}). Name the source: {publisher}.

{rights}

## Make a portal of it

`python manage.py import_bundle DIRECTORY` in an empty installation of the portal's software restores all that is here.

The same data gives the same package, byte by byte. Nothing in it depends on the time at which it was made.
"""

ALL_PICTURES = """\
**Texts about a person** are part of that where `consent_scope` in `profiles.csv` is `reuse`. Where it is not, link to
the page instead of copying them.

**Pictures of people are not part of that.** In `files.csv`, `reuse` is `true` where the person agreed that the picture
may be used as open data. Where it is `false`, the picture is here only to show this portal again: do not publish or use
it in any other way. Names and words of people are personal data; use them fairly."""
REUSABLE_PICTURES = """\
**Texts about a person** are part of that where `consent_scope` in `profiles.csv` is `reuse`. Where it is not, link to
the page instead of copying them.

Pictures of people are here only where the person agreed that they may be used as open data. Names and words of people
are personal data; use them fairly."""


def readme(changed: datetime | None, reusable_only: bool) -> str:
    """The text for a package of data that was last changed then."""
    licence = data_licence()
    return TEXT.format(
        publisher=settings.PUBLISHER,
        site=f" at {settings.SITE_URL}" if settings.SITE_URL else "",
        changed=f"{changed:%Y-%m-%d}" if changed else "none",
        pictures="pictures of people who agreed to open data" if reusable_only else "pictures of people",
        tables="\n".join(f"| `{table.name}.csv` | {table.title}. {table.description} |" for table in TABLES),
        licence=licence.name,
        licence_url=licence.url,
        rights=REUSABLE_PICTURES if reusable_only else ALL_PICTURES,
    )
