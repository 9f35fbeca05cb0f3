"""The invented article of `tests.intake.proposed` as an editor finds it, and what the page of its review sends."""

from dataclasses import replace

from bs4 import BeautifulSoup
from django.urls import reverse

from intake.drafting import create_drafts
from intake.findings import Mention, MentionKind
from intake.models import Intake
from intake.taking_in import take_in
from tests.intake import proposed

MENTIONS = (
    Mention(MentionKind.COUNTRY, "PE", proposed.at("Peru"), proposed.at(proposed.TRAINED)),
    Mention(MentionKind.PROGRAMME, "my-coop", proposed.at("My.Coop in Peru"), proposed.at(proposed.TRAINED)),
    Mention(MentionKind.TIME, "", proposed.at("In 2009"), proposed.at(proposed.TRAINED), years=(2009, 2009)),
)


def an_intake(by=None, **values) -> Intake:
    """Taken in, and not yet reviewed."""
    return take_in(proposed.proposals(**({"mentions": MENTIONS} | values)), by)


def a_large_intake(number: int, by=None) -> Intake:
    """With `number` questions, and as many engagements."""
    interview = replace(proposed.INTERVIEW, exchanges=proposed.INTERVIEW.exchanges[:1] * number)
    return an_intake(by, interview=interview, engagements=(proposed.TRAINING,) * number)


def a_drafted_intake(by) -> Intake:
    """Drafts were made of it, by `by`."""
    intake = an_intake(by)
    for item in (*intake.review["organisations"], *intake.review["programmes"]):
        item["kind"] = item["kind"] or ("management" if "slug" in item else "cooperative")
    intake.keep_review(intake.review, by)
    create_drafts(intake, by)
    return Intake.objects.get(pk=intake.pk)


def address(name: str, intake: Intake) -> str:
    return reverse(f"admin:intake_intake_{name}", args=[intake.pk])


def fields(html: bytes | str) -> dict[str, str | list[str]]:
    """What a browser would send of the form of the review, with no button pressed."""
    form = BeautifulSoup(html, "html.parser").select_one("#intake-review")
    for template in form.select("template"):
        template.decompose()
    sent: dict[str, str | list[str]] = {}
    for each in form.select("input[name], select[name], textarea[name]"):
        name, kind = each["name"], each.get("type")
        if kind == "submit" or (kind == "checkbox" and not each.has_attr("checked")):
            continue
        if kind == "checkbox":
            sent.setdefault(name, []).append(each.get("value", "on"))
        elif each.name == "select":
            chosen = each.select_one("option[selected]")
            sent[name] = chosen["value"] if chosen else ""
        else:
            sent[name] = each.text.removeprefix("\n") if each.name == "textarea" else each.get("value", "")
    return sent
