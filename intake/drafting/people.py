"""Drafts of the person and the interview."""

from collections.abc import Iterator
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from modeltranslation.utils import get_translation_fields

from codelists.models import Country, Topic
from intake import likeness
from intake.drafting.context import Context, fill, free_slug, matched
from intake.drafting.writing import Fact, at, save
from intake.likeness import ALIKE
from intake.review import Item
from organisations.models import Organisation
from profiles.models import Education, Exchange, Interview, Position, Profile, Series
from richtext.sanitising import from_plain
from search.analysis import runs

Organisations = dict[str, Organisation]


def draft_profile(context: Context, organisations: Organisations) -> Profile | None:
    """The person, with education and positions; None where the article is about nobody."""
    item = context.review["profile"]
    if item["match"]:
        profile = matched(Profile, item)
        if profile.withdrawn_on:
            text = gettext("This person has withdrawn the consent. Record a new consent first.")
            raise ValidationError({"profile.match": text})
        if item["include"]:
            context.writer.change(profile, item, lambda one: _complete_profile(context, one, organisations))
        return profile
    if not item["include"]:
        return None
    _refuse_twin(context)
    profile = Profile(
        given_name=item["given_name"].strip(),
        family_name=item["family_name"].strip(),
        slug=free_slug(Profile, f"{item['given_name']} {item['family_name']}"),
        office_id=item["office"],
    )
    context.set_text(profile, "post_title", item["post_title"])
    context.set_text(profile, "summary", item["summary"])
    context.writer.add(profile, item, lambda: _parts_of_profile(context, profile, organisations))
    return profile


def _refuse_twin(context: Context) -> None:
    """Whoever has the same name is most likely the person, unless the editor says with `is_new` that they are two."""
    item = context.review["profile"]
    if item.get("is_new"):
        return
    name = f"{item['given_name']} {item['family_name']}"
    for given_name, family_name in Profile._base_manager.values_list("given_name", "family_name"):
        if likeness.people(name, f"{given_name} {family_name}") == likeness.SURELY:
            text = gettext("There is a profile of this name. Choose it, or tick that this is somebody else.")
            raise ValidationError({"profile.match": text})


def _complete_profile(context: Context, profile: Profile, organisations: Organisations) -> list[Fact]:
    item = context.review["profile"]
    filled = [
        context.fill_text(profile, "post_title", item["post_title"]),
        context.fill_text(profile, "summary", item["summary"]),
        fill(profile, office_id=item["office"]),
    ]
    if any(filled):
        save(profile)
    return _parts_of_profile(context, profile, organisations)


def _parts_of_profile(context: Context, profile: Profile, organisations: Organisations) -> list[Fact]:
    profile.topics.add(*Topic.objects.filter(slug__in=context.review["topics"]))
    facts: list[Fact] = []
    for model, section in ((Education, "education"), (Position, "positions")):
        there = list(model._base_manager.filter(profile=profile).order_by("pk"))
        for item in context.review[section]:
            if item["include"]:
                with at(item):
                    step = _step(context, model(profile=profile), there, item, organisations.get(item["organisation"]))
                there = [*(one for one in there if one.pk != step.pk), step]
                facts.append((step, item))
    return facts


def _step(context: Context, new, there: list, item: Item, organisation: Organisation | None):
    """The step of `there` that the item is, with what it lacked; or else the `new` one."""
    step = next((one for one in there if _is_same_step(one, item, organisation)), new)
    filled = [
        context.fill_text(step, "title", item["title"].strip()),
        fill(step, organisation=organisation, from_year=item["from_year"], to_year=item["to_year"]),
        isinstance(step, Education) and fill(step, country_id=item["country"]),
    ]
    if any(filled):
        save(step)
    if isinstance(step, Position):
        step.countries.add(*Country.objects.filter(pk__in=item["countries"]))
    return step


def _is_same_step(step, item: Item, organisation: Organisation | None) -> bool:
    years = ((step.from_year, item["from_year"]), (step.to_year, item["to_year"]))
    if any(mine and theirs and mine != theirs for mine, theirs in years):
        return False
    if step.organisation_id and organisation and step.organisation_id != organisation.pk:
        return False
    titles = (getattr(step, name) for name in get_translation_fields("title"))
    if any(likeness.titles(title, item["title"]) >= ALIKE for title in titles if title):
        return True
    # The same place in the same years under another name, or in another language.
    same_years = all(mine == theirs for mine, theirs in years) and any(mine for mine, _theirs in years)
    return same_years and organisation is not None and step.organisation_id == organisation.pk


def draft_interview(context: Context, profile: Profile, series: Series | None) -> Interview:
    """The interview with its questions and answers."""
    item = context.review["interview"]
    values = {"series": series, "published_on": _day(item), "source_url": item["source_url"].strip()}
    values["language_id"] = item["language"] or None
    there = matched(Interview, item) if item["match"] else _same_interview(context, profile)
    if there:
        context.writer.change(there, item, lambda one: _complete_interview(context, one, values))
        return there
    interview = Interview(profile=profile, **values)
    context.set_text(interview, "title", item["title"].strip())
    context.writer.add(interview, item, lambda: _exchanges(context, interview))
    return interview


def _day(item: Item) -> date | None:
    try:
        return date.fromisoformat(item["published_on"]) if item["published_on"] else None
    except ValueError as error:
        raise ValidationError({f"{item['id']}.published_on": gettext("Write the day as 2019-07-01.")}) from error


def _same_interview(context: Context, profile: Profile) -> Interview | None:
    """The interview with the person of that title and day, which somebody added while the article was reviewed."""
    item = context.review["interview"]
    title = {f"title_{context.language}": item["title"].strip()}
    return Interview._base_manager.filter(profile=profile, published_on=_day(item), **title).first()


def _complete_interview(context: Context, interview: Interview, values: dict) -> list[Fact]:
    filled = [context.fill_text(interview, "title", context.review["interview"]["title"].strip())]
    filled.append(fill(interview, **values))
    if any(filled):
        save(interview)
    return _exchanges(context, interview)


def _exchanges(context: Context, interview: Interview) -> list[Fact]:
    return list(_each_exchange(context, interview))


def _each_exchange(context: Context, interview: Interview) -> Iterator[Fact]:
    there = list(Exchange._base_manager.filter(interview=interview).order_by("order"))
    asked = {runs(getattr(one, name) or ""): one for one in there for name in get_translation_fields("question")}
    order = max((one.order for one in there), default=0)
    for item in context.review["exchanges"]:
        if not item["include"]:
            continue
        exchange = asked.get(runs(item["question"]))
        if exchange is None:
            order += 1
            exchange = Exchange(interview=interview, order=order)
            context.set_text(exchange, "question", item["question"].strip())
        # Of two questions of the same words each has its answer.
        asked.pop(runs(item["question"]), None)
        if context.fill_text(exchange, "answer", from_plain(item["answer"])) or exchange.pk is None:
            with at(item):
                save(exchange)
        yield exchange, item
