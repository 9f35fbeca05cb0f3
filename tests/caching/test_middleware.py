"""Anonymous visitors get the page that was made for the first of them, and nobody gets another's."""

import gzip
from unittest import mock

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from caching.middleware import PageCache
from opendata.models import ContentVersion
from opendata.versions import bump
from tests.factories import EngagementFactory, ProfileFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("page_cache")]

FRAGMENT = {"hx-request": "true", "hx-target": "results"}


def asked_of(view, path="/en/", method="get", **headers):
    """What the middleware around `view` answers."""
    return PageCache(view)(getattr(RequestFactory(), method)(path, headers=headers))


def answering(text="page", **headers):
    """A view that counts how often it was asked."""
    return mock.Mock(side_effect=lambda request: HttpResponse(text, headers=headers))


@pytest.mark.parametrize("path", ["/en/engagements/", "/sitemap.xml", "/robots.txt", "/en/planned.ics", "/en/feed/"])
def test_a_page_is_made_once_and_a_hit_costs_one_query(client, path, django_assert_num_queries):
    EngagementFactory()
    first = client.get(path)
    with django_assert_num_queries(1):
        again = client.get(path)
    assert again.content == first.content
    assert dict(again.items()) == dict(first.items())
    assert {"Content-Security-Policy", "X-Content-Type-Options", "ETag", "Content-Language"} <= set(again.headers)
    assert again.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Cookie" in again.headers["Vary"]
    assert not again.cookies


def test_a_record_is_a_page_like_others(client, django_assert_num_queries):
    address = ProfileFactory().get_absolute_url()
    first = client.get(address)
    with django_assert_num_queries(1):
        assert client.get(address).content == first.content


@pytest.mark.parametrize("is_kept", [True, False])
def test_who_has_the_page_is_told_so_for_one_query(client, page_cache, is_kept, django_assert_num_queries):
    first = client.get("/en/engagements/")
    if not is_kept:
        page_cache.memory.clear()
        page_cache._shared("clear")
    with django_assert_num_queries(1):
        again = client.get("/en/engagements/", headers={"if-none-match": f'"x", {first.headers["ETag"]}'})
    assert again.status_code == 304
    assert again.content == b""
    for name in ("ETag", "Cache-Control"):
        assert again.headers[name] == first.headers[name]
    assert {name.strip() for name in again.headers["Vary"].split(",")} == {
        name.strip() for name in first.headers["Vary"].split(",")
    }


def test_the_date_of_the_last_change_is_a_condition_too(client):
    bump()
    ContentVersion.objects.update(changed_at="2020-01-01T12:00:00Z")
    for _time in range(2):  # made, and kept
        first = client.get("/en/")
        condition = {"if-modified-since": first.headers["Last-Modified"]}
        assert client.get("/en/", headers=condition).status_code == 304
        assert client.get("/en/", headers=condition | {"if-none-match": '"x"'}).status_code == 200
        assert client.get("/en/", headers={"if-modified-since": "Wed, 01 Jan 2020 12:00:00 GMT"}).status_code == 200


def test_a_condition_never_decides_what_is_kept():
    view = answering(ETag='"inner"')
    assert asked_of(view, **{"if-none-match": '"inner"'}).status_code == 200
    assert asked_of(view, **{"if-none-match": "*"}).status_code == 304
    assert asked_of(view).content == b"page"
    assert view.call_count == 1


def test_compressed_and_plain_pages_are_kept_apart(client):
    EngagementFactory()
    for _time in range(2):
        packed = client.get("/en/", headers={"accept-encoding": "gzip"})
        plain = client.get("/en/")
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Content-Encoding" not in plain.headers
        assert gzip.decompress(packed.content) == plain.content


