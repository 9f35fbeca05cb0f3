"""What a file says about itself: what it holds, under which filters, from when and where, and under what licence."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from downloads.asking import Filter
from downloads.tables import Table
from opendata.licence import Licence


@dataclass(frozen=True)
class About:
    """The facts about a download.

    `source` is the address of the file, `page` that of the same list for people, or "". `at` is in UTC.
    """

    table: Table
    filters: list[Filter]
    at: datetime
    source: str
    page: str
    language: str
    licence: Licence

    @property
    def publisher(self) -> str:
        return settings.PUBLISHER

    @property
    def retrieved(self) -> str:
        """The moment by RFC 3339, to the second."""
        return self.at.strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def filters_in_words(self) -> str:
        return "; ".join(str(one) for one in self.filters) or _("none")

    @property
    def licence_in_words(self) -> str:
        return f"{self.licence.name} ({self.licence.url})"

    def as_dict(self) -> dict:
        return {
            "title": str(self.table.title),
            "description": str(self.table.description),
            "publisher": self.publisher,
            "language": self.language,
            "filters": [
                {
                    "parameter": one.parameter,
                    "label": one.label,
                    "values": [{"value": value, "label": label} for value, label in one.values],
                }
                for one in self.filters
            ],
            "retrieved": self.retrieved,
            "source": self.source,
            "page": self.page or None,
            "licence": {"name": self.licence.name, "url": self.licence.url},
            "columns": [
                {
                    "name": column.name,
                    "type": column.type.value,
                    "several": column.several,
                    "description": str(column.description),
                }
                for column in self.table.columns
            ],
        }
