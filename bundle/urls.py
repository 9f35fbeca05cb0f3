from django.urls import path, re_path

from bundle import views
from bundle.contents import BY_NAME

app_name = "bundle"
urlpatterns = [
    path("bundle.zip", views.package, name="zip"),
    path("datapackage.json", views.descriptor, name="descriptor"),
    re_path(rf"^(?P<name>{'|'.join(BY_NAME)})\.csv$", views.table, name="table"),
]
