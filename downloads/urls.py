from django.urls import re_path

from downloads.views import ListDownloadView

app_name = "downloads"
urlpatterns = [
    re_path(r"^(?P<name>[a-z]+)\.(?P<extension>csv|xlsx|json|geojson)$", ListDownloadView.as_view(), name="list")
]
