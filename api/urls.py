from django.urls import path, re_path
from rest_framework.routers import SimpleRouter

from api.views import openapi
from api.views.collections import COLLECTIONS
from api.views.root import RootView
from api.views.search import SearchView
from api.views.unknown import UnknownAddress

router = SimpleRouter()
for view in COLLECTIONS:
    collection = view.serializer_class.collection
    router.register(collection, view, basename=collection)

app_name = "api"
urlpatterns = [
    path("", RootView.as_view(), name="root"),
    path("search/", SearchView.as_view(), name="search"),
    *router.urls,
    path("openapi.json", openapi.JsonDocumentView.as_view(), name="openapi-json"),
    path("openapi.yaml", openapi.YamlDocumentView.as_view(), name="openapi-yaml"),
    path("docs/", openapi.ReferenceView.as_view(), name="docs"),
    path("docs/examples/<str:name>", openapi.example, name="example"),
    re_path("", UnknownAddress.as_view()),
]
