from django.urls import path

from programmes.views import ProgrammeDetailView, ProgrammeListView

app_name = "programmes"
urlpatterns = [
    path("", ProgrammeListView.as_view(), name="list"),
    path("<slug:slug>/", ProgrammeDetailView.as_view(), name="detail"),
]
