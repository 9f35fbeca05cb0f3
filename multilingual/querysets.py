"""One multilingual class for each class of querysets, where django-modeltranslation makes one for each queryset.

A class costs about as much time as the rest of a queryset that is not asked yet (45 of 89 µs, Python 3.11), is garbage
that only the collector of cycles finds, and as the key of a cache it would keep the cache growing for ever.
"""

from functools import cache, wraps

from django.db.models import QuerySet
from modeltranslation import manager

_made_anew = manager.multilingual_queryset_factory


@cache
def _multilingual(queryset_class: type[QuerySet]) -> type[QuerySet]:
    return _made_anew(queryset_class, instantiate=False)


@wraps(_made_anew)
def _made_once(old_cls: type[QuerySet], instantiate: bool = True) -> QuerySet | type[QuerySet]:
    found = _multilingual(old_cls)
    return found() if instantiate else found


def make_classes_once() -> None:
    """Have modeltranslation's managers, and querysets that were pickled, take the class that was made first."""
    manager.multilingual_queryset_factory = _made_once
