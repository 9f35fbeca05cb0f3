"""What every address of the API has in common: who may ask, in which language the answer is, what is refused."""

from typing import ClassVar

from django.utils.cache import patch_vary_headers
from django.utils.translation import activate, get_language
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import APIView

from api import language
from api.openapi.inspecting import ApiSchema
from api.parameters import EVERYWHERE, check
from api.problems import exception_handler
from api.rendering import AnswerPageRenderer, Negotiation
from api.throttling import ClientThrottle


class ApiView(APIView):
    """Base of all views: read-only, for anybody, without sessions and cookies; strict about parameters.

    Subclasses answer in `parameters()` the names of their parameters, each with whether it may be given several times,
    and say in `title` what the answer is called where it is a page.
    """

    title = "API"

    authentication_classes = []
    permission_classes = []
    parser_classes = []
    renderer_classes = [JSONRenderer, AnswerPageRenderer]
    content_negotiation_class = Negotiation
    throttle_classes = [ClientThrottle]
    schema = ApiSchema()
    http_method_names: ClassVar = ["get", "head", "options"]

    def initial(self, request, *args, **kwargs):
        request.origin = request.build_absolute_uri("/").rstrip("/")
        self.use_language(language.accepted(request.headers.get("Accept-Language", "")))
        super().check_throttles(request)  # before everything that refuses: what is refused counts too
        if request.method.lower() not in self.http_method_names:
            self.http_method_not_allowed(request)
        super().initial(request, *args, **kwargs)
        if request.method != "OPTIONS":
            # First, so that what is wrong with the others is told in that language.
            if code := request.query_params.get("lang"):
                self.use_language(language.asked(code))
            check(request.query_params, self.parameters() | dict.fromkeys(EVERYWHERE, False))

    def check_throttles(self, request):
        """Nothing: `initial` has asked already."""

    def use_language(self, code: str) -> None:
        """Answer in this language. It stays until the answer is rendered, and the next request sets its own."""
        activate(code)
        self.request.LANGUAGE_CODE = code

    def get_view_name(self) -> str:
        return str(self.title)

    def parameters(self) -> dict[str, bool]:
        return {}

    def get_exception_handler(self):
        return exception_handler

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Content-Language"] = get_language()
        patch_vary_headers(response, ["Accept-Language"])
        return response

    def options(self, request, *args, **kwargs):
        """What may be done here is in the header Allow."""
        return Response(status=204)
