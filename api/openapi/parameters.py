"""Parameters of the OpenAPI document: those of every request, and those that a FilterSet declares."""

from collections.abc import Callable

from django.conf import settings
from rest_framework.serializers import IntegerField

from api.cursors import LONGEST
from api.serializers.search import TYPES
from codelists.models import Country, Language, Region, Sector
from listing.facet_filters import ChoicesFilter, RecordsFilter
from listing.filters import ListingFilterSet, SortFilter, TextFilter, YearFilter

# Dotted names with commas between them.
NAMES = r"^[a-z_]+(\.[a-z_]+)*$"
TEXT_WITHOUT_ZERO = r"^[^\u0000]*$"
SLUG = r"^[-a-zA-Z0-9_]+$"
# What stands for a record in an address: the pattern of it, an example, and where to find the others.
CODES = {
    Country: (r"^[A-Z]{2}$", "PE", "ISO 3166-1 alpha-2 code of a country, as in `/api/v1/countries/`."),
    Region: (r"^[a-z]+(-[a-z]+)*$", "americas", "Code of a region, as in `/api/v1/regions/`."),
    Sector: (r"^[A-Z]$", "A", "ISIC section, as in `/api/v1/sectors/`."),
    Language: (r"^[a-z]{2,3}(-[A-Za-z]+)?$", "es", "ISO 639 code of a language."),
}
EXAMPLES = {"programme": "my-coop", "topic": "youth", "profile": "john-bliek", "organisation": "swisscontact"}

LANG = {
    "name": "lang",
    "in": "query",
    "description": "Language of the texts and addresses in the answer. It wins over the header `Accept-Language`. "
    "A text that is not translated is in English.",
    "schema": {"type": "string", "enum": [code for code, _name in settings.LANGUAGES]},
}
FORMAT = {
    "name": "format",
    "in": "query",
    "description": "`html` is the answer as a page for people. It wins over the header `Accept`.",
    "schema": {"type": "string", "enum": ["json", "html"]},
}
FIELDS = {
    "name": "fields",
    "in": "query",
    "description": "Names of the fields to send, with commas between them; a dot leads into a related record: "
    "`id,title,country.name`. Without it all are sent.",
    "schema": {"type": "array", "items": {"type": "string", "pattern": NAMES}},
    "style": "form",
    "explode": False,
    "example": ["id", "url"],
}
CURSOR = {
    "name": "cursor",
    "in": "query",
    "description": "Where the page begins. Do not make one up: follow `next` and `previous`.",
    "schema": {"type": "string", "pattern": r"^[A-Za-z0-9_\-=]*$", "maxLength": LONGEST},
}
PAGE_SIZE = {
    "name": "page_size",
    "in": "query",
    "description": "Records on a page.",
    "schema": {"type": "integer", "minimum": 1, "maximum": 100, "default": 25},
}
IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "description": "`ETag` of an answer that you have kept. Where nothing has changed since, you get 304 and no body.",
    "schema": {"type": "string"},
}
# An empty value is none, as a form sends it for a field that was left empty.
EMPTY_IS_NONE = {"allowEmptyValue": True}
COMPONENTS = {
    "lang": LANG | EMPTY_IS_NONE,
    "format": FORMAT | EMPTY_IS_NONE,
    "fields": FIELDS | EMPTY_IS_NONE,
    "cursor": CURSOR | EMPTY_IS_NONE,
    "page_size": PAGE_SIZE | EMPTY_IS_NONE,
    "if_none_match": IF_NONE_MATCH,
}
# Of the search, which has no FilterSet.
SEARCH = [
    {
        "name": "q",
        "in": "query",
        "required": True,
        "description": "The words to look for.",
        "schema": {"type": "string", "maxLength": 200, "pattern": r"^[^\u0000]*[^\s\u0000][^\u0000]*$"},
        "example": "dairy",
    },
    {
        "name": "type",
        "in": "query",
        **EMPTY_IS_NONE,
        "description": "The one kind of record to look for.",
        "schema": {"type": "string", "enum": [name for name, _label in TYPES]},
    },
    {
        "name": "country",
        "in": "query",
        **EMPTY_IS_NONE,
        "description": "What has to do with the country alone. " + CODES[Country][2],
        "schema": {"type": "string", "pattern": CODES[Country][0]},
        "example": CODES[Country][1],
    },
]


