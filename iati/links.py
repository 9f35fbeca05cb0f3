"""Addresses of pages as IATI has them: `document-link`, of the code lists DocumentCategory and FileFormat."""

import re
from urllib.parse import quote, urlsplit, urlunsplit

from lxml.etree import SubElement, _Element

from iati.narratives import Texts, narrate

ACTIVITY_WEB_PAGE = "A12"

_NOT_AN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
# A name or an address of IPv4 or IPv6, and a port; nobody's name and password.
_HOST = re.compile(r"([^\s:@\[\]]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?")
# What may stand in each part beside letters, digits and escapes (RFC 3986, section 3).
_IN_HOST, _IN_PATH, _IN_QUERY = "!$&'()*+,;=:[]%", "!$&'()*+,;=:@/%", "!$&'()*+,;=:@/?%"


def add_document_link(activity: _Element, url: str, title: Texts, language: str = "") -> None:
    """A link to a web page about the activity; none where `url` cannot be written as an address of the web."""
    if not (address := web_address(url)):
        return
    is_pdf = urlsplit(address).path.lower().endswith(".pdf")
    link = SubElement(activity, "document-link", format="application/pdf" if is_pdf else "text/html", url=address)
    narrate(SubElement(link, "title"), title)
    SubElement(link, "category", code=ACTIVITY_WEB_PAGE)
    if language:
        SubElement(link, "language", code=language)


def web_address(text: str) -> str:
    """The address in `text` by RFC 3986, other characters escaped; "" where it is no address of the web."""
    try:
        scheme, host, *rest = urlsplit(text.strip())
    except ValueError:  # brackets that hold no address of IPv6
        return ""
    if scheme not in ("http", "https") or not _HOST.fullmatch(host):
        return ""
    host = _escaped(host, _IN_HOST)
    path, query, fragment = map(_escaped, rest, (_IN_PATH, _IN_QUERY, _IN_QUERY))
    return urlunsplit((scheme, host, path, query, fragment))


def _escaped(text: str, allowed: str) -> str:
    return quote(_NOT_AN_ESCAPE.sub("%25", text), safe=allowed, errors="replace")
