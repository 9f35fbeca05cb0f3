"""Finds the records that the data files refer to."""

from typing import Any

from django.db import models

from codelists.models import Topic
from sample.errors import DataError
from sample.kinds import KINDS


class DeletedError(Exception):
    """The record referred to is one of the sample content that is not in the database any more."""


class References:
    """Knows the records of the sample content that the loader has come to, and the code lists."""

    def __init__(self):
        self._ids: dict[type[models.Model], dict[Any, Any]] = {kind.model: {} for kind in KINDS}

    def add(self, model: type[models.Model], key: str, pk: int | None) -> None:
        """Remember where the record `key` is; `pk` is None when there is none, by an editor's will."""
        self._ids[model][key] = pk

    def find(self, model: type[models.Model], key: Any) -> Any:
        """The primary key of the record that the data files call `key`.

        Raises DeletedError when it was deleted, and DataError when the data files have no such record.
        """
        if model not in self._ids:
            self._ids[model] = _code_list(model)
        name = model._meta.verbose_name
        try:
            pk = self._ids[model][key]
        except (KeyError, TypeError) as error:
            raise DataError(f"unknown {name} {key!r}") from error
        if pk is None:
            raise DeletedError(f"{name} {key}")
        return pk


def _code_list(model: type[models.Model]) -> dict[Any, Any]:
    column = "slug" if model is Topic else "pk"
    return {getattr(row, column): row.pk for row in model._default_manager.all()}
