from django.urls import path

from profiles.views import ProfileDetailView, ProfileListView

app_name = "profiles"
urlpatterns = [
    path("", ProfileListView.as_view(), name="list"),
    path("<slug:slug>/", ProfileDetailView.as_view(), name="detail"),
]
