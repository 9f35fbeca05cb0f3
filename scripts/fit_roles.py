"""Writes intake/proposals/roles.csv: the points that each clue gives to each role of a country.

    python scripts/fit_roles.py FOLDER...

Each folder holds articles with their truth, in the form of tests/intake/articles. It prints how many countries get
their role right in articles that the points were not made from (ten-fold, whole articles left out).
"""

import csv
import os
import sys
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

import numpy as np  # noqa: E402
from sklearn.feature_extraction import DictVectorizer  # noqa: E402
from sklearn.linear_model import LogisticRegression  # noqa: E402
from sklearn.model_selection import GroupKFold  # noqa: E402
from sklearn.pipeline import make_pipeline  # noqa: E402
from sklearn.preprocessing import MaxAbsScaler  # noqa: E402

from intake.findings import Known, Role  # noqa: E402
from intake.interview import take_apart  # noqa: E402
from intake.mentions import find_mentions  # noqa: E402
from intake.proposals.deciding import ALWAYS, TABLE, by_country, summed_up  # noqa: E402
from intake.proposals.passages import passages_of  # noqa: E402
from intake.proposals.roles import judge  # noqa: E402
from intake.reading import read  # noqa: E402
from tests.intake.evaluation.truth import ROLES, cases  # noqa: E402

# Less trusts the articles less; chosen by the ten-fold check.
STRENGTH = 0.5
FOLDS = 10


def examples(folder: Path):
    """The clues and the true role of every country of the articles, and the article."""
    for case in cases(folder):
        truth = {country["iso2"]: ROLES[country["role"]] for country in case.truth["countries"]}
        article = read(case.path.read_bytes(), case.path.name)
        interview = take_apart(article)
        judged = judge(passages_of(article, interview, find_mentions(article, interview), Known()))
        for code, places in by_country(judged).items():
            if code in truth:
                clues = summed_up(places)
                del clues[ALWAYS]
                yield clues, str(truth[code]), case.path.name


def model():
    return make_pipeline(DictVectorizer(), MaxAbsScaler(), LogisticRegression(C=STRENGTH, max_iter=5000))


def main() -> None:
    found = [example for folder in sys.argv[1:] for example in examples(Path(folder))]
    clues, roles, articles = (list(column) for column in zip(*found, strict=True))
    roles = np.array(roles)
    right = np.zeros(len(roles), dtype=bool)
    for known, unseen in GroupKFold(FOLDS).split(clues, roles, articles):
        fitted = model().fit([clues[each] for each in known], roles[known])
        right[unseen] = fitted.predict([clues[each] for each in unseen]) == roles[unseen]
    fitted = model().fit(clues, roles)
    print(f"{len(roles)} countries; right where not seen before: {right.mean():.3f}; where seen: ", end="")
    print(f"{fitted.score(clues, roles):.3f}")
    vectorizer, scaler, regression = (step for _, step in fitted.steps)
    points = regression.coef_ / scaler.scale_
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["clue", *Role])
        order = [list(regression.classes_).index(role) for role in Role]
        writer.writerow([ALWAYS, *(f"{regression.intercept_[each]:.2f}" for each in order)])
        for number, name in enumerate(vectorizer.get_feature_names_out()):
            writer.writerow([name, *(f"{points[each][number]:.2f}" for each in order)])


if __name__ == "__main__":
    main()
