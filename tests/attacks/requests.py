"""Requests that hypothesis makes up: methods, addresses, queries, headers and forms, right ones and wrong ones."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from urllib.parse import quote, quote_plus, unquote, urlencode, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.test.client import FakePayload
from hypothesis import strategies as st
from lxml import html

from tests.attacks.test_lookups import LOOKUPS, SQL

FORM = "application/x-www-form-urlencoded"
KNOWN = ["", "a", "1", "2", "en", "es", "PE", "pe", "BO", "africa", "A", "youth", "open-coop", "open-person", "open"]
KNOWN += ["2020", "2020-05-01", "workshop", "person", "engagement", "name", "-name", "most-used", "csv", "json", "on"]
HOSTILE = ["../../etc/passwd", "%2e%2e%2f", "\x00", "\ud800", "\ufeff", "\u202e", "İ", "ß", "e\u0301" * 20, "😀", "｀"]
HOSTILE += [
    "-1",
    "0",
    "9" * 19,
    "9" * 400,
    "1e9",
    "1" + "0" * 30,
    "NaN",
    "-Infinity",
    "0x10",
    "1_000",
    "٣",
    "²",
    "２０",
]
HOSTILE += ["<svg onload=x()>", "\"'><b>", "{{7*7}}", "${7*7}", "a\r\nSet-Cookie: x=1", "a" * 3000, "(" * 60, '"' * 9]
HOSTILE += ["0000-00-00", "9999-12-31", "10000-01-01", "2020-13-40", "24:61", "[]", "{}", "null", "true", "a,b,,c"]
HOSTILE += ["http://evil.example/", "//evil.example", "javascript:x()", "a.b.c.d.e.f", "__class__", "*", "%", "\\", "'"]
HOSTILE += [",", ".", *SQL]
NAMES = ["q", "country", "region", "programme", "profile", "organisation", "kind", "sector", "topic", "language"]
NAMES += ["status", "year_from", "year_to", "sort", "page", "type", "cursor", "page_size", "expand", "fields", "format"]
NAMES += ["preview", "next", "o", "p", "e", "all", "_popup", "_to_field", "_changelist_filters", "term", "app_label"]
NAMES += ["action", *LOOKUPS]
METHODS = ["HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get"]
HEADERS = {
    "HTTP_ACCEPT": ["text/html", "application/json", "*/*;q=x", "text/html;level=" + "9" * 99, "a", ""],
    "HTTP_ACCEPT_LANGUAGE": ["fr", "es;q=9,en;q=-1", "xx-" * 90, "*", "en;q=nan"],
    "HTTP_HX_REQUEST": ["true", "x"],
    "HTTP_HX_CURRENT_URL": ["http://[", "%ff", "//evil.example/"],
    "HTTP_HX_TARGET": ["results", "<b>"],
    "HTTP_IF_NONE_MATCH": ["*", '"a"', 'W/"', "a,,b"],
    "HTTP_IF_MODIFIED_SINCE": ["yesterday", "Mon, 99 Foo 99999 99:99:99 GMT", "Thu, 01 Jan 1970 00:00:00 GMT"],
    "HTTP_RANGE": ["bytes=0-0", "bytes=-", "bytes=9-1", "bytes=" + "0-1," * 99],
    "HTTP_HOST": ["testserver", "testserver:80", "localhost", "testserver.", "[", "a:b:c"],
    "HTTP_ORIGIN": ["null", "http://evil.example", "http://["],
    "HTTP_REFERER": ["http://evil.example/", "http://[", "\xff"],
    "HTTP_COOKIE": ["sessionid=x", "messages=[[]]", "csrftoken=\xff", "messages=a:b:c;;=", "language=xx"],
    "HTTP_X_FORWARDED_FOR": ["1.2.3.4, ::1", "' OR 1", "," * 99],
    "HTTP_X_FORWARDED_PROTO": ["https", "x"],
    "HTTP_X_REQUEST_ID": ["a" * 999, "\xff", "a b"],
    "HTTP_X_HTTP_METHOD_OVERRIDE": ["DELETE"],
    "HTTP_AUTHORIZATION": ["Basic x", "Bearer", "Bearer \xff"],
}
BODIES = [
    (FORM, b""),
    (FORM, b"a=%ff&b=\xff&=&&"),
    (FORM, b"&".join(b"a%d=1" % number for number in range(6000))),
    ("multipart/form-data", b"no boundary"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\nends in the mid"),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="\xff"; filename="../a"\r\n\r\n--x--',
    ),
    ("multipart/form-data; boundary=" + "x" * 300, b"--x--"),
    ("application/json", b"{"),
    ("application/json; charset=nonsense", b"[" * 5000),
    (FORM + "; charset=utf-7", b"a=+ADw-"),
    ("", b"\x00"),
]


@dataclass(frozen=True)
class Request:
    """`path` as it is before it is quoted; `query` as it is sent."""

    path: str
    query: str = ""
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = FORM
    content: bytes = b""

    def sent_by(self, client: Client) -> HttpResponse:
        """The answer. What fails in the portal is raised here, so that hypothesis tells faults from each other."""
        return client.request(
            REQUEST_METHOD=self.method,
            PATH_INFO=_raw(self.path),
            QUERY_STRING=self.query,
            CONTENT_TYPE=self.kind,
            CONTENT_LENGTH=str(len(self.content)),
            **{"wsgi.input": FakePayload(self.content)},
            **self.headers,
        )

    def words(self) -> str:
        """All that was sent, readable, for those who look for an echo."""
        sent = f"{self.path} {self.query} {self.content.decode(errors='replace')} {' '.join(self.headers.values())}"
        return f"{sent} {unquote(sent)}".casefold()


def _raw(text: str) -> str:
    """As a server hands an address to the program: its bytes as Latin-1 (PEP 3333)."""
    return text.encode(errors="surrogatepass").decode("latin-1")


def without(content: str, words: list[str]) -> str:
    """The `content` without echoes of what was sent, however it is written there."""
    for word in words:
        for written in {word, escape(word), quote(word), quote_plus(word)}:
            content = content.replace(written, "")
    return content


def values(more: list[str]) -> st.SearchStrategy[str]:
    """What is sent in fields and parameters: known, hostile, or anything."""
    chosen = [st.sampled_from(KNOWN), st.sampled_from(HOSTILE), st.sampled_from(more or KNOWN)]
    return st.one_of(*chosen, st.text(max_size=30), st.integers().map(str))


def _encoded(pairs: list[tuple[str, str]]) -> str:
    return urlencode(pairs, errors="surrogatepass")


def queries(more: list[str]) -> st.SearchStrategy[str]:
    name = st.one_of(st.sampled_from(NAMES), st.sampled_from(NAMES), st.text(max_size=10))
    pairs = st.lists(st.tuples(name, values(more)), max_size=5).map(_encoded)
    broken = st.sampled_from(
        ["%", "%ff=%fe", "q=%00", "&&==&", ";", "=", "q[]=1", "q=%ED%A0%80", "?" * 50, "page=1&" * 1100]
    )
    return st.one_of(pairs, pairs, pairs, broken)


@st.composite
def paths(draw, known: list[str], more: list[str]) -> str:
    """Mostly an address that there is; sometimes one with a part that is made up."""
    path = draw(st.sampled_from(known))
    if draw(st.integers(0, 4)):
        return path
    parts = path.split("/")
    parts[draw(st.integers(1, len(parts) - 1))] = draw(values(more)).replace("?", "")
    return "/".join(parts)


headers = st.dictionaries(st.sampled_from(sorted(HEADERS)), st.integers(0, 5), max_size=3).map(
    lambda chosen: {name: HEADERS[name][number % len(HEADERS[name])] for name, number in chosen.items()}
)


@st.composite
def reading(draw, known: list[str], more: list[str]) -> Request:
    """A page, a list, a file is asked for."""
    return Request(draw(paths(known, more)), draw(queries(more)), headers=draw(headers))


@st.composite
def writing(draw, known: list[str], more: list[str]) -> Request:
    """Something is sent, by whatever method, to whatever address."""
    kind, content = draw(
        st.one_of(
            st.sampled_from(BODIES),
            queries(more).map(lambda query: (FORM, query.encode())),
            st.binary(max_size=60).map(lambda content: ("multipart/form-data; boundary=x", content)),
        )
    )
    method = draw(st.sampled_from(METHODS))
    return Request(draw(paths(known, more)), draw(queries(more)), method, draw(headers), kind, content)


@dataclass(frozen=True)
class Form:
    """A form as a browser would send it; `buttons` are the fields of which only the one that is pressed is sent."""

    method: str
    path: str
    fields: tuple[tuple[str, str], ...]
    buttons: tuple[tuple[str, str], ...]


def forms_in(path: str, page: HttpResponse) -> Iterator[Form]:
    for form in html.fromstring(page.content).forms:
        action = urlsplit(form.action or path)
        buttons = form.xpath(".//input[@type='submit'][@name] | .//button[@name]")
        yield Form(
            form.method,
            action.path if action.path.startswith("/") else path,
            tuple((name, value or "") for name, value in form.form_values()),
            tuple((button.get("name"), button.get("value", "")) for button in buttons),
        )


@st.composite
def filled_in(draw, pages: list[str], forms_at: Callable[[str], list[Form]], more: list[str]) -> Request:
    """A form of one of the pages in which some fields say something else, are missing, or are there twice."""
    path = draw(st.sampled_from(pages))
    if not (forms := forms_at(path)):
        return Request(path)
    form = draw(st.sampled_from(forms))
    fields = list(form.fields)
    for _turn in range(draw(st.integers(1, 4)) if fields else 0):
        place = draw(st.integers(0, len(fields) - 1))
        name = fields[place][0]
        fields[place : place + 1] = [(name, value) for value in draw(st.lists(values(more), max_size=2))]
        if not fields:
            break
    if form.buttons:
        fields.append(draw(st.sampled_from(form.buttons)))
    sent = _encoded(fields)
    return Request(form.path, sent) if form.method == "GET" else Request(form.path, "", "POST", content=sent.encode())
