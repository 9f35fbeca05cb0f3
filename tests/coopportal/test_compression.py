"""Pages travel compressed; pictures, which are compressed already, as they are."""

import pytest
from django.core.files.base import ContentFile

from tests.factories import ProfileFactory

pytestmark = pytest.mark.django_db


def test_a_page_is_compressed_for_who_can_read_it(client):
    assert client.get("/en/", headers={"accept-encoding": "gzip"})["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get("/en/").headers


def test_a_picture_keeps_its_length(client):
    profile = ProfileFactory()
    profile.portrait.save("portrait.webp", ContentFile(b"x" * 5000))
    response = client.get(profile.portrait.url, headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in response.headers
    assert response["Content-Length"] == "5000"
