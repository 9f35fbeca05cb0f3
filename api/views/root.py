"""The first page of the API, and the answer to addresses that lead nowhere."""

from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from rest_framework.response import Response

from api.serializers.base import absolute
from api.views.base import ApiView
from api.views.collections import COLLECTIONS
from opendata.conditional import conditional
from opendata.licence import data_licence


class RootView(ApiView):
    """The addresses of everything that there is."""

    title = _("API")
    operation_id = "root"
    tag = "Start"
    summary = "Start"
    description = "The addresses of all lists, and the licence of the data."

    @staticmethod
    def addresses() -> dict[str, str]:
        """The addresses of all lists, of the search and of what describes the API, by their names in the answer."""
        collections = [view.serializer_class.collection for view in COLLECTIONS]
        names = {name: f"{name}-list" for name in collections}
        names |= {"search": "search", "documentation": "docs", "openapi": "openapi-json"}
        return {name: reverse(f"api:{address}") for name, address in names.items()}

    @classmethod
    def answer_schema(cls) -> dict:
        """The answer in words of OpenAPI."""
        address = {"type": "string", "format": "uri"}
        licence = {"name": {"type": "string", "description": "Its SPDX identifier."}, "url": address}
        about_licence = {
            "type": "object",
            "description": "Licence of the data.",
            "properties": licence,
            "required": list(licence),
            "additionalProperties": False,
        }
        properties = dict.fromkeys(cls.addresses(), address) | {"licence": about_licence}
        return {
            "type": "object",
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
        }

    @method_decorator(conditional)
    def get(self, request):
        licence = data_licence()
        return Response(
            {name: absolute(request, address) for name, address in self.addresses().items()}
            | {"licence": {"name": licence.name, "url": licence.url}}
        )
