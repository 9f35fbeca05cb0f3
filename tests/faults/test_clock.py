"""The machine's clock goes back an hour, or forward a day, between two requests."""

import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from unittest import mock

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from publishing.models import Version
from tests.factories import EngagementFactory, ProfileFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
HOUR, DAY = 3600, 86_400
JUMPS = pytest.mark.parametrize("seconds", [-HOUR, DAY], ids=["back an hour", "forward a day"])
PUBLIC = ["/en/", "/en/programmes/", "/en/engagements/", "/en/search/?q=typed", "/en/countries/pe/", "/sitemap.xml"]
PUBLIC += ["/en/feed/", "/en/planned.ics", "/en/engagements.csv", "/api/v1/programmes/", "/data/programmes.csv"]


class Clock:
    """What time it is for the portal: that of the machine at the beginning of the test, and what has passed since."""

    def __init__(self):
        self.moment = time.time()

    def go(self, seconds: float) -> None:
        self.moment += seconds

    def time(self) -> float:
        return self.moment

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.moment, UTC)


@pytest.fixture
def clock():
    clock = Clock()
    with mock.patch("time.time", clock.time), mock.patch("django.utils.timezone.now", clock.now):
        yield clock


@pytest.fixture
def visitor(page_cache) -> Client:
    return Client()


def test_a_change_after_the_clock_went_back_reaches_who_has_the_older_page(clock, visitor):
    programme = ProgrammeFactory(name_en="Before")
    clock.go(10)
    had = visitor.get(programme.get_absolute_url())
    conditions = {"If-Modified-Since": had.headers["Last-Modified"]}, {"If-None-Match": had.headers["ETag"]}
    assert [visitor.get(programme.get_absolute_url(), headers=each).status_code for each in conditions] == [304, 304]
    clock.go(-HOUR)
    programme.name_en = "After"
    programme.save()
    for seconds in (0, 10, HOUR - 30, 60):
        clock.go(seconds)
        for headers in ({}, *conditions):
            answer = visitor.get(programme.get_absolute_url(), headers=headers)
            assert answer.status_code == 200, (seconds, headers)
            assert "After" in answer.content.decode()
            told = answer.headers.get("Last-Modified")
            assert told is None or parsedate_to_datetime(told) <= clock.now()


@pytest.mark.parametrize("indexed", [False, True])
def test_what_was_scheduled_comes_again_after_the_clock_went_back(clock, visitor, indexed):
    scheduled = EngagementFactory(publish_at=clock.now() + timedelta(minutes=30), title_en="Typed")
    places = [scheduled.get_absolute_url(), "/en/engagements/"]

    def are_shown() -> list[bool]:
        answers = [visitor.get(place) for place in places]
        assert {answer.status_code for answer in answers} <= {200, 404}
        return ["Typed" in answer.content.decode() for answer in answers]

    assert are_shown() == [False, False]
    clock.go(HOUR)
    assert are_shown() == [True, True]
    if indexed:
        call_command("publish_due", verbosity=0)
        assert are_shown() == [True, True]
    clock.go(-HOUR)
    assert are_shown() == [False, False]
    clock.go(HOUR / 2 + 1)
    assert are_shown() == [True, True]


@JUMPS
def test_pages_answer_and_the_admin_too(clock, visitor, staff_client, seconds):
    profile, programme = ProfileFactory(), ProgrammeFactory(name_en="Typed")
    EngagementFactory(programme=programme, title_en="Typed")
    Version.keep(programme, None)
    admin = [reverse("admin:index"), reverse("admin:profiles_profile_change", args=[profile.pk])]
    admin += [reverse("admin:programmes_programme_changelist"), f"/admin/programmes/programme/{programme.pk}/history/"]
    for _time in range(2):
        for path in PUBLIC:
            answer = visitor.get(path)
            assert answer.status_code == 200, path
            told = answer.headers.get("Last-Modified")
            assert told is None or parsedate_to_datetime(told) <= clock.now(), path
        statuses = {path: staff_client.get(path).status_code for path in admin}
        # A session ends by the clock; nothing else does.
        ended = _time and seconds > 0
        assert set(statuses.values()) == {302 if ended else 200}, statuses
        clock.go(seconds)


@JUMPS
def test_the_limit_of_the_api_lets_everybody_in_again_within_its_window(clock, client, settings, seconds):
    settings.API_RATE = "3/min"
    caches["default"].clear()

    def ask() -> int:
        answer = client.get("/api/v1/topics/")
        left = int(answer.headers["RateLimit"].rpartition("t=")[2])
        assert 0 < left <= 60
        assert answer.status_code in (200, 429)
        if answer.status_code == 429:
            assert 0 < int(answer.headers["Retry-After"]) <= 60
        return answer.status_code

    assert [ask() for _number in range(4)] == [200, 200, 200, 429]
    clock.go(seconds)
    ask()
    clock.go(60)
    assert ask() == 200
    clock.go(-seconds)
    clock.go(60)
    assert ask() == 200
