from django.urls import path

from iati import views

app_name = "iati"
urlpatterns = [
    path("iati-activities.xml", views.activities, name="activities"),
]
