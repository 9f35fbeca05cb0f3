from django.urls import path

from bench.naive import views
from bench.naive.admin import site

urlpatterns = [
    path("admin/", site.urls),
    path("en/programmes/", views.programmes),
    path("en/engagements/", views.engagements),
    path("en/countries/<str:code>/", views.country),
    path("en/search/", views.search),
]
