"""What the database at hand would do to answer a query: whether it reads or sorts a whole table."""

import json
import re
from collections.abc import Iterator

from django.db import connection

# The tables that grow with the portal; all others are small, or read by key.
LARGE = (
    "engagements_engagement",
    "engagements_engagement_partners",
    "engagements_engagement_topics",
    "engagements_engagementstaff",
)


def faults(sql: str, params: tuple = ()) -> list[str]:
    """Why the query is too slow over very many rows: tables that are read from end to end, and whole tables sorted.

    For PostgreSQL to say it, it must not think a small table quicker to read as a whole: see `no_whole_tables`.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params or ())
            [[answer]] = cursor.fetchall()
            plan = (json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"]
            return list(_faults_on_postgresql(plan, _rows(cursor)))
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        return list(_faults_on_sqlite([row[3] for row in cursor.fetchall()]))


def indexes(sql: str, params: tuple = ()) -> set[str]:
    """The names of the indexes by which the query finds its rows."""
    explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {sql}", params)
        steps = "\n".join(str(row[-1]) for row in cursor.fetchall())
    return set(re.findall(r"(?:INDEX|Scan using|Bitmap Index Scan on) (\w+)", steps))


def no_whole_tables() -> None:
    """Until the end of the transaction PostgreSQL reads a whole table only where no index can serve the query."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")


def _rows(cursor) -> float:
    cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [LARGE[0]])
    return cursor.fetchone()[0]


def _faults_on_postgresql(node: dict, rows: float) -> Iterator[str]:
    children = node.get("Plans", [])
    if node["Node Type"] == "Seq Scan" and node["Relation Name"] in LARGE:
        yield f"reads all of {node['Relation Name']}"
    if node["Node Type"] == "Sort" and children[0]["Plan Rows"] > rows / 2:
        yield f"sorts {children[0]['Plan Rows']} rows"
    for child in children:
        yield from _faults_on_postgresql(child, rows)


def _faults_on_sqlite(steps: list[str]) -> Iterator[str]:
    for step in steps:
        if (found := re.fullmatch(r"SCAN (\w+)", step)) and found[1] in LARGE:
            yield f"reads all of {found[1]}"
    # What is found by a key or in a list of keys is sorted: these are few. What is found otherwise may be all.
    first = next((step for step in steps if step.startswith(("SCAN", "SEARCH"))), "")
    if "USE TEMP B-TREE FOR ORDER BY" in steps and "INTEGER PRIMARY KEY" not in first:
        yield f"sorts what it finds by: {first}"
