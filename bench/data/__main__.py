"""python -m bench.data SIZE … [--db sqlite|postgresql|both]: builds data sets that are not there yet."""

import argparse
import sys

from bench.data.databases import POSTGRESQL, SQLITE, DataSet, NotThereError
from bench.data.recipe import size_of


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.data", description="Build data sets of the benchmark.")
    parser.add_argument("sizes", nargs="+", type=size_of, help="numbers of engagements, such as 20k or 1M")
    parser.add_argument("--db", choices=[SQLITE, POSTGRESQL, "both"], default=SQLITE)
    options = parser.parse_args()
    vendors = [SQLITE, POSTGRESQL] if options.db == "both" else [options.db]
    try:
        for size in options.sizes:
            for vendor in vendors:
                data_set = DataSet(size, vendor)
                data_set.ensure()
                print(f"{data_set.name}: {data_set.url}", flush=True)
    except NotThereError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
