"""Addresses are read as UTF-8, whatever a request says of itself."""

import pytest

from tests.factories import EngagementFactory
from tests.pages import names

pytestmark = pytest.mark.django_db

# Half of a character, as UTF-7 writes it.
HALF = "%2B2AA-"


@pytest.mark.parametrize("path", ["profiles", "programmes", "engagements", "gaps", "search", "search/suggestions"])
@pytest.mark.parametrize("charset", ["utf-7", "unicode_escape", "no-such-charset"])
def test_no_set_of_characters_breaks_a_page(client, path, charset):
    address = f"/en/{path}/?q={HALF}&country={HALF}&programme={HALF}&region={HALF}&type={HALF}&page={HALF}&sort={HALF}"
    assert client.get(address, CONTENT_TYPE=f"text/plain; charset={charset}").status_code == 200


def test_what_a_request_says_of_its_characters_changes_no_result(client):
    EngagementFactory(title_en="Educación")
    EngagementFactory(title_en="Training")
    response = client.get("/en/engagements/?q=educaci%C3%B3n", CONTENT_TYPE="text/plain; charset=iso-8859-1")
    assert names(response) == ["Educación"]
