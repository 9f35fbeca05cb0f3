import pytest

from tests.sheets.files import Importer


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    """Uploads of each test in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def importer(staff_client) -> Importer:
    """The editor at the import pages."""
    return Importer(staff_client)
