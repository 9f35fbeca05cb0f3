import pytest


@pytest.fixture
def real_transactions(transactional_db):
    """A database whose transactions other threads see."""
