"""`python -m tests.intake.evaluation [FOLDER] [-v]`: a table of how well each field is found; fails under a promise."""

import argparse
import os
import sys
from pathlib import Path

import django

ARTICLES = Path(__file__).resolve().parent.parent / "articles"
ROW = "{:<18} {:>9} {:>9} {:>9} {:>9}  {}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.intake.evaluation", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ARTICLES, help="articles with their truth")
    parser.add_argument("-v", "--verbose", action="store_true", help="say what is wrong in each article")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()

    # Only now: what the intake imports needs Django set up.
    from tests.intake.evaluation.judging import judge_all, totals
    from tests.intake.evaluation.scoring import THRESHOLDS

    judgements = judge_all(arguments.folder)
    if not judgements:
        parser.error(f"{arguments.folder} holds no .txt with a .json beside it.")
    lines = []
    if arguments.verbose:
        for judgement in judgements:
            lines += [judgement.article, *(f"    {fault}" for fault in judgement.faults() or ["all right"]), ""]
    lines += [f"{len(judgements)} articles in {arguments.folder}", ""]
    lines += [ROW.format("field", "precision", "recall", "F1", "at least", "").rstrip()]
    is_below = False
    for field, tally in totals(judgements).items():
        promised = THRESHOLDS.get(field)
        below = promised is not None and tally.f1 < promised
        is_below |= below
        figures = [f"{figure:.3f}" for figure in (tally.precision, tally.recall, tally.f1)]
        verdict = "" if promised is None else "below" if below else "ok"
        lines.append(ROW.format(field, *figures, f"{promised:.2f}" if promised else "-", verdict).rstrip())
    sys.stdout.write("\n".join(lines) + "\n")
    return int(is_below)


if __name__ == "__main__":
    sys.exit(main())
