"""`make bench`: builds the data sets, measures, prints the report and writes it as JSON.

python -m bench [SIZE …] [--db sqlite|postgresql|both] [--quick] [--strict] [--profile] [--only PAGE]
"""

import argparse
import json
import signal
import sys
import time
from datetime import datetime

from bench import machine
from bench.data.databases import DIRECTORY, POSTGRESQL, SQLITE, DataSet, NotThereError
from bench.data.recipe import ROOT, size_of
from bench.driving import WrongAnswerError
from bench.measuring import FULL, QUICK
from bench.report import report
from bench.running import run

_SIZES = ["10k", "200k", "1m"]
_QUICK_SIZES = ["20k"]


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark; answers the exit code: 1 for a missed goal with --strict, 2 where something is missing."""
    options = _parser().parse_args(arguments)
    sizes = sorted(
        options.sizes or map(size_of, _QUICK_SIZES if options.quick else _SIZES), key=lambda one: one.engagements
    )
    vendors = [SQLITE, POSTGRESQL] if options.db == "both" else [options.db]
    effort = QUICK if options.quick else FULL
    facts = machine.facts()
    result: dict = {"at": datetime.now().astimezone().isoformat(timespec="seconds"), "machine": facts}
    result["notes"] = machine.notes(facts)
    if options.quick:
        result["notes"].append(
            "The quick form: few requests to each page. A ratio near its goal may lie on either side."
        )
    began = time.monotonic()
    # Ended from outside, it stops the servers that it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        _look_for_what_is_needed()
        result["runs"] = []
        for vendor in vendors:
            data_sets = [DataSet(size, vendor) for size in sizes]
            for data_set in data_sets:
                data_set.ensure()
            _say(f"Measuring on {vendor} …")
            result["runs"].append(
                run(data_sets, effort, options.port, _say, only=set(options.only), profile=options.profile)
            )
    except (NotThereError, RuntimeError, WrongAnswerError) as error:
        print(error, file=sys.stderr)
        return 2
    result["seconds"] = round(time.monotonic() - began)
    path = DIRECTORY / f"{datetime.now():%Y-%m-%d-%H%M%S}.json"
    path.write_text(json.dumps(result, indent=1) + "\n")
    print(f"\n{report(result)}\nIn {result['seconds']} seconds; written to {path}")
    missed = [goal for one in result["runs"] for goal in one["goals"] if goal["met"] is False]
    return 1 if options.strict and missed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=size_of, help="numbers of engagements, such as 20k or 1M")
    parser.add_argument("--db", choices=[SQLITE, POSTGRESQL, "both"], default=SQLITE)
    parser.add_argument("--quick", action="store_true", help="under three minutes: 20k, few requests")
    parser.add_argument("--strict", action="store_true", help="exit with status 1 where a goal is missed")
    parser.add_argument("--profile", action="store_true", help="of pages that miss a goal, show where the time goes")
    parser.add_argument(
        "--only", action="append", default=[], metavar="PAGE", help="cold and warm pages with this name"
    )
    parser.add_argument("--port", type=int, default=8110, help="the first of the ports to use")
    return parser


def _look_for_what_is_needed() -> None:
    if not (ROOT / "staticfiles" / "staticfiles.json").exists():
        raise NotThereError("The static files are not collected: run `make staticfiles/.collected`, or `make bench`.")
    if not sys.platform.startswith("linux"):
        raise NotThereError("The benchmark reads memory from /proc, which only Linux has.")


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
