"""What came of an activity in numbers: `result`, by IATI's code lists ResultType and IndicatorMeasure (2.03)."""

from datetime import date

from django.utils.translation import gettext_noop
from lxml.etree import SubElement, _Element

from engagements.models import Engagement
from iati.activity_dates import ActivityDate, DateType
from iati.narratives import interface_text, narrate

OUTPUT = "1"
UNIT = "1"
PEOPLE_TRAINED = gettext_noop("People trained")
NOBODY_BEFORE = gettext_noop("Nobody had been trained in the activity before it began.")


def add_people_trained(activity: _Element, engagement: Engagement, dates: list[ActivityDate]) -> None:
    """How many women and men were trained, where the activity has begun and somebody counted.

    An indicator that is a number needs a baseline (rule of the IATI Validator on performance); of an activity's own
    output it is zero by definition. The period ends with the activity, or when the numbers were last changed.
    """
    counts = {"female": engagement.women_trained, "male": engagement.men_trained}
    known = {sex: number for sex, number in counts.items() if number is not None}
    start = next((one.day for one in dates if one.type == DateType.ACTUAL_START), None)
    if start is None or not known:
        return
    result = SubElement(activity, "result", {"type": OUTPUT, "aggregation-status": "true"})
    narrate(SubElement(result, "title"), interface_text(PEOPLE_TRAINED))
    indicator = SubElement(result, "indicator", {"measure": UNIT, "ascending": "true", "aggregation-status": "true"})
    narrate(SubElement(indicator, "title"), interface_text(PEOPLE_TRAINED))
    baseline = SubElement(indicator, "baseline", {"year": f"{start:%Y}", "iso-date": start.isoformat(), "value": "0"})
    narrate(SubElement(baseline, "comment"), interface_text(NOBODY_BEFORE))
    period = SubElement(indicator, "period")
    SubElement(period, "period-start", {"iso-date": start.isoformat()})
    SubElement(period, "period-end", {"iso-date": _last_day(engagement, dates).isoformat()})
    if len(known) == len(counts):
        SubElement(period, "actual", value=str(sum(known.values())))
    for sex, number in known.items():
        SubElement(SubElement(period, "actual", value=str(number)), "dimension", name="sex", value=sex)


def _last_day(engagement: Engagement, dates: list[ActivityDate]) -> date:
    ends = [one.day for one in dates if one.type in (DateType.PLANNED_END, DateType.ACTUAL_END)]
    return min([engagement.last_changed.date(), *ends])
