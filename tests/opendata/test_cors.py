"""Pages of other sites may read open data, with conditional requests, and nothing else; no cookie goes with it."""

import pytest

pytestmark = pytest.mark.django_db

ELSEWHERE = {"origin": "https://charts.example.org"}
OPEN = [
    "/api/v1/engagements/",
    "/api/v1/nowhere/",
    "/en/engagements.csv",
    "/es/programmes.geojson?country=PE",
    "/data/bundle.zip",
    "/data/iati-activities.xml",
    "/en/planned.ics",
    "/fr/countries/pe/planned.ics",
]
CLOSED = ["/en/", "/en/engagements/", "/en/data/", "/admin/login/", "/readyz", "/en/search/?q=a.csv"]


@pytest.mark.parametrize("address", OPEN)
def test_other_sites_may_read_open_data(client, address):
    response = client.get(address, headers=ELSEWHERE)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers
    exposed = response.headers["Access-Control-Expose-Headers"]
    assert {"ETag", "RateLimit", "Link", "Content-Disposition"} <= set(exposed.split(", "))


@pytest.mark.parametrize("address", CLOSED)
def test_other_sites_may_read_nothing_else(client, address):
    assert "Access-Control-Allow-Origin" not in client.get(address, headers=ELSEWHERE).headers


def test_a_browser_that_asks_first_may_send_conditional_requests_and_only_read(client):
    asked = {
        "access-control-request-method": "GET",
        "access-control-request-headers": "if-none-match,accept-language",
    }
    response = client.options("/api/v1/engagements/", headers=ELSEWHERE | asked)
    assert response.status_code == 200
    assert {"GET", "HEAD"} <= set(response.headers["Access-Control-Allow-Methods"].split(", "))
    assert "POST" not in response.headers["Access-Control-Allow-Methods"]
    assert {"if-none-match", "if-modified-since"} <= set(response.headers["Access-Control-Allow-Headers"].split(", "))
