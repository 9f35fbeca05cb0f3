"""Who may see what: the two questions that every public query starts with."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.constants import LOOKUP_SEP
from django.utils import timezone


def published_q(prefix: str = "") -> Q:
    """Condition "is public now": published, and the publication date has come.

    `prefix` is the relation that leads to the publishable record, as in ``published_q("engagements")``; combined
    with further conditions in one ``filter()`` call they all speak of the same related record.
    """
    path = f"{prefix}__" if prefix else ""
    return Q(**{f"{path}status": "published", f"{path}publish_at__lte": timezone.now()})


class PublishableQuerySet(models.QuerySet):
    """Queryset of every `Publishable` model."""

    def published(self) -> Self:
        """Records that anybody may see now."""
        return self.filter(published_q())

    def visible_to(self, user) -> Self:
        """Records that `user` may see: all for staff with the permission to view this model, else the public ones."""
        if can_preview(user, self.model):
            return self.all()
        return self.published()


def can_preview(user, model: type[models.Model]) -> bool:
    """Whether `user` may see records of `model` that are not public: whoever may view or change them in the admin."""
    label, name = model._meta.app_label, model._meta.model_name
    permitted = user.has_perm(f"{label}.view_{name}") or user.has_perm(f"{label}.change_{name}")
    return user.is_active and user.is_staff and permitted


class PartQuerySet(models.QuerySet):
    """Queryset of the parts of publishable records, such as photos: a part is as public as its wholes together.

    Subclasses name in `wholes` the relations that lead to them.
    """

    wholes: tuple[str, ...]

    def published(self) -> Self:
        """Parts that anybody may see now."""
        return self.filter(*(published_q(whole) for whole in self.wholes))

    def visible_to(self, user) -> Self:
        """Parts that `user` may see: each whole is public, or of a kind that the user may preview."""
        hidden = [whole for whole in self.wholes if not can_preview(user, self._model_of(whole))]
        return self.filter(*(published_q(whole) for whole in hidden))

    def _model_of(self, whole: str) -> type[models.Model]:
        model = self.model
        for step in whole.split(LOOKUP_SEP):
            model = model._meta.get_field(step).related_model
        return model
