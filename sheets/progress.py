"""A page that is written while the work is done, so that one sees how far it is; it needs no JavaScript."""

import logging
from collections.abc import Iterator
from contextlib import closing

from django.http import HttpRequest, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils import translation

logger = logging.getLogger(__name__)

# Where in the page the work's pieces go.
_HERE = "<!-- work -->"


def streamed(request: HttpRequest, context: dict, work: Iterator[str]) -> StreamingHttpResponse:
    """The page around `work`, a generator of pieces of HTML that is closed when the reader goes away.

    An error that it raises is logged, and said on the page; the work has to undo by itself what it had begun.
    """
    page = render_to_string("sheets/working.html", {**context, "here": _HERE}, request)
    beginning, end = page.split(_HERE)
    content = _pieces(beginning, work, end, translation.get_language())
    # Proxies and our own compression pass each piece on as it comes.
    headers = {"X-Accel-Buffering": "no", "Cache-Control": "no-store"}
    return StreamingHttpResponse(content, headers=headers)


def line(text: str, done: int, total: int | None) -> str:
    """A line that says how far the work is; it hides those before."""
    return render_to_string("sheets/_progress.html", {"text": text, "done": done, "total": total and max(total, done)})


def _pieces(beginning: str, work: Iterator[str], end: str, language: str) -> Iterator[str]:
    with closing(work):
        yield beginning
        while (piece := _next(work, language)) is not None:
            yield piece
        yield end


def _next(work: Iterator[str], language: str) -> str | None:
    """The next piece, in the language of the request, which has left this thread by now."""
    with translation.override(language):
        try:
            return next(work, None)
        except Exception:
            logger.exception("An import broke off")
            work.close()
            return render_to_string("sheets/_stopped.html", {"broken": True})
