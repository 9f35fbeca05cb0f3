from django.urls import path, re_path

from calendars import views

app_name = "calendars"
urlpatterns = [
    path("planned.ics", views.everything, name="all"),
    re_path(r"^countries/(?P<code>[a-z]{2})/planned\.ics$", views.country, name="country"),
    path("programmes/<slug:slug>/planned.ics", views.programme, name="programme"),
]
