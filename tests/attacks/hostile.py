"""Texts that would be markup, if a page forgot that they are text; and how one sees that it did."""

import re
from collections.abc import Iterator
from html import unescape

from bs4 import BeautifulSoup, Tag
from django.apps import apps
from django.db import models
from django.http import HttpResponse

from richtext.fields import RichTextField
from tests.attacks.answers import body

# Tables of the database's own, and what has no words of people: codes, keys, what follows from other records.
OTHERS = {"contenttypes", "sessions", "otp_totp", "otp_static", "search", "opendata", "sample", "codelists.subregion"}
OTHERS |= {"engagements.counted"}
WITHOUT_WORDS = {
    *("slug", "code", "alpha3", "m49", "digest", "token", "password", "object_id", "scope_key", "codename", "path"),
    *(
        "session_hash",
        "kind",
        "language",
        "key",
        "country",
        "region",
        "status",
        "sector",
        "change_message",
        "ip_address",
    ),
}
SHORTEST = 16  # characters: there is no room for markup in less
MARK = re.compile(r"q(\d+)z")


def fields() -> Iterator[models.Field]:
    """Every field in which people, or programs that visit, leave words. A new one is among them by itself."""
    for model in apps.get_models():
        if model._meta.proxy or {model._meta.app_label, model._meta.label_lower} & OTHERS:
            continue
        columns = {field.name for field in model._meta.concrete_fields}
        # Of a translated text the columns of the languages.
        yield from (
            each for each in model._meta.concrete_fields if _has_words(each) and f"{each.name}_en" not in columns
        )


def _has_words(field: models.Field) -> bool:
    is_text = isinstance(field, models.CharField | models.TextField) and not isinstance(field, models.URLField)
    has_room = field.max_length is None or field.max_length >= SHORTEST
    return is_text and has_room and not (field.choices or field.primary_key or field.name in WITHOUT_WORDS)


def attack(field: models.Field, number: int, record: int | str) -> str:
    """A text for the field of a `record` that would run as a script, with a mark by which it is known again."""
    mark = f"q{number}z"
    if isinstance(field, RichTextField):
        return (
            f'<p onclick="x()">{mark}<img src=x onerror=x()></p><script>x()</script><svg onload=x()></svg>'
            f'<p><a href="javascript:x()">link</a> {mark}</p>'
        )
    text = f"{mark}{record}\"'></title></textarea></script><img src=x onerror=x({number})>{{{{7*7}}}}"
    fits = field.max_length is None or len(text) <= field.max_length
    return text if fits else f'{mark}{record}"><b onx=1>'[: field.max_length]


def marks(response: HttpResponse) -> set[int]:
    """The numbers of the attacks whose words are in the answer."""
    return {int(number) for number in MARK.findall(body(response).decode(errors="replace"))}


def _runs(tag: Tag) -> bool:
    handlers = [name for name in tag.attrs if name.lower().startswith("on")]
    addresses = [str(tag.get(name, "")) for name in ("href", "src", "action", "formaction", "xlink:href", "data")]
    is_inline = (
        tag.name == "script"
        and not tag.get("src")
        and tag.get("type") not in ("application/ld+json", "application/json")
    )
    leads_to_script = any(re.match(r"[\s\x00-\x20]*(javascript|vbscript|data:text)", each, re.I) for each in addresses)
    return bool(handlers) or leads_to_script or is_inline or tag.name in ("iframe", "object", "embed", "base")


def running(html: str) -> list[str]:
    """What would run in the page, as a browser reads it."""
    return [str(tag)[:200] for tag in BeautifulSoup(html, "html.parser").find_all(_runs)]


def running_in(response: HttpResponse) -> list[str]:
    """What would run in a page; in a feed, in what readers take from it as HTML (RFC 4287, 3.1.1)."""
    kind, text = response.headers.get("Content-Type", ""), body(response).decode(errors="replace")
    if kind.startswith("text/html"):
        return running(text)
    parts = re.findall(r'type="html"[^>]*>(.*?)</', text, re.S) if "atom" in kind else []
    return [found for part in parts for found in running(unescape(part))]
