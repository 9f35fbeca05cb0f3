from django.urls import path

from search.views import SearchView, SuggestionsView

app_name = "search"
urlpatterns = [
    path("", SearchView.as_view(), name="results"),
    path("suggestions/", SuggestionsView.as_view(), name="suggestions"),
]
