from django.urls import path

from clinic import views
from clinic.repositories.orm.patient import DbPatients  # L101 clinic.urls

urlpatterns = [path("", views.page), path("x/", lambda request: DbPatients().all())]
