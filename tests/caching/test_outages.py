"""A store that fails fails no page."""

import logging
from unittest import mock

import pytest
from django.core.cache import caches
from django.test import Client

from caching import outages
from caching.backends.redis import ForgivingRedisCache
from caching.middleware import pages

NOWHERE = "redis://127.0.0.1:1/0"


def broken(*args, **kwargs):
    raise OSError("no space left on device")


@pytest.fixture
def browser(db, page_cache):
    return Client()


@pytest.mark.parametrize("method", ["get", "set", "add", "delete", "has_key"])
def test_a_store_that_fails_in_any_way_fails_no_page(browser, method, caplog):
    with mock.patch(f"caching.backends.files.PageFiles.{method}", broken):
        for _time in range(3):
            assert browser.get("/en/").status_code == 200
            pages().memory.clear()
            pages()._outage._paused_until = 0
    assert len([record for record in caplog.records if "does not answer" in record.message]) <= 1


def test_a_directory_that_cannot_be_written_fails_no_page(db, page_cache, settings, tmp_path, caplog):
    (tmp_path / "file").write_text("no directory")
    settings.CACHES = settings.CACHES | {"pages": settings.CACHES["pages"] | {"LOCATION": str(tmp_path / "file" / "x")}}
    browser = Client()
    first = browser.get("/en/")
    assert first.status_code == 200
    assert browser.get("/en/").content == first.content
    assert "does not answer" in caplog.text


def test_a_file_that_is_damaged_is_as_good_as_none(browser):
    first = browser.get("/en/")
    for path in caches["pages"]._list_cache_files():
        with open(path, "wb") as file:
            file.write(b"damaged")
    pages().memory.clear()
    assert browser.get("/en/").content == first.content


def test_without_redis_pages_and_counters_work_and_the_log_says_it_once(db, page_cache, settings, caplog):
    settings.API_RATE = "3/min"
    gone = {"BACKEND": "caching.backends.redis.ForgivingRedisCache", "LOCATION": NOWHERE}
    settings.CACHES = {"default": gone, "pages": gone}
    browser = Client()
    with mock.patch("caching.backends.redis._outage", outages.Outage("Redis")), caplog.at_level(logging.WARNING):
        for _time in range(5):
            assert browser.get("/en/").status_code == 200
            assert browser.get("/en/countries/").status_code == 200
            assert browser.get("/api/v1/topics/").status_code == 200
    assert caplog.text.count("does not answer") == 1


def test_redis_is_asked_again_after_a_pause():
    cache = ForgivingRedisCache(NOWHERE, {})
    outage = outages.Outage("Redis")
    with mock.patch("caching.backends.redis._outage", outage):
        with mock.patch("django.core.cache.backends.redis.RedisCache.get", broken):
            assert cache.get("a", "nothing") == "nothing"
        with mock.patch("django.core.cache.backends.redis.RedisCache.get", return_value="page"):
            assert cache.get("a") is None
            outage._paused_until = 0
            assert cache.get("a") == "page"
