"""A portal that was restored from its data package shows the same as the portal that the package was written by."""

import re
from datetime import timedelta
from unittest import mock

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from engagements.models import Engagement
from organisations.models import Organisation
from search.rebuilding import rebuild
from tests.bundle.packages import contents, empty_the_portal, export, take_over
from tests.bundle.world import fill
from tests.factories import EngagementFactory
from tests.test_leaks import crawl

# Files of lists say when they were made.
NOW = timezone.now()


def everything_shown() -> dict[str, bytes | str]:
    """What every public address answers at one moment, uploaded files byte by byte."""
    with mock.patch("django.utils.timezone.now", return_value=NOW + timedelta(hours=1)):
        pages = dict(crawl(Client()))
        for address in pages:
            if address.startswith("/media/"):
                pages[address] = b"".join(Client().get(address).streaming_content)
    return {address: _timeless(content) for address, content in pages.items()}


def _timeless(content: bytes | str) -> bytes | str:
    if isinstance(content, str) and "<feed" in content and "<entry>" not in content:
        return re.sub("<updated>[^<]+</updated>", "", content)
    return content


@pytest.fixture
def restored(real_transactions, media, editor, tmp_path):
    """What the portal shows before and after it was emptied and restored, and both packages."""
    fill(editor)
    before = everything_shown()
    first = export(tmp_path / "first")
    empty_the_portal()
    told = take_over(first)
    return before, everything_shown(), first, export(tmp_path / "second"), told


def test_everything_is_as_it_was(restored):
    before, after, first, second, told = restored
    assert "Taken over" in told
    # The package is the same.
    assert contents(second) == contents(first)
    # So is every page and file.
    assert len(before) > 300
    assert set(after) == set(before)
    different = [address for address in before if before[address] != after[address]]
    assert different == []
    # The index is what it would be if it were made anew.
    assert sum(rebuild(only_check=True).values()) == 0
    # New records get new numbers.
    newest = max(Engagement.objects.values_list("pk", flat=True))
    assert EngagementFactory().pk > newest
    assert Organisation.objects.filter(status="published").count() == Organisation.objects.count()
    assert connection.vendor in ("sqlite", "postgresql")
