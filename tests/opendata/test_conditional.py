"""Who has an answer already is told so, and never wrongly."""

from datetime import timedelta
from unittest import mock

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from django.utils.translation import override

from opendata.conditional import conditional
from opendata.models import ContentVersion
from opendata.versions import bump

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def changed_an_hour_ago():
    bump()
    ContentVersion.objects.update(changed_at=timezone.now() - timedelta(hours=1))


def answer(view=None, path="/data/x", method="get", **headers):
    view = view or (lambda request: HttpResponse("facts"))
    return conditional(view)(getattr(RequestFactory(), method)(path, headers=headers))


def test_an_answer_says_which_version_it_is_and_must_be_asked_for_again():
    response = answer()
    assert response.headers["ETag"].startswith('W/"')
    assert response.headers["Last-Modified"]
    assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_who_has_the_answer_gets_304_and_the_view_does_not_run():
    first = answer()
    view = mock.Mock(return_value=HttpResponse("facts"))
    again = answer(view, **{"if-none-match": f'"other", {first.headers["ETag"]}'})
    assert again.status_code == 304
    assert again.headers["ETag"] == first.headers["ETag"]
    assert not view.called


@pytest.mark.parametrize("condition", ["if-none-match", "if-modified-since"])
def test_a_condition_that_names_no_answer_counts_where_there_is_one(condition):
    value = {"if-none-match": "*", "if-modified-since": answer().headers["Last-Modified"]}[condition]
    unchanged = answer(**{condition: value})
    assert unchanged.status_code == 304
    assert unchanged.content == b""
    missing = answer(mock.Mock(return_value=HttpResponse("nothing here", status=404)), **{condition: value})
    assert missing.status_code == 404


def test_a_change_makes_the_answer_another_one():
    first = answer()
    bump()
    assert answer(**{"if-none-match": first.headers["ETag"]}).status_code == 200
    assert answer(**{"if-modified-since": first.headers["Last-Modified"]}).status_code == 200


def test_within_the_second_of_a_change_no_date_is_given():
    moment = timezone.now().replace(microsecond=200_000)
    with mock.patch("django.utils.timezone.now", return_value=moment):
        bump()
    with mock.patch("django.utils.timezone.now", return_value=moment.replace(microsecond=500_000)):
        assert "Last-Modified" not in answer().headers
    with mock.patch("django.utils.timezone.now", return_value=moment + timedelta(seconds=1)):
        assert "Last-Modified" in answer().headers


@pytest.mark.parametrize(
    "other",
    [
        {"path": "/data/x?country=PE"},
        {"path": "/data/y"},
        {"accept": "text/html"},
        {"accept-language": "fr"},
    ],
)
def test_another_question_has_another_etag(other):
    assert answer(**other).headers["ETag"] != answer().headers["ETag"]


def test_another_language_has_another_etag():
    with override("es"):
        spanish = answer().headers["ETag"]
    assert spanish != answer().headers["ETag"]


def test_an_error_has_no_etag():
    response = answer(lambda request: HttpResponse("no", status=400))
    assert "ETag" not in response.headers


def test_what_is_no_reading_passes():
    assert answer(method="post").status_code == 200
    assert "ETag" not in answer(method="post").headers


def test_a_daily_answer_is_another_one_the_next_day():
    view = conditional(lambda request: HttpResponse("facts"), daily=True)
    request = RequestFactory().get("/data/x")
    today = view(request).headers["ETag"]
    with mock.patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(days=1)):
        assert view(request).headers["ETag"] != today
    assert view(request).headers["ETag"] == today
