from django.urls import path, re_path

from engagements import gap_views, views

app_name = "engagements"
urlpatterns = [
    path("engagements/", views.EngagementListView.as_view(), name="list"),
    path("engagements/<int:pk>-<slug:slug>/", views.EngagementDetailView.as_view(), name="detail"),
    path("countries/", views.CountryListView.as_view(), name="countries"),
    re_path(r"^countries/(?P<code>[A-Za-z]{2})/$", views.CountryDetailView.as_view(), name="country"),
    path("gaps/", gap_views.GapView.as_view(), name="gaps"),
    path("regions/<slug:pk>/", views.RegionDetailView.as_view(), name="region"),
    path("topics/<slug:slug>/", views.TopicDetailView.as_view(), name="topic"),
]
