"""Reading a page as its reader would: the words, links and form fields of an answer."""

from html.parser import HTMLParser

from django.http import HttpResponse


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.words: list[str] = []
        self.addresses: list[str] = []
        self.in_script = False

    def handle_data(self, data):
        if not self.in_script:
            self.words.append(data)

    def handle_endtag(self, tag):
        if tag == "script":
            self.in_script = False

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.in_script = tag == "script"
        if tag in ("a", "area", "link", "form") and (address := attrs.get("href") or attrs.get("action")):
            self.addresses.append(address)
        if tag in ("img", "script", "source") and (address := attrs.get("src")):
            self.addresses.append(address)
        for candidate in attrs.get("srcset", "").split(","):
            self.addresses += candidate.split()[:1]


def _read(response: HttpResponse) -> _Reader:
    reader = _Reader()
    reader.feed(response.content.decode())
    return reader


def text(response: HttpResponse) -> str:
    """The words of the page, with single spaces."""
    return " ".join(" ".join(_read(response).words).split())


def addresses(response: HttpResponse) -> list[str]:
    """Where the page leads: links, forms, pictures in every size, styles."""
    return _read(response).addresses


def names(response: HttpResponse) -> list[str]:
    """The records of a list page, in order."""
    return [str(record) for record in response.context["page_obj"].object_list]


def facet(response: HttpResponse, name: str) -> dict[str, int]:
    """The values that the facet `name` of a list page offers, with their numbers of results."""
    for facet in response.context["filterset"].facets:
        if facet.name == name:
            return {option.label: option.count for option in facet.options}
    return {}
