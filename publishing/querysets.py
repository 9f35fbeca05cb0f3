"""Who may see what: the two questions that every public query starts with."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.constants import LOOKUP_SEP
from django.db.models.functions import Coalesce
from django.utils import timezone

from publishing.previewing import PreviewLink


def published_q(prefix: str = "", at: datetime | None = None) -> Q:
    """Condition "is public now": published, and the publication date has come.

    `prefix` is the relation that leads to the publishable record, as in ``published_q("engagements")``; combined
    with further conditions in one ``filter()`` call they all speak of the same related record. `at` is the moment that
    is asked about, for queries whose answers must agree with each other.
    """
    path = f"{prefix}__" if prefix else ""
    return Q(**{f"{path}status": "published", f"{path}publish_at__lte": at or timezone.now()})


class PublishableQuerySet(models.QuerySet):
    """Queryset of every `Publishable` model."""

    def published(self, at: datetime | None = None) -> Self:
        """Records that anybody may see now, or `at` another moment."""
        return self.filter(published_q(at=at))

    def last_published_first(self) -> Self:
        """Public records by the date of publication, in the form in which engagements have an index for it."""
        return self.order_by(Coalesce("publish_at", "created_at").desc(), "-pk")

    def visible_to(self, user, link: PreviewLink | None = None) -> Self:
        """Records that `user` may see: all for staff with the permission to view this model, else the public ones.

        Whoever has a preview `link` sees what it shows besides.
        """
        if can_preview(user, self.model):
            return self.all()
        return self.published() | self.shown_by(link) if link else self.published()

    def shown_by(self, link: PreviewLink) -> Self:
        """The record to which a preview `link` leads, unless it is archived."""
        return self.filter(pk=link.pk).exclude(status="archived") if link.applies_to(self.model) else self.none()

    def number_for(self, relation: str, *, counting: str = "pk") -> Coalesce:
        """Expression for `annotate()` on other records: how many of these each has in their `relation` to it.

        With `counting` it is not these records that are counted, but the different values they have there. It is a
        subquery, not a join: it runs only for the rows that are shown.
        """
        counted = self.order_by().filter(**{relation: OuterRef("pk")}).values(relation)
        counted = counted.annotate(number=Count(counting, distinct=counting != "pk"))
        return Coalesce(Subquery(counted.values("number")), 0)


def can_preview(user, model: type[models.Model]) -> bool:
    """Whether `user` may see records of `model` that are not public: whoever may view or change them in the admin."""
    label, name = model._meta.app_label, model._meta.model_name
    permitted = user.has_perm(f"{label}.view_{name}") or user.has_perm(f"{label}.change_{name}")
    return user.is_active and user.is_staff and permitted


class PartQuerySet(models.QuerySet):
    """Queryset of the parts of publishable records, such as photos: a part is as public as its wholes together.

    Subclasses name in `wholes` the relations that lead to them, the nearest first.
    """

    wholes: tuple[str, ...]

    def published(self, at: datetime | None = None) -> Self:
        """Parts that anybody may see now, or `at` another moment."""
        return self.filter(*(published_q(whole, at) for whole in self.wholes))

    def visible_to(self, user, link: PreviewLink | None = None) -> Self:
        """Parts that `user` may see: each whole is public, or of a kind that the user may preview.

        Whoever has a preview `link` sees those of the records that it shows besides.
        """
        hidden = [whole for whole in self.wholes if not can_preview(user, self._model_of(whole))]
        visible = self.filter(*(published_q(whole) for whole in hidden))
        return visible | self.shown_by(link) if link else visible

    def shown_by(self, link: PreviewLink) -> Self:
        """The parts of a record that a preview `link` shows; of the nearest whole, which knows of those above it."""
        nearest = self.wholes[0]
        return self.filter(**{f"{nearest}__in": self._model_of(nearest)._default_manager.shown_by(link)})

    def _model_of(self, whole: str) -> type[models.Model]:
        model = self.model
        for step in whole.split(LOOKUP_SEP):
            model = model._meta.get_field(step).related_model
        return model
