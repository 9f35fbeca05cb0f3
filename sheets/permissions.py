"""Who may import and export."""

from django.contrib.auth import get_permission_codename
from django.db.models import Model

from publishing.models import Publishable, Status


def may(user, action: str, model: type[Model]) -> bool:
    """Whether `user` has the permission `action` (view, add, change, publish) on `model`."""
    return user.has_perm(f"{model._meta.app_label}.{get_permission_codename(action, model._meta)}")


def may_import(user, model: type[Model]) -> bool:
    return may(user, "add", model) or may(user, "change", model)


def may_change(user, record: Publishable) -> bool:
    """Whether `user` may change this record: who may not publish changes drafts only."""
    model = type(record)
    return may(user, "change", model) and (record.status == Status.DRAFT or may(user, "publish", model))
