"""Who may import."""

from django.db.models import Model

from publishing.workflow import permission


def may_import(user, model: type[Model]) -> bool:
    """Whether `user` may add or change records of `model`; which ones, each row of an import asks."""
    return user.has_perm(permission(model, "add")) or user.has_perm(permission(model, "change"))
