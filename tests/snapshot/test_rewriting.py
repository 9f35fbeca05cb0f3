"""Links in pages are turned, and nothing else is touched."""

import pytest

from snapshot.rewriting import links_of, turned_html

PAGE = """<!doctype html><html lang="en"><head><meta name="htmx-config" content='{"a": "<a href=/x>"}'>
<link rel="canonical" href="https://portal.example.org/en/"><link rel="stylesheet" href="/static/a.css">
<script type="application/ld+json">{"url": "/no-link", "text": "\\u003Ca href=\\u0022/no\\u0022\\u003E"}</script></head>
<body><a class="x" title='it "is" > a title' href="/en/?a=1&amp;b=2" data-href="/not-a-link">One</a>
<a title="a > b" href="/in-a-title">Two</a><p>href="/words" &lt;a href="/escaped"&gt;</p>
<picture><source srcset="/m/a.96.avif 96w, /m/a.192.avif 192w" type="image/avif">
<img src="/m/a.webp" alt="src"></picture>
<svg><image href="/static/land.svg"/><a href="/en/countries/pe/"><title>Peru</title></a></svg></body></html>
"""
LINKS = ["https://portal.example.org/en/", "/static/a.css", "/en/?a=1&b=2", "/in-a-title"]
LINKS += ["/m/a.96.avif", "/m/a.192.avif", "/m/a.webp", "/static/land.svg", "/en/countries/pe/"]


def test_every_link_is_found_as_it_is_meant():
    assert list(links_of(PAGE, "text/html")) == LINKS


def test_a_page_whose_links_stay_is_the_same_to_the_letter():
    assert turned_html(PAGE, lambda link: link) == PAGE


def test_only_links_are_turned():
    turned = turned_html(PAGE, lambda link: f"/new?a=1&link={LINKS.index(link)}" if link.startswith("/") else link)
    back = turned
    for number, link in enumerate(LINKS):
        back = back.replace(f"/new?a=1&amp;link={number}", link.replace("&", "&amp;"))
    assert "/new?a=1&link" not in turned
    assert back == PAGE
    assert turned.count("/new") == len(LINKS) - 1


@pytest.mark.parametrize(
    ("text", "media_type", "links"),
    [
        ('a{background:url("../a.svg")} b{background:url(b.png)}', "text/css", ["../a.svg", "b.png"]),
        ("<url><loc>https://a.example/?a=1&amp;b=2</loc></url>", "application/xml", ["https://a.example/?a=1&b=2"]),
        ('{"icons": [{"src": "/static/a.png"}]}', "application/manifest+json", ["/static/a.png"]),
        ('<a href="/x">', "application/atom+xml", []),
    ],
)
def test_links_of_other_texts(text, media_type, links):
    assert list(links_of(text, media_type)) == links
