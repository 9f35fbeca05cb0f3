"""Lists as files."""

import logging
from collections.abc import Iterator
from datetime import UTC
from itertools import chain

from django.conf import settings
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import View

from downloads import asking
from downloads.about import About
from downloads.formats import FORMATS
from downloads.tables import TABLES
from listing import strict
from opendata.broken_off import Sent
from opendata.conditional import conditional
from opendata.licence import data_licence

logger = logging.getLogger(__name__)

# The pages of the lists, by the names of their tables.
PAGES = {
    "engagements": "engagements:list",
    "programmes": "programmes:list",
    "profiles": "profiles:list",
    "countries": "engagements:countries",
}


class ListDownloadView(View):
    """A list under the filters of the address, all of it, in one format."""

    http_method_names = ["get", "head", "options"]

    @method_decorator(conditional(daily=True))  # the name of the file holds the day
    def get(self, request, name: str, extension: str):
        if name not in TABLES or extension not in FORMATS:
            raise Http404
        site = settings.SITE_URL or request.build_absolute_uri("/").removesuffix("/")
        self.table, self.format = TABLES[name](site), FORMATS[extension]
        filterset = self.table.filterset_class(request.GET, queryset=self.table.records())
        if faults := strict.faults(filterset):
            return self.refused(faults)
        about = self.about(filterset)
        headers = self.headers(about)
        if request.method == "HEAD":
            return StreamingHttpResponse(headers=headers)  # unlike others it names no length, which nobody knows
        chunks = self.table.chunks(filterset.qs)
        # What the database refuses it refuses now, while there is no half of a file.
        first = next(chunks, None)
        pieces = self.format.pieces(chain([first] if first else [], chunks), about)
        return StreamingHttpResponse(Sent(in_language(about.language, pieces), chunks), headers=headers)

    def about(self, filterset) -> About:
        query = asking.query(filterset)
        page = PAGES.get(self.table.name)
        return About(
            table=self.table,
            filters=asking.filters(filterset),
            at=timezone.now().astimezone(UTC),
            source=self.table.site + self.request.path + query,
            page=f"{self.table.site}{reverse(page)}{query}" if page else "",
            language=translation.get_language(),
            licence=data_licence(),
        )

    def headers(self, about: About) -> dict[str, str]:
        name = f"{self.table.name}-{timezone.localdate().isoformat()}.{self.format.extension}"
        links = [f'<{about.licence.url}>; rel="license"']
        if columns := columns_page(self.table.name):
            links.append(f'<{self.table.site}{columns}>; rel="describedby"; type="text/html"')
        return {
            "Content-Type": self.format.content_type,
            "Content-Disposition": f'attachment; filename="{name}"',
            "Link": ", ".join(links),
            # The pages are what search engines should lead to.
            "X-Robots-Tag": "noindex",
        }

    def refused(self, faults: list[strict.Fault]) -> HttpResponse:
        """Says what is wrong with the address: as a page to browsers, in plain text to programs."""
        if self.request.get_preferred_type(["text/plain", "text/html"]) == "text/html":
            context = {"faults": faults, "noindex": True, "list_page": PAGES.get(self.table.name)}
            response = render(self.request, "downloads/refused.html", context, status=400)
        else:
            lines = [_("The file was not made: something in its address is not understood."), *map(str, faults)]
            response = HttpResponse("\n".join(lines) + "\n", status=400, content_type="text/plain; charset=utf-8")
        patch_vary_headers(response, ["Accept"])
        return response


def columns_page(name: str) -> str:
    """The address of the page that tells what the columns of the table `name` mean; "" where there is no such page."""
    try:
        return f"{reverse('data')}#columns-{name}"
    except NoReverseMatch:
        return ""


def in_language(language: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The `pieces`, each made in the language of the request, which has left this thread by then.

    What breaks off is logged, and the connection is broken off too: half a file must not look whole.
    """
    while True:
        with translation.override(language):
            try:
                piece = next(pieces, None)
            except Exception:
                logger.exception("A download broke off")
                raise
        if piece is None:
            return
        yield piece
