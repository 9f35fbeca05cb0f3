"""Asks whether an address works. Only servers on the public internet are asked, unless a setting says otherwise.

Links are typed by people: one could lead this server to a machine behind its own firewall, or a name could stand for
such a machine. So the name is resolved once, and the connection goes to the very address that was looked at.
"""

import ipaddress
import socket
import ssl
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri

from desk.models import CheckedLink

Reason, Status = CheckedLink.Reason, CheckedLink.Status

TIMEOUT = 10  # seconds without a sign of life
AT_MOST = 30  # seconds for one answer, however lively
REDIRECTS = 5
# Addresses that stand for one of IPv4, which may be a private one: NAT64 and 6to4.
TRANSLATED = [ipaddress.ip_network("64:ff9b::/32"), ipaddress.ip_network("2002::/16")]
SERVERS_AT_ONCE = 4
PAUSE = 1.0  # seconds between two questions to the same server
AGENT = "Mozilla/5.0 (compatible; COOP-Portal link check)"
REDIRECTING = {301, 302, 303, 307, 308}
# Answers after which nobody needs to ask twice.
GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
# Answers that say nothing about the page: whoever is no browser, or asks too often, is turned away.
TURNED_AWAY = {401, 402, 403, 405, 406, 418, 429, 451, 999}


@dataclass(frozen=True)
class Answer:
    """How an address answered. `reason` is empty where it works; `is_certain` where asking again would not help."""

    url: str
    status: Status
    reason: str = ""
    http_status: int | None = None
    is_certain: bool = False


class NotPublicError(OSError):
    """The server is none of the public internet."""


class CircleError(Exception):
    """One address leads to the next without end."""


def check_all(urls: Iterable[str], pause: float = PAUSE) -> Iterator[Answer]:
    """Check the addresses: a few servers at a time, and each server one question after the other."""
    by_server = defaultdict(list)
    for url in urls:
        by_server[url.partition("://")[2].partition("/")[0].lower()].append(url)
    with ThreadPoolExecutor(SERVERS_AT_ONCE) as pool:
        for answers in pool.map(lambda server: _one_by_one(server, pause), by_server.values()):
            yield from answers


def _one_by_one(urls: list[str], pause: float) -> list[Answer]:
    answers = []
    for number, url in enumerate(urls):
        if number:
            time.sleep(pause)
        answers.append(check(url))
    return answers


def check(url: str) -> Answer:
    """Ask whether the address works."""
    try:
        status = _final_status(url)
    except NotPublicError:
        return Answer(url, Status.UNKNOWN, Reason.NOT_PUBLIC)
    except ssl.SSLCertVerificationError:
        return Answer(url, Status.BROKEN, Reason.CERTIFICATE)
    except socket.gaierror:
        return Answer(url, Status.BROKEN, Reason.NO_HOST)
    except TimeoutError:
        return Answer(url, Status.BROKEN, Reason.TIMEOUT)
    except CircleError:
        return Answer(url, Status.BROKEN, Reason.CIRCLE)
    except OSError:
        return Answer(url, Status.BROKEN, Reason.NO_CONNECTION)
    except HTTPException:
        return Answer(url, Status.BROKEN, Reason.NONSENSE)
    except ValueError:  # what urllib and the encodings say of half an address
        return Answer(url, Status.BROKEN, Reason.MALFORMED, is_certain=True)
    if status in TURNED_AWAY:
        return Answer(url, Status.UNKNOWN, Reason.ANSWER, status)
    if status >= HTTPStatus.BAD_REQUEST:
        return Answer(url, Status.BROKEN, Reason.ANSWER, status, is_certain=status in GONE)
    return Answer(url, Status.OK, http_status=status)


def _final_status(url: str) -> int:
    """The HTTP status of the head of the page; of the page itself where the server has no good answer to that."""
    try:
        status = _ask("HEAD", url)
    except (ConnectionError, HTTPException):
        return _ask("GET", url)
    return _ask("GET", url) if status >= HTTPStatus.BAD_REQUEST else status


def _ask(method: str, url: str) -> int:
    """The HTTP status at the end of all redirects. Raises OSError, HTTPException, ValueError, CircleError."""
    for _hop in range(REDIRECTS + 1):
        status, location = _ask_once(method, url)
        if status not in REDIRECTING or not location:
            return status
        url = urljoin(url, location)
    raise CircleError(url)


def _ask_once(method: str, url: str) -> tuple[int, str | None]:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(url)
    host = parts.hostname.encode("idna").decode()
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(host, parts.port, timeout=TIMEOUT)
    connection._create_connection = _connect  # http.client's own place for another way of connecting
    watch = threading.Timer(AT_MOST, _hang_up, [connection])
    watch.daemon = True
    watch.start()
    try:
        target = iri_to_uri(parts.path or "/") + (f"?{iri_to_uri(parts.query)}" if parts.query else "")
        connection.request(method, target, headers={"User-Agent": AGENT, "Accept": "*/*", "Connection": "close"})
        response = connection.getresponse()
        return response.status, response.headers.get("Location")
    finally:
        watch.cancel()
        connection.close()


def _connect(address: tuple[str, int], timeout: float, source_address=None) -> socket.socket:
    """Connect to the first address of the host that answers. Raises NotPublicError where one of them is not public."""
    host, port = address
    found = [info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not settings.CHECK_PRIVATE_LINKS and not all(map(_is_public, found)):
        raise NotPublicError(host)
    for number, ip in enumerate(found, start=1):
        try:
            return socket.create_connection((ip, port), timeout)
        except OSError:
            if number == len(found):
                raise
    raise OSError(host)


def _is_public(ip: str) -> bool:
    address = ipaddress.ip_address(ip.partition("%")[0])
    address = getattr(address, "ipv4_mapped", None) or address
    is_translated = any(address in network for network in TRANSLATED if network.version == address.version)
    return address.is_global and not address.is_multicast and not is_translated


def _hang_up(connection: HTTPConnection) -> None:
    """End a conversation that goes on for too long: whoever waits for its next word gets an OSError."""
    if connection.sock is not None:
        try:
            connection.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return
