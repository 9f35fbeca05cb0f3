from django.urls import path

from snapshot.views import AboutThisCopyView

app_name = "snapshot"
urlpatterns = [path("about-this-copy/", AboutThisCopyView.as_view(), name="about")]
