"""What needs attention: how many records each list of the admin would show under the filters that say so.

The numbers come from the conditions of the filters themselves, so that desk and list agree: see `ConditionFilter`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.admin import AdminSite, ModelAdmin
from django.db import models
from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext

from desk.merging import may_merge
from desk.models import MERGEABLE, PossibleDuplicate
from listing.facets import count_rows
from listing.paging import Total, up_to
from multilingual.admin import ConditionFilter

# A filter, one of its values, the label and the condition of that.
Asked = tuple[type[ConditionFilter], str, str, Q]


@dataclass(frozen=True)
class Item:
    """So many records lack something, and the list that shows them."""

    total: Total
    label: str
    address: str


@dataclass(frozen=True)
class Group:
    """What needs attention among the records of one kind."""

    label: str
    items: list[Item]


def attention(site: AdminSite, request: HttpRequest) -> list[Group] | None:
    """What needs attention of what the user may change: one query a kind of record, and one for duplicates.

    None where the user may change nothing that is looked after in this way.
    """
    asked = {
        entry["model"]: found
        for app in site.get_app_list(request)
        for entry in app["models"]
        if entry["perms"]["change"] and (found := list(_asked(site.get_model_admin(entry["model"]), request)))
    }
    if not asked:
        return None
    duplicates = _duplicates(request.user)
    groups = (
        Group(capfirst(model._meta.verbose_name_plural), [*_items(model, conditions), *duplicates.get(model, [])])
        for model, conditions in asked.items()
    )
    return [group for group in groups if group.items]


def _items(model: type[models.Model], asked: list[Asked]) -> list[Item]:
    # Each is counted by itself, and up to a limit: where many lack something, few have to be looked at.
    numbers = count_rows(
        {f"number_{place}": up_to(model._base_manager.filter(condition)) for place, (*_, condition) in enumerate(asked)}
    )
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    return [
        Item(Total.of(number), filter_.in_words(label), f"{address}?{urlencode({filter_.parameter_name: value})}")
        for place, (filter_, value, label, _condition) in enumerate(asked)
        if (number := numbers[f"number_{place}"])
    ]


def _asked(page: ModelAdmin, request: HttpRequest) -> Iterator[Asked]:
    """The filters of the list with those of their values that call for attention."""
    for filter_ in page.get_list_filter(request):
        if isinstance(filter_, type) and issubclass(filter_, ConditionFilter):
            for value, label, condition in filter_.conditions_for(page):
                if value in filter_.attention:
                    yield filter_, value, label, condition


def _duplicates(user) -> dict[type[models.Model], list[Item]]:
    kinds = {kind: model for kind, model in MERGEABLE.items() if may_merge(user, model)}
    if not kinds:
        return {}
    counted = PossibleDuplicate.objects.open().filter(kind__in=kinds).order_by().values_list("kind")
    return {
        kinds[kind]: [Item(Total(number), gettext("Possible duplicates"), f"{reverse('admin:duplicates')}?kind={kind}")]
        for kind, number in counted.annotate(Count("pk"))
    }
