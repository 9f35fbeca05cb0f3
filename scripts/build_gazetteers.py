"""Write the country names that packages have into `intake/gazetteers/data/country_names.csv`.

    python scripts/build_gazetteers.py

Run by hand after an update of babel, pycountry or django-countries-hdx (requirements-dev.txt), or after a change to
corrections.csv. The same packages give the same file. `intake/gazetteers/data/README.md` says where each list comes
from.
"""

import csv
from importlib.metadata import distribution
from pathlib import Path

import pycountry
from babel import Locale

DATA = Path(__file__).resolve().parent.parent / "intake" / "gazetteers" / "data"
LANGUAGES = ("en", "es", "fr")
M49_COLUMNS = {
    "en": ("Preferred Term", "M49 English", "English Short"),
    "es": ("M49 Spanish", "Spanish Short"),
    "fr": ("M49 French", "French Short"),
}


def m49_rows() -> dict[str, dict[str, str]]:
    """The rows of the M49 table in django-countries-hdx, by ISO 3166-1 code."""
    path = distribution("django-countries-hdx").locate_file("django_countries_hdx/hdx_plus_m49.csv")
    with Path(path).open(encoding="utf-8", newline="") as file:
        return {row["ISO 3166-1 Alpha 2-Codes"]: row for row in csv.DictReader(file)}


def without_addition(name: str) -> str:
    """A name without what stands in brackets or after a comma, which nobody writes in a sentence."""
    return name.partition(" (")[0].partition(", ")[0].replace("’", "'").replace("*", "").strip()


def main() -> None:
    with (DATA / "corrections.csv").open(encoding="utf-8", newline="") as file:
        withdrawn = {(row["code"], row["language"], row["name"]) for row in csv.DictReader(file)}
    m49 = m49_rows()
    names = set()
    for country in pycountry.countries:
        code = country.alpha_2
        # Where the name begins with a comma's addition (“Korea, Republic of”), the part before it may be two countries.
        english = [country.name] if "," not in country.name else []
        english += [getattr(country, name, "") for name in ("common_name", "official_name")]
        for language in LANGUAGES:
            candidates = [Locale(language).territories[code]]
            candidates += english if language == "en" else []
            candidates += [m49.get(code, {}).get(column, "") for column in M49_COLUMNS[language]]
            names |= {(code, language, without_addition(name)) for name in candidates if name}
    with (DATA / "country_names.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "language", "name"])
        writer.writerows(sorted(name for name in names - withdrawn if name[2]))


if __name__ == "__main__":
    main()
