"""Every answer says the number of its request, and no other's."""

import re

import pytest

pytestmark = pytest.mark.django_db
NEW = re.compile(r"[0-9a-f]{32}")
GIVEN = "0123456789abcdef-Given_by"


def test_every_answer_has_a_number_of_its_own(new_site):
    ask = new_site()
    numbers = [ask(path).headers["X-Request-ID"] for path in ("/healthz", "/healthz", "/en/", "/nothing", "/media/x")]
    assert all(NEW.fullmatch(number) for number in numbers)
    assert len(set(numbers)) == 5


def test_a_page_that_is_kept_is_sent_under_each_visitors_own_number(new_site, page_cache, settings):
    settings.BEHIND_PROXY = True
    ask = new_site()
    first = ask("/en/accessibility/", HTTP_X_REQUEST_ID=GIVEN)
    second = ask("/en/accessibility/")
    unchanged = ask("/en/accessibility/", HTTP_IF_NONE_MATCH=second.headers["ETag"])
    assert first.body == second.body
    assert unchanged.status.startswith("304")
    assert first.headers["X-Request-ID"] == GIVEN
    assert NEW.fullmatch(second.headers["X-Request-ID"])
    assert NEW.fullmatch(unchanged.headers["X-Request-ID"])
    assert second.headers["X-Request-ID"] != unchanged.headers["X-Request-ID"]


def test_the_number_is_no_part_of_a_page_that_is_kept(new_site, page_cache):
    ask = new_site()
    ask("/en/accessibility/")
    kept = [page for _stamp, page in page_cache.memory._pages.values()]
    assert kept
    assert all("X-Request-ID" not in dict(page.headers) for page in kept)


def test_a_visitor_without_a_proxy_gives_no_number(new_site):
    assert new_site()("/healthz", HTTP_X_REQUEST_ID=GIVEN).headers["X-Request-ID"] != GIVEN


@pytest.mark.parametrize("number", ["short", "x" * 65, "with blanks in it", "<script>alert</script>", 'a"b"c"d"e"'])
def test_what_is_no_number_is_not_taken(new_site, settings, number):
    settings.BEHIND_PROXY = True
    assert NEW.fullmatch(new_site()("/healthz", HTTP_X_REQUEST_ID=number).headers["X-Request-ID"])
