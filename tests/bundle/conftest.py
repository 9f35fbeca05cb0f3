import pytest

from search.indexing import together
from tests.bundle.world import fill


@pytest.fixture
def media(settings, tmp_path):
    """A folder of uploaded files that nothing else has written into."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
@together()
def world(db, media, editor):
    """A portal with records of every kind, in every state."""
    return fill(editor)
