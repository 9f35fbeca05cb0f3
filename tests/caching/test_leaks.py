"""What becomes hidden is in no page that is kept for visitors: the walk of `tests.test_leaks` over kept pages."""

import pytest
from django.test import Client

from engagements.models import Engagement
from tests.factories import FAR_AHEAD, LONG_AGO
from tests.test_leaks import SECRET, both_worlds, crawl, words_in

pytestmark = pytest.mark.django_db


def test_what_becomes_hidden_is_gone_from_pages_that_are_kept(page_cache):
    browser, (public, _hidden) = Client(), both_worlds()
    hidden = [*Engagement.objects.filter(publish_at=FAR_AHEAD), *Engagement.objects.filter(status="archived")]
    for record in hidden:
        Engagement.objects.filter(pk=record.pk).update(status="published", publish_at=LONG_AGO)
        record.refresh_from_db()
        record.save()
    words = tuple(f"{SECRET}{state}" for state in ("scheduled", "archived"))
    showing = [address for address, content in crawl(browser) if any(word in content for word in words)]
    assert {"/en/countries/is/", "/fr/engagements/", public["programme"].get_absolute_url()} <= set(showing)
    for record in hidden:
        record.status = "archived"
        record.save()
    for address in showing:
        response = browser.get(address, follow=True)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert response.status_code in (200, 404), address
        # A page that says that nothing is there repeats the address that was asked for.
        assert response.status_code == 404 or not any(word in words_in(body) for word in words), address
