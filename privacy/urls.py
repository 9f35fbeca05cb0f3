from django.contrib import admin
from django.urls import path

from privacy import views

app_name = "privacy"
urlpatterns = [
    path("withdraw/", admin.site.admin_view(views.WithdrawView.as_view()), name="withdraw"),
    path("consent/", admin.site.admin_view(views.ConsentView.as_view()), name="consent"),
    path("export/", admin.site.admin_view(views.ExportView.as_view()), name="export"),
    path("erase/", admin.site.admin_view(views.EraseView.as_view()), name="erase"),
    path("consent-document/", admin.site.admin_view(views.consent_document), name="consent-document"),
]
