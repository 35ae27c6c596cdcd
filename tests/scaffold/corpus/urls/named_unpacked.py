from django.contrib import admin
from django.urls import include, path

pages = [path("", include("pages.urls"))]
urlpatterns = [
    path("admin/", admin.site.urls),
    *pages,
]
