"""Nothing is changed by a request that another site made a browser send (CSRF), at any address."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from rest_framework.views import APIView

from tests.attacks import addresses
from tests.attacks.answers import body

pytestmark = pytest.mark.same_on_every_database

UNSAFE = ("post", "put", "patch", "delete")
# Nothing to forge: they answer nothing but reading.
REFUSES_THE_METHOD, IS_NOWHERE = 405, 404


@pytest.fixture(scope="module")
def answered(sample_content) -> dict[tuple[str, str], int]:
    """The status of what every address answers to an editor whose browser has no token, by method and address."""
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    browser.force_login(User.objects.create_superuser("forged"))
    found = {}
    for address in addresses.every():
        for method in UNSAFE:
            response = getattr(browser, method)(address.path, headers={"origin": "https://evil.example"})
            body(response)
            found[method, address.path] = response.status_code
    assert browser.get("/admin/").status_code == 200  # still signed in
    return found


def test_every_address_refuses_it(answered):
    assert len(answered) > 800
    assert {
        asked: status for asked, status in answered.items() if status not in (403, REFUSES_THE_METHOD, IS_NOWHERE)
    } == {}
    assert sum(status == 403 for status in answered.values()) > 700


def test_only_the_api_which_changes_nothing_is_not_checked(sample_content):
    exempt = [address for address in addresses.every() if getattr(address.callback, "csrf_exempt", False)]
    assert exempt
    for address in exempt:
        assert issubclass(address.callback.cls, APIView), address.view
        methods = {name for name in UNSAFE if hasattr(address.callback.cls, name)}
        assert not methods, address.view
        assert not address.callback.cls.authentication_classes, address.view
