"""Drafts of what several records share: organisations, programmes, the series of the interview."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from intake.drafting.context import Context, fill, free_slug, matched
from intake.drafting.writing import save
from intake.likeness import SURELY
from intake.matching import Named, organisations_of, programmes_of
from intake.review import Item
from organisations.models import Organisation
from profiles.models import Series
from programmes.models import Programme
from publishing.workflow import permission


def draft_organisations(context: Context) -> dict[str, Organisation]:
    """The organisations by name, new and old; of those that are left out only the old ones."""
    items = context.review["organisations"]
    # Somebody may have added it while the article was reviewed.
    new = [item for item in items if item["include"] and not item["match"]]
    wanted = [Named(item["name"], item["name"], "", item["country"]) for item in new]
    there = organisations_of(wanted, least=SURELY) if new else {}
    found: dict[str, Organisation] = {}
    for item in items:
        if item["name"] in found or not (item["match"] or item["include"]):
            continue
        if pk := item["match"] or there.get(item["name"]):
            record = matched(Organisation, item | {"match": pk})
            if item["include"]:
                context.writer.change(record, item, lambda one, item=item: _complete(one, item))
        else:
            record = _new(item)
            context.writer.add(record, item)
        found[item["name"]] = record
    return found


def _new(item: Item) -> Organisation:
    return Organisation(
        name_en=item["name"],
        acronym_en=item["acronym"],
        slug=free_slug(Organisation, item["name"]),
        kind=item["kind"],
        country_id=item["country"] or None,
    )


def _complete(record: Organisation, item: Item) -> list:
    has_acronym = item["acronym"].casefold() in (item["name"].casefold(), (record.name_en or "").casefold())
    if fill(record, acronym_en="" if has_acronym else item["acronym"], country_id=item["country"]):
        save(record)
    return []


def draft_programmes(context: Context) -> dict[str, Programme]:
    """The programmes by slug, new and old; of those that are left out only the old ones."""
    items = context.review["programmes"]
    there = programmes_of((item["slug"], item["name"]) for item in items)
    found: dict[str, Programme] = {}
    for item in items:
        if pk := item["match"] or there.get(item["slug"]):
            found[item["slug"]] = record = matched(Programme, item | {"match": pk})
            if item["include"]:
                context.writer.remember(record, item)
        elif item["include"]:
            slug = free_slug(Programme, item["slug"] or item["name"])
            record = Programme(name_en=item["name"], slug=slug, kind=item["kind"])
            context.writer.add(record, item)
            found[item["slug"]] = record
    return found


def series_of(context: Context) -> Series | None:
    """The series of the interview, made if it is not there and `by` may."""
    item = context.review["interview"]
    if item["series"]:
        return matched(Series, item, "series")
    name = item["series_text"].strip()
    if not name or item["match"]:
        return None
    if context.by and not context.by.has_perm(permission(Series, "add")):
        text = gettext("There is no series of this name. Choose one, or empty the name and ask an editor to add it.")
        raise ValidationError({"interview.series": text})
    series = Series(slug=free_slug(Series, name))
    context.set_text(series, "name", name)
    series.name_en = series.name_en or name  # a proper name, as good in English
    context.writer.add(series, item)
    return series
