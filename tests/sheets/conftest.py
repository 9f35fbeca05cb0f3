import pytest
from django.conf import settings

from tests.sheets.files import Importer


@pytest.fixture(autouse=True)
def own_media(tmp_path):
    """Uploads of each test in a folder of its own."""
    settings.MEDIA_ROOT, before = tmp_path, settings.MEDIA_ROOT
    yield tmp_path
    settings.MEDIA_ROOT = before


@pytest.fixture
def importer(staff_client) -> Importer:
    """The editor at the import pages."""
    return Importer(staff_client)
