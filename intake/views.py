"""The pages of the intake: an article comes in, its review, what was made of it, and taking that back.

Each is given the admin's page of the intakes, which knows who may do what.
"""

import hashlib
from dataclasses import dataclass

from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.text import capfirst
from django.utils.translation import gettext

from intake.drafting import WorkWouldBeLostError, create_drafts, losses, take_back
from intake.forms import ArticleForm
from intake.marking import LABELS, marked
from intake.models import Change, Intake
from intake.review import BLANK, items, new_item
from intake.review_forms.whole import ReviewForms, without_year, year_of
from publishing.models import Publishable
from publishing.models.about import name_of


def context_of(page: admin.ModelAdmin, request: HttpRequest, title: str, **more) -> dict:
    """What every page of the intake needs."""
    return {**page.admin_site.each_context(request), "opts": page.opts, "title": title, **more}


# An article comes in


def add_page(page: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    if not page.has_add_permission(request):
        raise PermissionDenied
    form = ArticleForm(request.POST, request.FILES) if request.method == "POST" else ArticleForm()
    if form.is_valid():
        intake = form.take_in(request.user)
        page.log_addition(request, intake, gettext("Taken in."))
        return redirect("admin:intake_intake_change", intake.pk)
    context = context_of(page, request, gettext("Take in an article"), form=form, is_refused=bool(form.errors))
    return TemplateResponse(request, "admin/intake/intake/add.html", context)


# The review


def review_page(page: admin.ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    if request.method == "POST":
        with transaction.atomic():
            # Of two who save at once, one comes after the other.
            intake = get_object_or_404(Intake.objects.select_for_update(of=("self",)), pk=pk)
            if not page.has_change_permission(request, intake):
                raise PermissionDenied
            return _typed(page, request, intake)
    intake = get_object_or_404(Intake.objects.select_related("changed_by", "begun_by"), pk=pk)
    if not page.has_view_or_change_permission(request, intake):
        raise PermissionDenied
    if not intake.is_open:
        return redirect("admin:intake_intake_done", pk)
    return _review(page, request, intake, ReviewForms(intake.review, intake.text))


def _typed(page: admin.ModelAdmin, request: HttpRequest, intake: Intake) -> HttpResponse:
    """What was typed is kept as it is; then comes what was asked for."""
    by_itself = request.accepts("application/json") and not request.accepts("text/html")
    if not intake.is_open:
        text = gettext("Drafts were created of this review meanwhile. What you typed is not saved.")
        return _told(request, text, reverse("admin:intake_intake_done", args=[intake.pk]), by_itself)
    forms = ReviewForms(intake.review, intake.text, request.POST, complete="_create" in request.POST)
    if not forms.is_whole:
        raise BadRequest("The form did not come whole.")
    if request.POST.get("seen") != seen(intake):
        text = gettext(
            "%(name)s has saved this review since you opened it. What you typed is not saved yet; it stands below. "
            "If you save now, it replaces theirs."
        ) % {"name": intake.who or gettext("Somebody")}
        if by_itself:
            return JsonResponse({"said": text})
        return _review(page, request, intake, forms, refusal=text, is_stale=True)
    review = forms.typed
    section = request.POST.get("_add")
    if section in BLANK:
        new_item(review, section)
    if "_years" in request.POST:
        for item in without_year(review):
            item["year"] = year_of(review)
    if review != intake.review:
        intake.keep_review(review, request.user)
    here = reverse("admin:intake_intake_change", args=[intake.pk])
    if section in BLANK:
        return redirect(f"{here}#{section}-{len(review[section]) - 1}")
    if "_years" in request.POST:
        return redirect(f"{here}#section-engagements")
    if "_create" in request.POST:
        return _create(page, request, intake, forms)
    at = time_format(timezone.localtime())
    if by_itself:
        return JsonResponse({"seen": seen(intake), "said": gettext("Saved at %(time)s.") % {"time": at}})
    messages.success(request, gettext("Saved. You find it in the list of articles when you want to go on."))
    return redirect(here)


def _create(page: admin.ModelAdmin, request: HttpRequest, intake: Intake, forms: ReviewForms) -> HttpResponse:
    """Make the drafts, or say what is wrong; what was typed is saved in either case."""
    forms.check()
    if not (forms.faults or forms.problems):
        try:
            with transaction.atomic():
                create_drafts(intake, request.user)
        except ValidationError as error:
            forms.note(error.message_dict if hasattr(error, "error_dict") else {"": error.messages})
        else:
            page.log_change(request, intake, gettext("Drafts created."))
            return redirect("admin:intake_intake_done", intake.pk)
    text = gettext("No drafts were created yet: something is missing or wrong. All that you typed is saved.")
    return _review(page, request, intake, forms, refusal=text)


def _review(
    page: admin.ModelAdmin, request: HttpRequest, intake: Intake, forms: ReviewForms, refusal: str = "", **more
) -> HttpResponse:
    mentions = [(kind, start, end) for kind, start, end in intake.review.get("mentions", [])]
    evidence = [(start, end) for item in items(intake.review) for start, end in item["evidence"]]
    context = context_of(
        page,
        request,
        gettext("Review of an article"),
        intake=intake,
        subtitle=str(intake),
        forms=forms,
        seen=seen(intake),
        refusal=refusal,
        is_refused=bool(refusal),
        may_write=page.has_change_permission(request, intake),
        paragraphs=marked(intake.text, mentions, evidence),
        kinds=[(kind, label) for kind, label in LABELS.items() if kind in {kind for kind, _start, _end in mentions}],
        same=intake.same_articles(),
        is_nav_sidebar_enabled=False,  # article and forms need the width
        **more,
    )
    return TemplateResponse(request, "admin/intake/intake/review.html", context)


def seen(intake: Intake) -> str:
    """Which state of the review a page shows."""
    return intake.updated_at.isoformat()


def _told(request: HttpRequest, text: str, address: str, by_itself: bool) -> HttpResponse:
    """Say why nothing is saved: to the person, or to the script that saves by itself."""
    if by_itself:
        return JsonResponse({"said": text})
    messages.error(request, text)
    return redirect(address)


# What was made of it


def done_page(page: admin.ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    intake = get_object_or_404(Intake.objects.select_related("finished_by"), pk=pk)
    if not page.has_view_or_change_permission(request, intake):
        raise PermissionDenied
    if intake.is_open:
        return redirect("admin:intake_intake_change", pk)
    context = context_of(
        page,
        request,
        gettext("What was made of the article"),
        intake=intake,
        subtitle=str(intake),
        who=name_of(intake.finished_by),
        made=made(intake),
        may_write=page.has_change_permission(request, intake),
    )
    return TemplateResponse(request, "admin/intake/intake/done.html", context)


@dataclass(frozen=True)
class Made:
    """A record that the intake made or changed, if it is still there, and what its publication lacks."""

    change: Change
    record: Model | None
    kind: str
    missing: list[str]


# What an editor looks for first.
FIRST = ("profile", "interview", "engagement")


def made(intake: Intake) -> list[Made]:
    """All of it, the person and the interview first."""

    def place(change: Change) -> int:
        kind = change.content_type.model
        return FIRST.index(kind) if kind in FIRST else len(FIRST)

    found = []
    changes = intake.changes.select_related("content_type").prefetch_related("record")
    for change in sorted(changes, key=place):
        record = change.record
        missing = record.missing_for_publication() if isinstance(record, Publishable) else {}
        model = change.content_type.model_class()
        # Education and positions lack the same.
        texts = list(dict.fromkeys(map(str, missing.values())))
        found.append(Made(change, record, capfirst(model._meta.verbose_name), texts))
    return found


# Taking it back


def take_back_page(page: admin.ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    intake = get_object_or_404(Intake, pk=pk)
    if not page.has_change_permission(request, intake):
        raise PermissionDenied
    if intake.is_open:
        return redirect("admin:intake_intake_change", pk)
    lost = losses(intake)
    if request.method == "POST":
        try:
            is_known = bool(lost) and request.POST.get("lost") == fingerprint(lost)
            stays = take_back(intake, request.user, confirmed=is_known)
        except WorkWouldBeLostError as refusal:
            lost = refusal.messages
            messages.error(request, gettext("Something was edited meanwhile. Look at the page again."))
        except ValidationError as refusal:  # somebody took it back just now, or a record cannot become what it was
            for text in refusal.messages:
                messages.error(request, text)
            return redirect("admin:intake_intake_change", pk)
        else:
            page.log_change(request, intake, gettext("Taken back."))
            for text in stays:
                messages.warning(request, text)
            messages.success(request, gettext("Taken back. The review is as it was: you can go on with it."))
            return redirect("admin:intake_intake_change", pk)
    context = context_of(
        page,
        request,
        gettext("Take everything back"),
        intake=intake,
        subtitle=str(intake),
        lost=lost,
        fingerprint=fingerprint(lost),
        made=made(intake),
    )
    return TemplateResponse(request, "admin/intake/intake/take_back.html", context)


def fingerprint(lost: list[str]) -> str:
    """What a person has read of what would be lost, in few letters."""
    return hashlib.sha256("\n".join(lost).encode()).hexdigest()[:16]
