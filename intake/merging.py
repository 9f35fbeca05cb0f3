"""What the intake remembers of a record that becomes one with another one."""

from django.db import models

from intake.models import Change, Intake, Source
from intake.review_forms.choices import MATCHED
from publishing.models import Publishable
from publishing.snapshots import repoint, take


def turn_sources(kept: models.Model, other: models.Model) -> None:
    """Let the places that say what `other` says be those of `kept`, each place once."""
    known = set(Source.objects.of(kept).values_list("intake", "start", "end"))
    for source in Source.objects.of(other):
        if (source.intake_id, source.start, source.end) in known:
            source.delete()
        else:
            source.object_id = kept.pk
            source.save(update_fields=["object_id"])


def turn(kept: Publishable, other: Publishable, kept_was: dict, other_was: dict) -> None:
    """Let all that the intake knows of `other` be about `kept`; snapshots say what the two were before the merging.

    To be called in a transaction, when what pointed to `other` points to `kept`.
    """
    turn_sources(kept, other)
    _turn_changes(kept, other, kept_was, other_was)
    _turn_snapshots(kept, other)
    _turn_reviews(kept, other)


def _turn_changes(kept: Publishable, other: Publishable, kept_was: dict, other_was: dict) -> None:
    """See to it that taking an article back removes its part of the record alone, and not what is another's."""
    ours = {change.intake_id: change for change in Change.objects.of(kept)}
    theirs = {change.intake_id: change for change in Change.objects.of(other)}
    now = take(kept)
    for intake in ours.keys() | theirs.keys():
        mine, its = ours.get(intake), theirs.get(intake)
        added = [change is not None and change.kind == Change.Kind.ADDED for change in (mine, its)]
        if mine and all(added):
            mine.after = now
        elif mine and added[0]:
            _only_changed(mine, other_was, now)
        elif mine is None and its and added[1]:
            mine, its.object_id = its, kept.pk
            _only_changed(mine, kept_was, now)
            its = None
        if mine:
            mine.save()
        if its:
            its.delete()


def _only_changed(change: Change, before: dict, after: dict) -> None:
    change.kind, change.before, change.public, change.after = Change.Kind.CHANGED, before, None, after


def _turn_snapshots(kept: Publishable, other: Publishable) -> None:
    """What was written elsewhere names the kept record: else it would seem edited, and could not be put back."""
    changes = Change.objects.select_related("content_type").order_by("pk")
    for change in changes.iterator(chunk_size=100):
        model = change.content_type.model_class()
        if not issubclass(model, Publishable):
            continue
        snapshots = [data for data in (change.before, change.public, change.after) if data]
        turned = [repoint(data, model, type(kept), other.pk, kept.pk) for data in snapshots]
        if any(turned):
            change.save(update_fields=["before", "public", "after"])


def _turn_reviews(kept: Publishable, other: Publishable) -> None:
    """What a review found in the portal is the kept record; who has the review open need not begin anew."""
    for intake in Intake.objects.only("review"):
        turned = False
        for section, model in MATCHED.items():
            found = intake.review.get(section, []) if isinstance(kept, model) else []
            for item in [found] if isinstance(found, dict) else found:
                for name in ("match", "found"):
                    if item.get(name) == other.pk:
                        item[name], turned = kept.pk, True
        if turned:
            Intake.objects.filter(pk=intake.pk).update(review=intake.review)
