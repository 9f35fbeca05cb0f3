"""Addresses of a small API, for tests of what all answers have in common: errors, limits, pages for people."""

from django.core.exceptions import SuspiciousOperation
from django.http import Http404
from django.urls import include, path, re_path
from rest_framework.response import Response

from api.problems import BadParameters
from api.views.base import ApiView
from api.views.unknown import UnknownAddress
from coopportal import urls
from listing.strict import Fault

HOSTILE = '</code><script>alert("1")</script> & "\' javascript:alert(2) é \u2028'


class ProbeView(ApiView):
    title = "Probe"
    schema = None

    def parameters(self):
        return {"page_size": False, "faults": False}


class Answering(ProbeView):
    def get(self, request):
        return Response(
            {
                "next": "http://testserver/api/v1/?cursor=abc&page_size=1",
                "previous": None,
                "results": [{"id": 1, "url": "http://testserver/api/v1/x/1/", "text": HOSTILE, "bad": "javascript:1"}],
            }
        )


class Refusing(ProbeView):
    def get(self, request):
        faults = [Fault("country", "“ZZ” is not known."), Fault(HOSTILE, HOSTILE)]
        raise BadParameters(faults[: int(request.GET["faults"])])


class Breaking(ProbeView):
    def get(self, request, kind):
        raise {
            "missing": Http404("No Profile matches the secret query."),
            "suspicious": SuspiciousOperation("secret"),
            "unforeseen": RuntimeError("secret"),
        }[kind]


api = (
    [
        path("", Answering.as_view(), name="root"),
        path("docs/", Answering.as_view(), name="docs"),
        path("openapi.json", Answering.as_view(), name="openapi-json"),
        path("refusing/", Refusing.as_view()),
        path("breaking/<kind>/", Breaking.as_view()),
        re_path("", UnknownAddress.as_view()),
    ],
    "api",
)
others = [pattern for pattern in urls.urlpatterns if getattr(pattern, "app_name", "") != "api"]
urlpatterns = [path("api/v1/", include(api)), *others]
