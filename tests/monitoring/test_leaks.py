"""What is measured tells nothing of records that are not public."""

import pytest

from tests.test_leaks import SECRET, both_worlds

pytestmark = pytest.mark.django_db


def test_metrics_count_only_what_is_public(client, settings):
    settings.METRICS_TOKEN = "a-token-of-this-test"

    def published() -> list[str]:
        said = client.get("/metrics", headers={"Authorization": f"Bearer {settings.METRICS_TOKEN}"}).content.decode()
        assert SECRET not in said.casefold()
        return [line for line in said.splitlines() if line.startswith("portal_published_records")]

    public, _hidden = both_worlds()
    counted = published()
    assert len(counted) == 5
    for kind in ("organisation", "programme", "profile", "engagement"):
        number = type(public[kind]).objects.published().count()
        assert f'portal_published_records{{kind="{kind}"}} {number}.0' in counted
