"""Where the time of a page goes: slowest queries; what SQL, templates and other Python take; slowest functions."""

import cProfile
import io
import json
import pstats
from contextlib import closing
from importlib import import_module
from wsgiref.util import setup_testing_defaults

from bench.data.databases import DataSet, inside
from bench.data.recipe import ROOT
from bench.driving import Visitor, WrongAnswerError
from bench.pages import Page
from bench.servers import Server, production_command
from bench.tracing import ASK_FOR_QUERIES

_SLOWEST = 5
_REQUESTS = 300
_FUNCTIONS = 12


def queries_of(page: Page, server: Server, headers: dict[str, str]) -> dict:
    """Milliseconds by part, and the slowest queries, of a page of a server that traces."""
    for _ in range(4):
        answer = Visitor(server.port).ask_for_page(page.path, page.must_hold, headers)
    timing = answer.timing
    queries = json.loads(Visitor(server.port).ask(page.path, headers | {ASK_FOR_QUERIES: "1"}).body)
    return {
        "split": {
            "sql": round(timing["db"], 1),
            "template": round(timing["template"], 1),
            "other": round(timing["total"] - timing["db"] - timing["template"], 1),
        },
        "queries": int(timing["queries"]),
        "slowest": queries[:_SLOWEST],
    }


def functions_of(path: str, data_set: DataSet) -> list[str]:
    """The functions in which a process that answers the same page again and again is for longest."""
    return json.loads(inside(data_set.url, "bench_profile", path))


def profile(path: str) -> list[str]:
    """Profile this process while it answers `path`, as the production server would have it do."""
    module = import_module(production_command("", 0)[1].partition(":")[0])
    for _ in range(3):
        _ask(module.application, path)
    profiler = cProfile.Profile()
    profiler.enable()
    for _ in range(_REQUESTS):
        _ask(module.application, path)
    profiler.disable()
    functions = pstats.Stats(profiler).stats.items()
    rows = sorted(((values[2], function) for function, values in functions), reverse=True)
    total = sum(seconds for seconds, _function in rows)
    return [
        f"{seconds / total:6.1%}  {file.removeprefix(f'{ROOT}/').split('site-packages/')[-1]}:{line} {name}"
        for seconds, (file, line, name) in rows[:_FUNCTIONS]
    ]


def _ask(application, path: str) -> None:
    address, _, query = path.partition("?")
    environ: dict = {}
    setup_testing_defaults(environ)
    environ |= {
        "PATH_INFO": address,
        "QUERY_STRING": query,
        "HTTP_ACCEPT_ENCODING": "gzip",
        "HTTP_HOST": "127.0.0.1",
        "wsgi.input": io.BytesIO(),
    }
    statuses: list[str] = []
    with closing(application(environ, lambda status, *rest: statuses.append(status))) as answer:
        b"".join(answer)
    if not statuses[0].startswith("200"):
        raise WrongAnswerError(f"{path}: {statuses[0]}")
