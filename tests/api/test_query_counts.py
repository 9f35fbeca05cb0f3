"""The queries of an answer do not grow with its rows: as many at 50 records of everything as at one."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from codelists.models import Topic
from profiles.consent import ConsentScope
from tests.api.asking import COLLECTIONS, ROOT
from tests.factories import EngagementFactory, OrganisationFactory, ProfileFactory, ProgrammeFactory
from tests.test_query_counts import grow, grow_to_fifty

pytestmark = pytest.mark.django_db

PATHS = [
    "",
    *(f"{name}/?page_size=100" for name in COLLECTIONS),
    *(f"{name}/facets/" for name in ("profiles", "programmes", "engagements", "organisations")),
    "engagements/{engagement}/",
    "programmes/{programme}/",
    "profiles/{profile}/",
    "organisations/{organisation}/",
    "countries/PE/",
    "topics/{topic}/",
    "engagements/{engagement}/?expand=country.region,programme.partners,partners.country,staff.profile,topics,sector",
    "engagements/?page_size=100&expand=country.region,programme.countries,partners.country,staff.profile,topics,sector",
    "engagements/?page_size=100&country=PE&programme=hub&organisation=hub&topic=youth&year_from=2000&q=work&sort=country",
    "engagements/?page_size=100&fields=id,title,country.name",
    "engagements/facets/?country=PE&programme=hub&topic=youth",
    "programmes/{programme}/?expand=partners.country,topics,sectors,countries.region",
    "programmes/?page_size=100&expand=partners.country,topics,sectors,countries.region&sort=most-used",
    "profiles/{profile}/?expand=office.country,topics,education.organisation,positions.countries,interviews,"
    "engagements.engagement",
    "profiles/?page_size=100&expand=office.country,topics,education.organisation,positions.countries,interviews,"
    "engagements.engagement",
    "organisations/?page_size=100&expand=country.region&country=PE&lang=es",
    "search/?q=training+workshop+person+federation&page_size=100",
    "search/?q=workshop&type=engagement&country=PE&page_size=100",
    "search/?q=conversation&type=interview&page_size=100",
]
# As it is, and with everything expanded: one query a relation, and one for what has come due.
MOST, MOST_EXPANDED = 18, 43


def queries(path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        response = Client().get(ROOT + path)
    assert response.status_code == 200, (path, response.content)
    return len(captured)


def test_no_answer_asks_more_queries_for_fifty_records_than_for_one():
    hub = {
        "organisation": OrganisationFactory(slug="hub"),
        "profile": ProfileFactory(slug="hub", consent_scope=ConsentScope.REUSE),
        "programme": ProgrammeFactory(slug="hub"),
        "engagement": EngagementFactory(slug="hub"),
        "topic": Topic.objects.get(slug="youth"),
        "series": None,
    }
    paths = [path.format(**{name: record and record.pk for name, record in hub.items()}) for path in PATHS]
    grow(hub, 0)
    [queries(path) for path in paths]
    at_one = {path: queries(path) for path in paths}
    grow_to_fifty(hub)
    at_fifty = {path: queries(path) for path in paths}
    for path, number in at_one.items():
        # A search asks once more for the best where more match than are wanted, after asking PostgreSQL how frequent
        # they are.
        more = (1 if connection.vendor == "sqlite" else 2) if path.startswith("search/") else 0
        assert 0 <= at_fifty[path] - number <= more, path
    for path, number in at_one.items():
        assert number <= (MOST_EXPANDED if "expand" in path else MOST), path


def test_what_is_not_sent_is_not_asked_for():
    EngagementFactory(programme=ProgrammeFactory())
    of_any_answer = queries("")
    due = 1  # lists of engagements ask which have come due since they were counted
    assert queries("engagements/?fields=id,title,start") - of_any_answer - due == 1
    assert queries("engagements/?fields=id,country.name") - of_any_answer - due == 2
    # The list and its numbers each ask it.
    assert queries("programmes/?fields=id,country_count") - of_any_answer - 2 * due == 1
    # Relations of an expanded record that are not sent are not asked for either.
    assert queries("engagements/?expand=programme&fields=programme.name") - of_any_answer - due == 2