def test_a_fragment_is_never_taken_for_the_page_nor_the_page_for_it(client, django_assert_num_queries):
    EngagementFactory()
    for _time in range(2):
        fragment, page = client.get("/en/engagements/", headers=FRAGMENT), client.get("/en/engagements/")
        assert b"<html" not in fragment.content
        assert b"<html" in page.content
        assert "no-store" in fragment.headers["Cache-Control"]
        assert "ETag" not in fragment.headers
    with django_assert_num_queries(1):
        client.get("/en/engagements/", headers=FRAGMENT)
    restored = client.get("/en/engagements/", headers=FRAGMENT | {"hx-history-restore-request": "true"})
    assert b"<html" in restored.content
    disguised = {"hx-request": "true", "hx-target": "re%73ults"}
    client.get("/en/engagements/", headers=disguised | {"hx-target-uri-autoencoded": "true"})
    assert b"<html" in client.get("/en/engagements/", headers=disguised).content


def test_an_answer_without_content_is_not_kept_as_the_page():
    view = answering()
    assert asked_of(view, method="head").headers["ETag"] == asked_of(view).headers["ETag"]
    assert view.call_count == 2
    assert asked_of(view).content == b"page"
    assert asked_of(view, method="head").headers["ETag"]
    assert view.call_count == 2


@pytest.mark.parametrize(
    "made",
    [
        {"Vary": "User-Agent"},
        {"Vary": "*"},
        {"Vary": "Accept-Language"},
        {"Set-Cookie": "a=b"},
        {"Cache-Control": "private"},
        {"Cache-Control": "no-store"},
    ],
)
def test_what_depends_on_more_than_the_key_is_not_kept(made):
    view = answering(**made)
    for _time in range(2):
        assert asked_of(view).headers.get("ETag") is None
    assert view.call_count == 2


def test_where_the_path_has_no_language_the_header_is_part_of_the_question():
    view = answering(Vary="Accept-Language")
    for language in ("en", "fr", "en", "fr"):
        asked_of(view, "/sitemap.xml", **{"accept-language": language})
    assert view.call_count == 2


@pytest.mark.parametrize("status", [404, 410, 302, 301, 500])
def test_only_pages_are_kept_and_caches_ask_for_what_is_none(status):
    view = mock.Mock(side_effect=lambda request: HttpResponse("none", status=status))
    for _time in range(2):
        assert asked_of(view).headers["Cache-Control"] == "no-cache"
    assert view.call_count == 2


def test_a_page_that_comes_is_there_at_once(client):
    assert client.get("/en/profiles/new/").status_code == 404
    ProfileFactory(slug="new")
    assert client.get("/en/profiles/new/").status_code == 200


def test_a_wrong_host_gets_no_page_and_leaves_none(client, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    for _time in range(2):
        assert client.get("/en/", headers={"host": "evil.example"}).status_code == 400
        assert client.get("/en/").status_code == 200


def test_no_header_that_is_not_believed_shows_in_a_page(client):
    evil = {"x-forwarded-host": "evil.example", "x-forwarded-proto": "https", "x-original-url": "/en/evil/"}
    for headers in (evil, {}):
        assert b"evil" not in client.get("/en/programmes/", headers=headers).content
        assert b"https://testserver" not in client.get("/en/programmes/", headers=headers).content


def test_plain_http_is_sent_to_https_also_where_the_page_is_kept(settings):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 60
    browser = Client()
    for _time in range(2):
        secure = browser.get("/en/", secure=True)
        assert secure.status_code == 200
        assert secure.headers["Strict-Transport-Security"]
        assert browser.get("/en/").status_code == 301
        condition = {"if-none-match": secure.headers["ETag"]}
        assert browser.get("/en/", headers=condition).status_code == 301


def test_filters_in_another_order_and_with_other_values_are_other_pages(client):
    EngagementFactory(country_id="PE", title_en="In Peru")
    EngagementFactory(country_id="BO", title_en="In Bolivia")
    for _time in range(2):
        assert b"In Bolivia" not in client.get("/en/engagements/?country=PE").content
        assert b"In Peru" not in client.get("/en/engagements/?country=BO").content
        for both in ("?country=PE&country=BO", "?country=BO&country=PE"):
            content = client.get("/en/engagements/" + both).content
            assert b"In Peru" in content
            assert b"In Bolivia" in content


def test_downloads_and_the_api_are_asked_each_time(client, page_cache):
    for address in ("/en/engagements.csv", "/api/v1/engagements/", "/healthz"):
        for _time in range(2):
            assert client.get(address).status_code == 200
    assert len(page_cache.memory) == 0
