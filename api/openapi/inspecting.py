"""How drf-spectacular reads the API's views and serializers."""

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent, get_doc

from api.expanding import expandable
from api.openapi import answers, parameters
from api.serializers.base import RESOURCES, SelectiveSerializer
from api.serializers.facets import FacetsSerializer

SUMMARIES = {"list": "List {many}", "retrieve": "One {one}", "facets": "Facets of {many}"}
DESCRIPTIONS = {
    "list": "All that are public and that the filters let through, in pages.",
    "retrieve": "",
    "facets": "How many records the filters let through, and how many there would be with each other value. "
    "The parameters are those of the list.",
}
CODE_LISTS = ("countries", "regions", "sectors", "topics")


class ApiSchema(AutoSchema):
    """The operations of the API: what they take and answer is read from views and serializers: nothing is said twice.

    A view that stands alone, in no collection, says what its operation is called: `operation_id`, `tag`, `summary` and
    `description`; and in `answer_schema` what it answers where it has no serializer.
    """

    @property
    def action(self) -> str:
        """list, retrieve or facets; nothing for a view that stands alone."""
        return getattr(self.view, "action", None) or ""

    @property
    def collection(self) -> str:
        return self.view.serializer_class.collection

    def get_operation_id(self):
        return f"{self.collection}_{self.action}" if self.action else self.view.operation_id

    def get_tags(self):
        if not self.action:
            return [self.view.tag]
        return ["Code lists" if self.collection in CODE_LISTS else self.collection.capitalize()]

    def get_summary(self):
        if not self.action:
            return self.view.summary
        return SUMMARIES[self.action].format(many=self.collection, one=self.view.serializer_class.resource)

    def get_description(self):
        if not self.action:
            return self.view.description
        return DESCRIPTIONS[self.action] or get_doc(self.view.serializer_class)

    def get_auth(self):
        return []

    def _get_parameters(self):
        in_path = [parameters.identifier(self.view)] if self.action == "retrieve" else []
        return [*in_path, *self._asked(), *map(parameters.ref, ("lang", "format", "if_none_match"))]

    def _asked(self) -> list[dict]:
        """The parameters in the query that this operation has and not every other."""
        known = self.view.parameters()
        filters = getattr(self.view, "listing_filters", None)
        asked = parameters.of_filters(filters) if filters and self.action in ("list", "facets") else []
        asked += parameters.SEARCH if self.get_operation_id() == "search" else []
        asked += [parameters.ref(name) for name in ("cursor", "page_size", "fields") if name in known]
        if "expand" in known and (names := expandable(self.view.serializer_class())):
            asked.append(parameters.expand(names))
        return asked

    def _get_response_bodies(self, direction="response"):
        statuses = ["304", "400", *(["404"] if self.action == "retrieve" else []), "406", "429"]
        return {"200": self._answer()} | answers.references(*statuses)

    def _answer(self) -> dict:
        if self.action == "list":
            record = self.resolve_serializer(self.view.serializer_class, "response")
            page = self.view.pagination_class().get_paginated_response_schema({"type": "array", "items": record.ref})
            page["additionalProperties"] = False
            return answers.ok("A page of the list.", self._component(f"{record.name}Page", page), "Link")
        if self.action == "facets":
            return answers.ok("The facets.", self.resolve_serializer(FacetsSerializer, "response").ref)
        if schema := getattr(self.view, "answer_schema", None):
            return answers.ok("The answer.", self._component(self.view.operation_id.capitalize(), schema()))
        return answers.ok("The record.", self.resolve_serializer(self.view.serializer_class, "response").ref)

    def _map_basic_serializer(self, serializer, direction):
        schema = super()._map_basic_serializer(serializer, direction) | {"additionalProperties": False}
        if isinstance(serializer, SelectiveSerializer):
            schema.pop("required", None)  # `fields` may leave out any
        return schema

    def _component(self, name: str, schema: dict) -> dict:
        """A reference to the `schema`, which is kept among the components under its `name`."""
        component = ResolvedComponent(name=name, type=ResolvedComponent.SCHEMA, schema=schema, object=name)
        self.registry.register_on_missing(component)
        return component.ref


class RelatedFieldSchema(OpenApiSerializerFieldExtension):
    """A related record is a reference, or where it was expanded the whole record."""

    target_class = "api.serializers.relations.RelatedField"
    match_subclasses = True

    def map_serializer_field(self, auto_schema, direction):
        full = RESOURCES[self.target.resource]
        kinds = [auto_schema.resolve_serializer(kind, direction).ref for kind in (full.reference, full)]
        record = {"anyOf": kinds}
        return {"type": "array", "items": record} if self.target.many else record


class DateTextFieldSchema(OpenApiSerializerFieldExtension):
    target_class = "api.serializers.fields.DateTextField"

    def map_serializer_field(self, auto_schema, direction):
        return {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}
