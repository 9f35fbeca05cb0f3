"""A made-up result of a run, as `bench.running` answers it."""

from bench.pages import JUDGED


def page(median: float) -> dict:
    return {
        "requests": 3,
        "median": median,
        "p95": median,
        "p99": median,
        "bytes": 9_000,
        "queries": 4,
        "sql": 1.0,
        "template": 2.0,
    }


def result() -> dict:
    return {
        "database": "sqlite",
        "sizes": {
            "10k": {"engagements": 10_000, "people": 200},
            "200k": {"engagements": 200_000, "people": 4_000},
            "1m": {"engagements": 1_000_000, "people": 20_000},
        },
        "judged_size": "200k",
        "cold": {
            "10k": {name: page(10) for name in [*JUDGED, "admin people"]},
            "200k": {name: page(20) for name in [*JUDGED, "admin people"]},
            "1m": {name: page(40) for name in [*JUDGED, "admin people"]},
        },
        "naive": {name: page(100) for name in JUDGED},
        "failed": {},
        "warm": {
            "home": {
                "floor": 1000.0, "page": 900.0, "page_ratio": 0.9, "not_modified": 800.0, "not_modified_ratio": 0.8,
                "bytes": 9_000, "latency": {"50": 1.0, "99": 3.0},
            },
            "person": {"floor": 1000.0, "page": 700.0, "page_ratio": 0.7, "bytes": 9_000, "latency": {}},
        },
        "visitors": {
            "visitors": 200,
            "portal": {"per_second": 500.0, "p50": 5.0, "p95": 9.0, "p99": 40.0, "errors": 1},
            "floor": {"per_second": 900.0, "p50": 2.0, "p95": 3.0, "p99": 4.0, "errors": 0},
            "p99_ratio": 10.0,
        },
        "memory": {
            "requests": 100_000, "growth_per_10k": 0.1,
            **{when: {"rss": 200.0, "pss": 149.0, "own": 100.0} for when in ("before", "most", "after")},
        },
    }  # fmt: skip
