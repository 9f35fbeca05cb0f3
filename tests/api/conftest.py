import pytest


@pytest.fixture(autouse=True)
def no_limit(settings):
    """Tests ask more often than one client may; those of the limit set one."""
    settings.API_RATE = "1000000/min"
