"""Addresses beside those of the admin's lists, under /admin/."""

from django.contrib import admin
from django.urls import path

from sheets import views
from sheets.downloads import CSV, XLSX

app_name = "sheets"


def _page(address: str, view: type[views.SheetView], name: str, **initkwargs):
    view = admin.site.admin_view(view.as_view(**initkwargs))
    return path(f"<slug:app_label>/<slug:model_name>/{address}", view, name=name)


urlpatterns = [
    _page("export/", views.ExportView, "export"),
    _page("export/csv/", views.DownloadView, "export-csv", kind=CSV),
    _page("export/xlsx/", views.DownloadView, "export-xlsx", kind=XLSX),
    _page("import/", views.UploadView, "import"),
    _page("import/preview/", views.PreviewView, "preview"),
    _page("import/problems/", views.ProblemsView, "problems"),
    _page("import/confirm/", views.ConfirmView, "confirm"),
    _page("import/template/csv/", views.EmptyView, "template-csv", kind=CSV),
    _page("import/template/xlsx/", views.EmptyView, "template-xlsx", kind=XLSX),
]
