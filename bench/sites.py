"""The sites of one run: the portal as people meet it, the portal without its page cache, the naive site, the floor."""

from bench.data.databases import DataSet
from bench.naive import NAME as NAIVE
from bench.servers import Server

FLOOR_PATH = "/"
PORTAL_SETTINGS = "bench.settings"


def portal(data_set: DataSet, port: int) -> Server:
    """As `make run` starts it, with every cache."""
    return Server(f"portal ({data_set.name})", port, "", PORTAL_SETTINGS, data_set.url)


def cold_portal(data_set: DataSet, port: int) -> Server:
    """Every page is made anew, and says what it asked of the database."""
    return Server(
        f"portal without page cache ({data_set.name})",
        port,
        "",
        PORTAL_SETTINGS,
        data_set.url,
        {"PAGE_CACHE": "0", "BENCH_TRACE": "1"},
    )


def naive(data_set: DataSet, port: int) -> Server:
    name, settings = f"naive site ({data_set.name})", "bench.naive.settings"
    return Server(name, port, "bench.wsgi", settings, data_set.url, clean_up=lambda: data_set.end_queries_of(NAIVE))


def floor(port: int) -> Server:
    return Server("floor", port, "bench.wsgi", "bench.floor.settings", "sqlite://:memory:")
