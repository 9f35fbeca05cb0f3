"""The OpenAPI document, and the reference for people that is made from it."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import activate, get_language
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from rest_framework.renderers import JSONRenderer

from api.openapi.document import as_json, as_yaml
from api.openapi.reading import Form, Operation, reading
from api.rendering import address_with
from api.throttling import parsed
from api.views.base import ApiView
from opendata.licence import data_licence

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
LANGUAGES_OF_EXAMPLES = {".sh": "curl", ".py": "Python", ".R": "R"}


class DocumentView(ApiView):
    """The OpenAPI document: `written()` are its bytes, `content_type` is what they are, whatever is accepted."""

    schema = None
    content_type = ""

    def perform_content_negotiation(self, request, force=False):
        renderer = JSONRenderer()
        return renderer, renderer.media_type

    def written(self) -> bytes:
        raise NotImplementedError

    def get(self, request):
        content = self.written()
        etag = f'"{sha256(content).hexdigest()[:32]}"'
        response = get_conditional_response(request, etag=etag) or HttpResponse(content, self.content_type)
        response["ETag"] = etag
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        return response


class JsonDocumentView(DocumentView):
    content_type = "application/json"

    def written(self):
        return as_json()


class YamlDocumentView(DocumentView):
    content_type = "application/yaml"  # RFC 9512

    def written(self):
        return as_yaml()


class ReferenceView(TemplateView):
    """The reference: every operation, what it takes and answers, with a form that asks it; and examples.

    A form whose operation has its `id` in the path comes back here, and is sent on to that path.
    """

    template_name = "api/reference.html"
    http_method_names = ["get", "head", "options"]

    def get(self, request, *args, **kwargs):
        if lang := request.GET.get("lang"):
            activate(lang if lang in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE)
        operation = reading().by_id.get(request.GET.get("operation"))
        return HttpResponseRedirect(_asked(operation, request.GET)) if operation else super().get(request)

    def get_context_data(self, **kwargs):
        here = reverse("api:docs")
        read = reading()
        sections = [
            (tag, text, [(each, _form(each, here)) for each in read.operations if each.tag == tag])
            for tag, text in read.tags.items()
        ]
        quota, window = parsed(settings.API_RATE)
        return super().get_context_data(
            noindex=True,
            tag_language="" if get_language() == "en" else "en",
            sections=sections,
            kinds=read.kinds,
            examples=examples(),
            quota=quota,
            window=window,
            licence=data_licence(),
            language_urls={code: address_with(self.request, lang=code) for code, _name in settings.LANGUAGES},
            **kwargs,
        )


def _form(operation: Operation, here: str) -> Form:
    if "{" in operation.address:
        return operation.form(here, operation=operation.id)
    return operation.form(operation.address)


def _asked(operation: Operation, asked) -> str:
    """The address of what the form of the `operation` asks for."""
    parameters, address = asked.copy(), operation.address
    del parameters["operation"]
    for each in operation.parameters:
        if each["in"] == "path":
            value = parameters.get(each["name"], "").strip()
            parameters.pop(each["name"], None)
            address = address.replace(f"{{{each['name']}}}", quote(value or "-", safe=""))
    for name in [name for name, values in parameters.lists() if not any(values)]:
        del parameters[name]
    return f"{address}?{parameters.urlencode()}" if parameters else address


@cache
def examples() -> list[tuple[str, str, str]]:
    """Name, programming language and text of each example."""
    files = [file for file in sorted(EXAMPLES.glob("*")) if file.suffix in LANGUAGES_OF_EXAMPLES]
    in_order = sorted(files, key=lambda file: list(LANGUAGES_OF_EXAMPLES).index(file.suffix))
    return [(file.name, LANGUAGES_OF_EXAMPLES[file.suffix], file.read_text("utf-8")) for file in in_order]


@require_safe
def example(request, name):
    """The file of an example."""
    for each, _language, text in examples():
        if each == name:
            return HttpResponse(text, content_type="text/plain; charset=utf-8")
    raise Http404
