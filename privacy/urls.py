from django.contrib import admin
from django.urls import path

from privacy import views

app_name = "privacy"
urlpatterns = [
    path("withdraw/", admin.site.admin_view(views.WithdrawView.as_view()), name="withdraw"),
    path("new-consent/", admin.site.admin_view(views.NewConsentView.as_view()), name="new-consent"),
    path("export/", admin.site.admin_view(views.ExportView.as_view()), name="export"),
    path("erase/", admin.site.admin_view(views.EraseView.as_view()), name="erase"),
    path("consent-document/", admin.site.admin_view(views.consent_document), name="consent-document"),
]
