"""The OpenAPI document as people read it: operations, their parameters and fields, and forms to ask them with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from django.http import QueryDict

from api.openapi.document import document

OFFERED = 40  # choices that a form shows as a list


@dataclass(frozen=True)
class Property:
    """A field of an answer: its name, its type in words, the names of the kinds of record within it, what it means."""

    name: str
    type: str
    kinds: list[str]
    description: str


@dataclass(frozen=True)
class Kind:
    """A kind of object in answers, with its properties."""

    name: str
    description: str
    properties: list[Property]


@dataclass(frozen=True)
class FormField:
    """A parameter as a field of a form. `longest` and `is_number` say what it takes, 0 where nothing is said."""

    id: str
    name: str
    hint: str
    choices: list[str]
    several: bool
    values: list[str]
    required: bool
    longest: int
    is_number: bool


@dataclass(frozen=True)
class Form:
    """A plain form that asks an operation: where it goes, what it is called, and what it sends beside its fields."""

    action: str
    name: str
    fields: list[FormField]
    hidden: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked: `address` is its path, which may have an `{id}` in it."""

    id: str
    address: str
    tag: str
    summary: str
    description: str
    parameters: list[dict]
    responses: list[tuple[str, str]]
    kinds: list[str]

    def form(self, action: str, **hidden: str) -> Form:
        """The empty form of the operation."""
        fields = [
            _form_field(self.id, each, QueryDict()) for each in self.parameters if each["in"] in ("query", "path")
        ]
        return Form(action, self.summary, fields, hidden)

    def form_again(self, action: str, asked: QueryDict) -> Form:
        """The form filled with what was `asked`, for the same path: another question begins at the first page."""
        asked = asked.copy()
        asked.pop("cursor", None)
        fields = [_form_field(self.id, each, asked) for each in self.parameters if each["in"] == "query"]
        return Form(action, self.summary, fields)


class Reading:
    """A document, read once."""

    def __init__(self, document: dict):
        self.document = document
        self.operations = [
            self._operation(address, methods["get"])
            for address, methods in document["paths"].items()
            if "get" in methods
        ]
        self.by_id = {operation.id: operation for operation in self.operations}
        self.kinds = [self._kind(name, schema) for name, schema in document["components"]["schemas"].items()]
        self.tags = {tag["name"]: tag.get("description", "") for tag in document.get("tags", [])}

    def resolved(self, part: dict) -> dict:
        """What the `part` refers to, or itself."""
        while "$ref" in part:
            target = self.document
            for step in part["$ref"].removeprefix("#/").split("/"):
                target = target[step]
            part = target
        return part

    def _operation(self, address: str, operation: dict) -> Operation:
        responses = {status: self.resolved(answer) for status, answer in operation["responses"].items()}
        schema = responses["200"].get("content", {}).get("application/json", {}).get("schema", {})
        return Operation(
            id=operation["operationId"],
            address=address,
            tag=(operation.get("tags") or [""])[0],
            summary=operation.get("summary", operation["operationId"]),
            description=operation.get("description", ""),
            parameters=[self.resolved(parameter) for parameter in operation.get("parameters", [])],
            responses=[(status, answer["description"]) for status, answer in responses.items()],
            kinds=self._kinds(schema),
        )

    def _kinds(self, schema: dict) -> list[str]:
        """The kinds of object that an answer with this `schema` is made of: the page of a list, and the record."""
        properties = self.resolved(schema).get("properties", {})
        records = named(properties["results"]) if "next" in properties else []
        return list(dict.fromkeys([*named(schema), *records]))

    def _kind(self, name: str, schema: dict) -> Kind:
        properties = [
            Property(each, in_words(value), list(dict.fromkeys(named(value))), value.get("description", ""))
            for each, value in schema.get("properties", {}).items()
        ]
        return Kind(name, schema.get("description", ""), properties)


@cache
def reading() -> Reading:
    """The document of this process, read for people."""
    return Reading(document())


def named(schema: Mapping) -> Iterable[str]:
    """The names of the kinds that a `schema` refers to."""
    if "$ref" in schema:
        yield schema["$ref"].rpartition("/")[2]
    parts = [schema["items"]] if "items" in schema else schema.get("anyOf", [])
    for part in parts:
        yield from named(part)


def in_words(schema: Mapping) -> str:
    """The type that a `schema` allows, in words: “list of Topic”, “text or null”."""
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(in_words(part) for part in schema["anyOf"]))
    types = schema.get("type", "anything")
    types = [types] if isinstance(types, str) else types
    names = []
    for name in types:
        if name == "array":
            name = f"list of {in_words(schema.get('items', {}))}"
        elif name == "string":
            name = {"uri": "address", "date": "date", "date-time": "date and time"}.get(schema.get("format"), "text")
        names.append(name)
    return " or ".join(names)


def _form_field(operation: str, parameter: dict, asked: QueryDict) -> FormField:
    schema = parameter["schema"]
    items = schema.get("items", schema)
    choices = [str(choice) for choice in items.get("enum", [])]
    name, is_listed = parameter["name"], schema.get("type") == "array"
    values = asked.getlist(name)
    if is_listed and not parameter.get("explode", True):
        values = [each for value in values for each in value.split(",")] if choices else values
    return FormField(
        id=f"{operation}-{name}",
        name=name,
        hint=parameter.get("description", "").replace("`", ""),
        choices=choices if len(choices) <= OFFERED else [],
        several=is_listed,
        values=values,
        required=parameter.get("required", False),
        longest=items.get("maxLength", 0),
        is_number=items.get("type") == "integer",
    )
