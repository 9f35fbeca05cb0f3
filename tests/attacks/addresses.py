"""Every address of the portal, by the patterns that it has: a new one is attacked as soon as it is there."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch

from codelists.models import Topic
from engagements.models import Engagement
from profiles.models import InterviewPhoto, Profile, Series
from programmes.models import Programme
from publishing.models import Version

NOWHERE = "00000000-0000-4000-8000-000000000000"


@dataclass(frozen=True)
class Address:
    """`view` is the name of the pattern, as in "admin:index"; `path` an address that it answers."""

    view: str
    path: str
    callback: object

    @property
    def is_admin(self) -> bool:
        return self.path.startswith("/admin/")


def _patterns(
    patterns, namespace: str = "", outer: tuple[str, ...] = ()
) -> Iterator[tuple[str, list[str], URLPattern]]:
    """The names of all patterns, and of what they take from an address."""
    for pattern in patterns:
        taken = (*outer, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            yield from _patterns(
                pattern.url_patterns, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace, taken
            )
        else:
            yield f"{namespace}{pattern.name}", list(taken), pattern


def every() -> list[Address]:
    """One address for each pattern that has a name; of records in the database, where there are any."""
    found = {}
    for view, taken, pattern in _patterns(get_resolver().url_patterns):
        if pattern.name and view not in found:
            found[view] = Address(view, _path(view, taken, pattern), pattern.callback)
    return list(found.values())


def public() -> list[Address]:
    """Those that visitors ask."""
    return [address for address in every() if not address.is_admin]


def _path(view: str, taken: list[str], pattern: URLPattern) -> str:
    values = _known(view) | _by_admin(pattern)
    try:
        return reverse(view, kwargs={name: values[name] for name in taken})
    except (KeyError, NoReverseMatch) as error:
        raise AssertionError(f"say in tests/attacks/addresses.py what {taken} may be in {view}") from error


def _first(model: type[Model], field: str, unknown: object = 1) -> object:
    return model.objects.order_by("pk").values_list(field, flat=True).first() or unknown


def _known(view: str) -> dict[str, object]:
    by_view = {
        "api:countries-detail": {"pk": "PE"},
        "api:regions-detail": {"pk": "africa"},
        "api:sectors-detail": {"pk": "A"},
        "api:example": {"name": "engagements.py"},
        "engagements:region": {"pk": "africa"},
        "engagements:detail": {"pk": _first(Engagement, "pk"), "slug": _first(Engagement, "slug", "x")},
        "engagements:topic": {"slug": _first(Topic, "slug", "x")},
        "profiles:detail": {"slug": _first(Profile, "slug", "x")},
        "series-feed": {"slug": _first(Series, "slug", "x")},
        "bundle:table": {"name": "profiles"},
        "downloads:list": {"name": "profiles", "extension": "csv"},
        "sitemap": {"section": "profiles"},
        "media": {"name": _first(InterviewPhoto, "image", "photos/none.webp")},
        "admin:merge": {"kind": "organisation", "kept": 1, "other": 2},
    }
    known = {"code": "pe", "slug": _first(Programme, "slug", "x"), "pk": 1, "app_label": "organisations"}
    known |= {"model_name": "organisation", "content_type_id": 1, "object_id": 1, "deletion": NOWHERE}
    known |= {"version_id": _first(Version, "pk"), "id": _first(User, "pk"), "url": "nowhere"}
    return known | by_view.get(view, {})


def _by_admin(pattern: URLPattern) -> dict[str, object]:
    """The number of a record that the page of the admin is about."""
    admin = getattr(getattr(pattern.callback, "model_admin", None), "model", None)
    return {"object_id": _first(admin, "pk"), "id": _first(admin, "pk")} if admin else {}
