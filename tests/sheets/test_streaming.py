"""The page of an import reaches the reader piece by piece, while the work goes on."""

import socket
from urllib.parse import urlsplit

from organisations.models import Organisation
from tests.sheets.files import WAIT, as_csv, hold

ROWS = [{"slug": f"union-{n}", "name_en": f"Union {n}", "kind": "federation"} for n in range(1100)]


def test_the_first_pieces_arrive_before_the_work_is_over(live_server, importer, monkeypatch):
    go_on = hold(monkeypatch)
    location = importer.upload(Organisation, as_csv(ROWS))["Location"]
    cookie = importer.client.cookies["sessionid"].value
    server = urlsplit(live_server.url)
    with socket.create_connection((server.hostname, server.port), timeout=WAIT) as connection:
        connection.sendall(
            f"GET {location} HTTP/1.1\r\nHost: {server.netloc}\r\nCookie: sessionid={cookie}\r\n"
            "Accept-Encoding: gzip\r\nConnection: close\r\n\r\n".encode()
        )
        received = b""
        while b"500 of 1,100 rows checked" not in received:
            piece = connection.recv(65536)
            assert piece, received.decode()
            received += piece
        assert b"1,000 of 1,100 rows checked" not in received
        assert b"sheet-result" not in received
        go_on.set()
        while piece := connection.recv(65536):
            received += piece
    assert b"1,100 of 1,100 rows checked" in received
    assert b"Import 1,100 rows" in received