def ref(name: str) -> dict:
    """Reference to the parameter `name` of `COMPONENTS`."""
    return {"$ref": f"#/components/parameters/{name}"}


def identifier(view) -> dict:
    """The part of the path that says which record of a collection: the `view` knows what it looks like."""
    serializer_class, pattern = view.serializer_class, f"^{view.lookup_value_regex}$"
    field = serializer_class._declared_fields["id"]
    if isinstance(field, IntegerField):
        schema, example = {"type": "integer", "minimum": 1, "maximum": 10**18 - 1}, 1
    else:
        by_resource = {"country": Country, "region": Region, "sector": Sector}
        _pattern, example, _meaning = CODES[by_resource[serializer_class.resource]]
        schema = {"type": "string", "pattern": pattern}
    return {
        "name": "id",
        "in": "path",
        "required": True,
        "description": field.help_text,
        "schema": schema,
        "example": example,
    }


def expand(known: list[str]) -> dict:
    """The parameter that asks for related records in full; `known` are the dotted names that it may have."""
    return {
        "name": "expand",
        "in": "query",
        "description": "Relations whose records are sent in full, with commas between them; a dot leads on to the "
        "relations of these.",
        "schema": {"type": "array", "items": {"type": "string", "enum": known}},
        "style": "form",
        "explode": False,
        "example": known[:1],
    } | EMPTY_IS_NONE


def of_filters(filterset_class: type[ListingFilterSet]) -> list[dict]:
    """A parameter for every filter of the class, as the list's own form understands it."""
    return [_of_filter(name, filter_) for name, filter_ in filterset_class.base_filters.items()]


def _of_filter(name: str, filter_) -> dict:
    describe = next(describe for kind, describe in DESCRIBED.items() if isinstance(filter_, kind))
    return {"name": name, "in": "query"} | EMPTY_IS_NONE | describe(name, filter_)


def _text(name: str, filter_: TextFilter) -> dict:
    return {
        "description": "Words that the record has, all of them. Accents and capitals do not matter.",
        "schema": {"type": "string", "maxLength": filter_.extra["max_length"], "pattern": TEXT_WITHOUT_ZERO},
    }


def _year(name: str, filter_: YearFilter) -> dict:
    meaning = {"year_from": "Under way in this year or later.", "year_to": "Begun in this year or before."}
    limits = {"minimum": filter_.extra["min_value"], "maximum": filter_.extra["max_value"]}
    return {"description": meaning[name], "schema": {"type": "integer", **limits}}


def _sort(name: str, filter_: SortFilter) -> dict:
    words = "; ".join(f"`{word}`: {label}" for word, (label, _order) in filter_.orders.items())
    orders = list(filter_.orders)
    return {
        "description": f"Order of the list. {words}.",
        "schema": {"type": "string", "enum": orders, "default": orders[0]},
    }


def _choices(name: str, filter_: ChoicesFilter) -> dict:
    words = "; ".join(f"`{value}`: {label}" for value, label in filter_.labels.items())
    items = {"type": "string", "enum": [str(value) for value in filter_.labels]}
    return _any_of(items) | {"description": f"Any of these, the parameter repeated. {words}."}


def _records(name: str, filter_: RecordsFilter) -> dict:
    # The model is known only to filters of a FilterSet that was made: by convention the name says it.
    by_name = {"country": Country, "region": Region, "sector": Sector, "language": Language}
    if name in by_name:
        pattern, example, meaning = CODES[by_name[name]]
    else:
        pattern, example = SLUG, EXAMPLES[name]
        meaning = f"The `slug` of a public {name}, as in `/api/v1/{name}s/`."
    return _any_of({"type": "string", "pattern": pattern}) | {
        "description": f"{meaning} Repeat the parameter for any of several.",
        "example": [example],
    }


def _any_of(items: dict) -> dict:
    """A parameter that may be repeated: each time one of `items`."""
    return {"schema": {"type": "array", "items": items}, "style": "form", "explode": True}


DESCRIBED: dict[type, Callable[[str, object], dict]] = {
    TextFilter: _text,
    YearFilter: _year,
    SortFilter: _sort,
    ChoicesFilter: _choices,
    RecordsFilter: _records,
}
