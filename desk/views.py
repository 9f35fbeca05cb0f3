"""Pages of the desk: possible duplicates, and merging two records."""

import uuid
from dataclasses import dataclass

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, DELETION, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from desk import duplicates
from desk.forms import MergeForm, label_of
from desk.merging import GoneError, Merge, kind_of, links_to, may_merge
from desk.models import MERGEABLE, PossibleDuplicate
from publishing.models import Publishable, Version

PAIRS_ON_A_PAGE = 30


def mergeable_by(user) -> dict[str, type[models.Model]]:
    """The kinds of records that `user` may merge."""
    return {kind: model for kind, model in MERGEABLE.items() if may_merge(user, model)}


def duplicates_view(request: HttpRequest) -> HttpResponse:
    """The pairs of records that may be one. A POST looks again, or sets a pair aside."""
    kinds = mergeable_by(request.user)
    if not kinds:
        raise PermissionDenied
    if request.method == "POST":
        return _change_pairs(request, kinds)
    kind = request.GET.get("kind")
    shown = {kind: kinds[kind]} if kind in kinds else kinds
    pairs = PossibleDuplicate.objects.open().filter(kind__in=shown)
    page = Paginator(pairs, PAIRS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        **admin.site.each_context(request),
        "title": gettext("Possible duplicates"),
        "page": page,
        "pairs": _with_sides(list(page.object_list)),
        "kind": kind if kind in kinds else "",
        "kinds": [(name, capfirst(model._meta.verbose_name_plural)) for name, model in kinds.items()],
    }
    return TemplateResponse(request, "admin/desk/duplicates.html", context)


def _change_pairs(request: HttpRequest, kinds: dict[str, type[models.Model]]) -> HttpResponse:
    if "look-again" in request.POST:
        found = sum(number for kind, number in duplicates.find_again().items() if kind in kinds)
        text = ngettext("%(count)d possible duplicate.", "%(count)d possible duplicates.", found)
        messages.info(request, text % {"count": found})
        return redirect("admin:duplicates")
    number = request.POST.get("two", "")
    pair = PossibleDuplicate.objects.filter(pk=number if number.isdecimal() else 0, kind__in=kinds).first()
    if pair is None:
        messages.warning(request, gettext("This pair is gone: somebody merged it or deleted one of the two."))
    else:
        pair.set_aside(request.user)
        messages.success(request, gettext("Remembered: these are two different ones."))
    return redirect(request.get_full_path())


@dataclass(frozen=True)
class Side:
    """One of two records as the pages show it: what tells it apart, and what links to it."""

    record: Publishable
    place: str
    links: list[tuple[str, int]]
    address: str


# The relation that tells two of a name apart.
PLACES = {"profile": "office", "organisation": "country"}


def sides(kind: str, keys: set[int]) -> dict[int, Side]:
    """The records with these keys, in a number of queries that does not depend on theirs."""
    model, place = MERGEABLE[kind], PLACES[kind]
    links = links_to(model, keys)
    return {
        record.pk: Side(
            record,
            str(getattr(record, place) or ""),
            links[record.pk],
            reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[record.pk]),
        )
        for record in model._default_manager.select_related(place).filter(pk__in=keys)
    }


def _with_sides(pairs: list[PossibleDuplicate]) -> list[dict]:
    """The pairs with their two records, and where to merge them."""
    found = []
    for kind in MERGEABLE:
        of_kind = [pair for pair in pairs if pair.kind == kind]
        side_of = sides(kind, {key for pair in of_kind for key in (pair.first, pair.second)}) if of_kind else {}
        for pair in of_kind:
            if pair.first in side_of and pair.second in side_of:  # else deleted a moment ago
                two = side_of[pair.first], side_of[pair.second]
                found.append({"pair": pair, "sides": two, "merge": address_of_merge(*(side.record for side in two))})
    return found


def address_of_merge(one: Publishable, another: Publishable) -> str:
    """Where the two are merged: into the public one, or into the older."""
    kept, other = sorted((one, another), key=lambda record: (not record.is_public, record.pk))
    return reverse("admin:merge", args=[kind_of(type(one)), kept.pk, other.pk])


def merge_view(request: HttpRequest, kind: str, kept: int, other: int) -> HttpResponse:
    """Two records side by side; a POST merges the second into the first."""
    model = MERGEABLE.get(kind)
    if model is None or kept == other:
        raise Http404
    if not may_merge(request.user, model):
        raise PermissionDenied
    try:
        if request.method == "POST":
            return _merge(request, model, kept, other)
        merge = Merge.of(model, kept, other)
        return _merge_page(request, merge, MergeForm(merge))
    except GoneError:
        text = gettext("One of the two is gone: somebody merged or deleted it. Nothing was changed.")
        messages.warning(request, text)
        return redirect("admin:duplicates")


@transaction.atomic
def _merge(request: HttpRequest, model: type[Publishable], kept: int, other: int) -> HttpResponse:
    merge = Merge.of(model, kept, other, locked=True)
    form = MergeForm(merge, request.POST)
    if not form.is_valid():
        return _merge_page(request, merge, form)
    names = {"kept": str(merge.kept), "other": str(merge.other)}
    try:
        with transaction.atomic():
            merged = gettext("Merged with “%(other)s”, which was deleted.") % names
            _log(request.user, merge, {CHANGE: merged, DELETION: gettext("Merged into “%(kept)s”.") % names})
            merge.carry_out(form.chosen)
            Version.keep(merge.kept, request.user, merged[:300])
    except ValidationError as error:
        form.add_faults(error)
        return _merge_page(request, merge, form)
    messages.success(request, gettext("Merged: “%(other)s” is part of “%(kept)s” now.") % names)
    return redirect(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", kept)


def _merge_page(request: HttpRequest, merge: Merge, form: MergeForm) -> HttpResponse:
    by_key = sides(merge.kind, {merge.kept.pk, merge.other.pk})
    context = {
        **admin.site.each_context(request),
        "title": gettext("Merge two records"),
        "opts": merge.model._meta,
        "form": form,
        "merge": merge,
        "sides": [by_key[merge.kept.pk], by_key[merge.other.pk]],
        "filled": [label_of(fact) for fact in merge.facts if fact.filled],
        "keeps_consent": any(fact.conflicts and not fact.is_asked for fact in merge.facts),
        "other_way": reverse("admin:merge", args=[merge.kind, merge.other.pk, merge.kept.pk]),
    }
    return TemplateResponse(request, "admin/desk/merge.html", context)


def _log(user, merge: Merge, said: dict[int, str]) -> None:
    """Both records' histories say what became of them; that of the other one can bring it back."""
    for action, record in {CHANGE: merge.kept, DELETION: merge.other}.items():
        LogEntry.objects.log_actions(user.pk, [record], action, change_message=said[action], single_object=True)
    comment = said[DELETION][:300]
    version = Version.keep(merge.other, user, comment, kind=Version.Kind.DELETED, deletion=uuid.uuid4())
    version.say_merged_into(merge.kept)
