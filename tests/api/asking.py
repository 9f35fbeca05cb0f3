"""Asks the API as a program does: addresses in, plain data out."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.test import Client

ROOT = "/api/v1/"
COLLECTIONS = ["profiles", "programmes", "engagements", "countries", "regions", "organisations", "topics", "sectors"]


def answer(path: str, **headers: str) -> dict:
    """The answer at the `path` below the API's root, which must be 200."""
    response = Client().get(path if path.startswith(("/", "http")) else ROOT + path, headers=headers)
    assert response.status_code == 200, (path, response.status_code, response.content[:500])
    return response.json()


def results(path: str) -> list[dict]:
    """The records on the one page of a list."""
    found = answer(path)
    assert found["next"] is None
    return found["results"]


def ids(path: str) -> list:
    return [record["id"] for record in results(path)]


def faults(path: str) -> dict[str, str]:
    """What is wrong with each parameter, of an address that must be refused."""
    response = Client().get(ROOT + path)
    assert response.status_code == 400, (path, response.status_code)
    assert response["Content-Type"] == "application/problem+json"
    return {fault["parameter"]: fault["detail"] for fault in response.json()["errors"]}


def local(address: str) -> str:
    """The path and query of an absolute address of the test server."""
    parts = urlsplit(address)
    assert parts.netloc == "testserver"
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def pages(path: str, way: str = "next") -> Iterator[dict]:
    """The page at `path` and all that follow it one `way`."""
    while path:
        page = answer(path)
        yield page
        path = page[way] and local(page[way])
