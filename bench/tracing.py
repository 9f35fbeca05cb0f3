"""What a page asks of the database, told in its headers: for the servers of the benchmark that answer cold pages."""

import json
import time
from contextlib import ExitStack

from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.template.backends.django import Template

# A request with this header gets, in place of the page, the queries that the page asks.
ASK_FOR_QUERIES = "X-Bench-Queries"
LONGEST_SHOWN = 2_000  # characters of a query


class Tracing:
    """Outermost middleware. `Server-Timing` tells milliseconds: `total`, `db` with the queries' number, `template`."""

    def __init__(self, get_response):
        self.get_response = get_response
        _time_templates()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        watch = _Watch()
        _Watch.now = watch
        began = time.perf_counter()
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(watch))
            response = self.get_response(request)
        total = time.perf_counter() - began
        if ASK_FOR_QUERIES in request.headers:
            return HttpResponse(json.dumps(watch.told()), content_type="application/json")
        response["Server-Timing"] = (
            f'total;dur={total * 1000:.3f}, db;dur={watch.database * 1000:.3f};desc="{len(watch.queries)}", '
            f"template;dur={watch.template * 1000:.3f}"
        )
        return response


class _Watch:
    """Sums up one request. A process of the benchmark's cold servers answers one at a time."""

    now: "_Watch | None" = None

    def __init__(self):
        self.queries: list[tuple[float, str]] = []
        self.database = self.template = 0.0

    def __call__(self, execute, sql, params, many, context):
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            took = time.perf_counter() - began
            self.database += took
            self.queries.append((took, sql))

    def told(self) -> list[dict]:
        slowest = sorted(self.queries, reverse=True)
        return [{"ms": round(took * 1000, 3), "sql": sql[:LONGEST_SHOWN]} for took, sql in slowest]


def _time_templates() -> None:
    """Let the outermost template of a page note its time, without that of the queries asked meanwhile."""
    if hasattr(Template, "rendered_untimed"):
        return
    Template.rendered_untimed = Template.render

    def render(self, context=None, request=None):
        watch = _Watch.now
        if watch is None or getattr(watch, "is_rendering", False):
            return self.rendered_untimed(context, request)
        watch.is_rendering = True
        began, asked = time.perf_counter(), watch.database
        try:
            return self.rendered_untimed(context, request)
        finally:
            watch.template += time.perf_counter() - began - (watch.database - asked)
            watch.is_rendering = False

    Template.render = render
