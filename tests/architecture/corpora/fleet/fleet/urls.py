from django.urls import include, path

from fleet import views
from fleet.api.v1.cars import router

urlpatterns = [path("", views.start), path("x/", views.CarList.as_view())]
