"""What Prometheus reads: for who has the token, of views and not of addresses, of what is public."""

from itertools import count

import pytest
from django.db import OperationalError
from prometheus_client.parser import text_string_to_metric_families

from engagements.models import Engagement
from monitoring import published
from monitoring.metrics import count_failures
from organisations.models import Organisation
from profiles.models import Interview, Profile
from programmes.models import Programme
from tests.factories import EngagementFactory, InterviewFactory, OrganisationFactory, ProfileFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
KINDS = (Engagement, Programme, Organisation, Profile, Interview)
TOKEN = "a-token-of-this-test"
HEADER = {"HTTP_AUTHORIZATION": f"Bearer {TOKEN}"}


@pytest.fixture
def site(new_site, settings):
    settings.METRICS_TOKEN = TOKEN
    return new_site()


def read(site) -> dict[tuple, float]:
    """The samples, by name and sorted labels."""
    answer = site("/metrics", **HEADER)
    assert answer.status.startswith("200")
    assert "no-store" in answer.headers["Cache-Control"]
    families = text_string_to_metric_families(answer.body.decode())
    return {(each.name, *sorted(each.labels.items())): each.value for family in families for each in family.samples}


def number(samples: dict, name: str, **labels: str) -> float:
    return samples.get((name, *sorted(labels.items())), 0)


def grown(site, doing, name: str, **labels: str) -> float:
    """By how much a number grew while something was done: the process keeps those of other tests."""
    before = number(read(site), name, **labels)
    doing()
    return number(read(site), name, **labels) - before


def test_without_a_token_there_is_no_such_page(client):
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize("given", ["", "Bearer ", "Bearer wrong", TOKEN, f"Basic {TOKEN}", "Bearer naïve"])
def test_whoever_has_not_the_token_is_told_nothing(site, given):
    answer = site("/metrics", HTTP_AUTHORIZATION=given)
    assert answer.status.startswith("401")
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert b"portal_" not in answer.body


def test_answers_are_counted_by_view_method_and_kind_of_status(site):
    page = {"view": "accessibility", "method": "GET", "status": "2xx"}
    asked = lambda: [site("/en/accessibility/"), site("/es/accessibility/")]  # noqa: E731
    assert grown(site, asked, "portal_request_seconds_count", **page) == 2
    none = {"view": "none", "method": "other", "status": "4xx"}
    wrong = lambda: site("/nothing/there", REQUEST_METHOD="BREW")  # noqa: E731
    assert grown(site, wrong, "portal_request_seconds_count", **none) == 1


def test_no_address_makes_a_label_of_its_own(site):
    site("/nothing/0")
    before = set(read(site))
    for other in range(1, 30):
        site(f"/nothing/{other}")
        site(f"/en/profiles/nobody-{other}/", QUERY_STRING=f"preview={other}")
    labels = {label for sample in set(read(site)) - before for label in sample[1:]}
    assert {value for name, value in labels if name == "view"} <= {"profiles:detail"}


def test_kept_pages_are_told_from_those_that_had_to_be_made(new_site, settings, page_cache):
    settings.METRICS_TOKEN = TOKEN
    site = new_site()
    visit = lambda: site("/en/accessibility/")  # noqa: E731
    samples = {("portal_pages_total", "made"): [], ("portal_pages_total", "kept"): []}
    for (name, where), numbers in samples.items():
        page_cache.memory._pages.clear() if where == "made" else None
        numbers.append(grown(site, visit, name, **{"from": where}))
    assert list(samples.values()) == [[1], [1]]


def test_a_database_that_fails_is_counted(site, monkeypatch):
    count_failures()

    def fails(*args, **kwargs):
        raise OperationalError("gone")

    monkeypatch.setattr("coopportal.views.Scope", fails)
    failed = lambda: site("/en/")  # noqa: E731
    assert grown(site, failed, "portal_failures_total", kind="database") == 1
    assert grown(site, failed, "portal_request_seconds_count", view="home", method="GET", status="5xx") == 1


def test_records_are_counted_that_the_public_finds(site):
    hidden = [{"draft": True}, {"in_review": True}, {"scheduled": True}, {"archived": True}]
    for factory in (EngagementFactory, ProgrammeFactory, OrganisationFactory, ProfileFactory, InterviewFactory):
        for state in hidden:
            factory(**state)
    shown = ProfileFactory()
    InterviewFactory(profile=ProfileFactory(draft=True))
    InterviewFactory(profile=shown)
    EngagementFactory(programme=ProgrammeFactory(draft=True))
    samples = read(site)
    found = {sample[1][1]: value for sample, value in samples.items() if sample[0] == "portal_published_records"}
    assert found == {kind.__name__.lower(): kind.objects.published().count() for kind in KINDS}
    assert {"engagement": 1, "programme": 0, "interview": 1}.items() <= found.items()
    assert number(samples, "portal_database_up") == 1


def test_without_a_database_there_are_metrics_all_the_same(site, monkeypatch):
    answers = count()

    def fails(model):
        if next(answers):
            raise OperationalError("gone")
        return 1

    monkeypatch.setattr(published, "_number", fails)
    samples = read(site)
    assert number(samples, "portal_database_up") == 0
    assert [sample for sample in samples if sample[0] == "portal_published_records"] == []
