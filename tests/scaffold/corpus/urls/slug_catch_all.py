from django.urls import include, path
import pages.views

urlpatterns = [
    path("<slug:tenant>/", include("tenants.urls")),
    path("status/", pages.views.status),
]
