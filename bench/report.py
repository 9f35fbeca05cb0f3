"""The result for people: tables of plain text. The numbers are those of the JSON file."""

from collections.abc import Iterable, Sequence

from bench.data.recipe import size_of

_MET = {True: "met", False: "MISSED", None: "not measured"}


def table(head: Sequence[str], rows: Iterable[Sequence]) -> str:
    """Columns with spaces between them: the first one flush left, the others right."""
    lines = [list(map(str, head)), *([_cell(value) for value in row] for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]

    def written(line: list[str]) -> str:
        first, *others = (
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        return "  ".join([first, *others]).rstrip()

    return "\n".join([written(lines[0]), "  ".join("-" * width for width in widths), *map(written, lines[1:])])


def report(result: dict) -> str:
    """The whole report of a run on one or both databases."""
    machine = result["machine"]
    parts = [
        f"{machine['processor']}, {machine['cores']} cores, {machine['memory_gib']} GiB; Python {machine['python']}, "
        f"Django {machine['django']}; driven by {machine['driver']}"
    ]
    for note in result["notes"]:
        parts.append(note)
    for run in result["runs"]:
        parts += _run(run)
    return "\n\n".join(parts) + "\n"


def _run(run: dict) -> list[str]:
    sizes = sorted(run["cold"], key=lambda name: size_of(name).engagements)
    judged, largest = run["judged_size"], sizes[-1]
    parts = [
        f"== {run['database']}, "
        + ", ".join(f"{run['sizes'][size]['engagements']:,}" for size in sizes)
        + " engagements =="
    ]
    rows = []
    for page, found in run["cold"][judged].items():
        naive = run["naive"].get(page)
        rows.append(
            [
                page,
                *(run["cold"][size].get(page, {}).get("median") for size in sizes),
                found["p95"],
                found["p99"],
                run["cold"][largest].get(page, found).get("sql"),
                run["cold"][largest].get(page, found).get("template"),
                found.get("queries"),
                found["bytes"],
                naive and (f"over {_cell(naive['median'])}" if naive.get("gave_up") else naive["median"]),
                naive and naive.get("queries"),
                naive and f"{naive['median'] / found['median']:.1f}",
            ]
        )
    head = [
        "cold page, ms",
        *sizes,
        f"p95 {judged}",
        "p99",
        f"SQL {largest}",
        "templ.",
        "queries",
        "bytes",
        "naive",
        "queries",
        "x",
    ]
    parts.append(table(head, rows))
    if run["failed"]:
        parts.append("\n".join(f"{page} could not be measured: {why}" for page, why in run["failed"].items()))
    rows = [
        [
            page,
            found["page"],
            found.get("not_modified", "no ETag"),
            found["floor"],
            found["page_ratio"],
            found.get("not_modified_ratio"),
            found["latency"].get("50"),
            found["latency"].get("99"),
            found["bytes"],
        ]
        for page, found in run["warm"].items()
    ]
    if rows:
        head = [
            f"warm page, requests/s ({judged})",
            "page",
            "304",
            "floor",
            "ratio",
            "304 ratio",
            "p50 ms",
            "p99",
            "bytes",
        ]
        parts.append(table(head, rows))
    found = run["visitors"]
    parts.append(
        table(
            [f"{found['visitors']} visitors at once", "requests/s", "p50 ms", "p95", "p99", "errors"],
            [
                [name, *(found[name][key] for key in ("per_second", "p50", "p95", "p99", "errors"))]
                for name in ("portal", "floor")
            ],
        )
    )
    found = run["memory"]
    parts.append(
        table(
            [f"memory of a worker, MiB ({found['requests']:,} requests)", "RSS", "PSS", "own"],
            [[name, *(found[name][key] for key in ("rss", "pss", "own"))] for name in ("before", "most", "after")],
        )
        + f"\ngrowth per 10,000 requests: {_cell(found['growth_per_10k'])} MiB"
    )
    rows = [
        [goal["goal"], goal["page"], goal["asked"], goal["value"], _MET[goal["met"]], goal["at"]]
        for goal in run["goals"]
    ]
    parts.append(table(["goal", "page", "asked", "measured", "", ""], rows))
    for page, found in run.get("profiles", {}).items():
        parts.append(_profile(page, found))
    return parts


def _profile(page: str, found: dict) -> str:
    lines = [f"Where the time of “{page}” goes"]
    if split := found.get("split"):
        lines.append(
            "  cold: "
            + ", ".join(f"{name} {value} ms" for name, value in split.items())
            + f"; {found['queries']} queries"
        )
        lines += [f"  {query['ms']:9.2f} ms  {' '.join(query['sql'].split())[:300]}" for query in found["slowest"]]
    if functions := found.get("warm_functions"):
        lines += ["  warm, by function:", *(f"    {line}" for line in functions)]
    return "\n".join(lines)


def _cell(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:,.0f}" if value >= 1_000 else f"{value:.2f}".rstrip("0").rstrip(".")
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
