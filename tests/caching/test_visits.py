"""Which requests are for pages that are the same for everybody, and which are the same question."""

import pytest
from django.test import RequestFactory

from caching.visits import LONGEST, Visit, is_for_page, is_personal

PAGES = ["/en/", "/fr/engagements/", "/en/programmes/my-coop/", "/es/engagements/12-a_b/", "/en/search/suggestions/"]
PAGES += ["/en/feed/", "/en/countries/pe/planned.ics", "/robots.txt", "/sitemap.xml", "/sitemap-profiles.xml"]
OTHERS = ["/", "/admin/", "/admin/login/", "/api/v1/", "/api/v1/programmes/", "/media/portraits/a.webp", "/healthz"]
OTHERS += ["/readyz", "/en/engagements.csv", "/fr/profiles.json", "/data/bundle.zip", "/data/iati-activities.xml"]
OTHERS += ["/static/css/base.css", "/de/", "/en", "/en/\n", "/en/engagements/é/", "/en/../admin/", "/xx/sitemap.xml"]


def environ(path="/en/", method="get", **headers) -> dict:
    return getattr(RequestFactory(), method)(path, headers=headers).META


@pytest.mark.parametrize("path", PAGES)
def test_pages_feeds_and_calendars_are_for_everybody(path):
    for method in ("get", "head"):
        assert is_for_page(environ(path, method))
    assert not is_for_page(environ(path, "post"))


@pytest.mark.parametrize("path", OTHERS)
def test_all_else_is_not_looked_at(path):
    assert not is_for_page(environ() | {"PATH_INFO": path})


@pytest.mark.parametrize(
    "asked",
    [
        {"cookie": "sessionid=x"},
        {"cookie": "a=b; sessionid=x"},
        {"authorization": "Basic eDp5"},
        {"path": "/en/?preview=x"},
        {"path": "/en/?q=a&preview"},
        {"path": "/en/?pre%76iew=x"},
        {"path": "/en/?draft"},
        {"path": "/en/?%64raft="},
        {"path": "/en/?preview=x" + "&a=b" * 1500},
    ],
)
def test_what_may_be_for_one_visitor_is_personal(asked):
    assert is_personal(environ(**asked))


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"cookie": "_ga=1; csrftoken=x; language=fr"},
        {"path": "/en/search/?q=preview"},
        {"path": "/en/?q=draft"},
    ],
)
def test_other_visitors_are_all_alike(asked):
    assert not is_personal(environ(**asked))


QUESTIONS = [
    {},
    {"path": "/es/"},
    {"path": "/en/?a=1&b=2"},
    {"path": "/en/?b=2&a=1"},
    {"host": "other.example"},
    {"accept-encoding": "gzip, br"},
    {"hx-request": "true"},
    {"hx-request": "true", "hx-target": "results"},
    {"hx-request": "true", "hx-target": "results", "hx-history-restore-request": "true"},
    {"path": "/robots.txt"},
    {"path": "/robots.txt", "accept-language": "fr"},
    {"path": "/robots.txt", "cookie": "language=fr"},
]


@pytest.mark.django_db
def test_other_questions_have_other_keys_and_other_etags():
    visits = [Visit.of(environ(**asked)) for asked in QUESTIONS]
    assert len({visit.key for visit in visits}) == len({visit.etag for visit in visits}) == len(QUESTIONS)


@pytest.mark.django_db
def test_what_no_page_depends_on_makes_no_other_question():
    same = [
        {"accept-language": "fr", "user-agent": "x", "accept": "text/plain", "referer": "https://a.example/"},
        {"cookie": "_ga=2", "x-forwarded-host": "evil.example", "x-forwarded-for": "192.0.2.1", "save-data": "on"},
        {"x-forwarded-proto": "https", "x-forwarded-port": "444", "hx-current-url": "https://a.example/"},
    ]
    assert {Visit.of(environ(**asked)).key for asked in same} == {Visit.of(environ()).key}


@pytest.mark.django_db
def test_a_proxy_that_is_believed_tells_by_which_scheme_the_visitor_came(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    keys = [Visit.of(environ(**asked)).key for asked in ({}, {"x-forwarded-proto": "https"})]
    keys.append(Visit.of(environ() | {"wsgi.url_scheme": "https"}).key)
    assert keys[0] != keys[1] == keys[2]


@pytest.mark.parametrize(
    "asked",
    [
        {"range": "bytes=0-1"},
        {"origin": "https://a.example"},
        {"if-match": "*"},
        {"hx-request": "true", "hx-target": "re%73ults", "hx-target-uri-autoencoded": "true"},
        {"path": "/en/?q=" + "a" * LONGEST},
        {"hx-target": "a" * LONGEST},
        {"path": "/robots.txt", "accept-language": "a" * LONGEST},
    ],
)
def test_unusual_and_very_long_questions_have_no_key(asked):
    assert Visit.of(environ(**asked)) is None
