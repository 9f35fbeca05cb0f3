from django.http import HttpRequest, HttpResponse
from django.urls import path

HELLO = "Hello, world"


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse(HELLO)


urlpatterns = [path("", hello)]
