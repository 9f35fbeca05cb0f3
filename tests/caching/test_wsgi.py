"""What is ready is answered in front of Django, exactly as Django would answer it."""

from wsgiref.util import setup_testing_defaults

import pytest
from django.core.wsgi import get_wsgi_application
from django.db.backends.base.base import BaseDatabaseWrapper

from caching.wsgi import ready_first
from tests.factories import EngagementFactory

pytestmark = pytest.mark.django_db


class Site:
    """The portal as a WSGI server sees it; `passed_on` are the requests that Django was asked for."""

    def __init__(self):
        django = get_wsgi_application()
        self.passed_on = 0

        def counted(environ, start_response):
            self.passed_on += 1
            return django(environ, start_response)

        self.application = ready_first(counted)

    def ask(self, path="/en/", **more) -> tuple[str, dict, bytes]:
        environ = {"PATH_INFO": path, "HTTP_HOST": "testserver", "SCRIPT_NAME": ""} | more
        setup_testing_defaults(environ)
        answer = []
        body = self.application(environ, lambda status, headers: answer.extend((status, dict(headers))))
        content = b"".join(body)
        if hasattr(body, "close"):
            body.close()
        return (*answer, content)


@pytest.fixture
def site(page_cache, monkeypatch):
    # Django would close the connection whose transaction the test is in, as at the end of any request.
    monkeypatch.setattr(BaseDatabaseWrapper, "close_if_unusable_or_obsolete", lambda connection: None)
    return Site()


def test_the_second_visitor_is_answered_without_django(site, django_assert_num_queries):
    EngagementFactory()
    first = site.ask("/en/engagements/")
    with django_assert_num_queries(1):
        assert site.ask("/en/engagements/") == first
    assert site.passed_on == 1


def test_what_is_not_ready_is_asked_the_version_of_only_once(site, django_assert_num_queries):
    site.ask("/en/accessibility/")
    with django_assert_num_queries(1):
        site.ask("/fr/accessibility/")
    assert site.passed_on == 2


def test_who_has_the_page_is_told_so(site, page_cache):
    etag = site.ask()[1]["ETag"]
    for _time in range(2):
        status, headers, content = site.ask(HTTP_IF_NONE_MATCH=etag)
        assert (status, headers["ETag"], content) == ("304 Not Modified", etag, b"")
        page_cache.memory.clear()
        page_cache._shared("clear")
    assert site.passed_on == 1


def test_head_is_answered_with_the_headers_alone(site):
    _status, headers, content = site.ask()
    assert site.ask(REQUEST_METHOD="HEAD") == ("200 OK", headers, b"")
    assert int(headers["Content-Length"]) == len(content)


@pytest.mark.parametrize(
    "asked",
    [
        {"HTTP_COOKIE": "sessionid=x"},
        {"HTTP_AUTHORIZATION": "Basic eDp5"},
        {"QUERY_STRING": "preview=x"},
        {"REQUEST_METHOD": "POST"},
        {"HTTP_HOST": "evil.example"},
        {"path": "/admin/"},
        {"path": "/api/v1/"},
    ],
)
def test_whom_it_may_concern_alone_django_answers(site, asked):
    site.ask()
    site.ask(**asked)
    assert site.passed_on == 2


def test_it_is_not_there_where_pages_are_not_kept(settings):
    settings.PAGE_CACHE = False
    application = get_wsgi_application()
    assert ready_first(application) is application
