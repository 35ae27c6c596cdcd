from django.contrib import admin
from django.urls import include, path

admin_patterns = [path("admin/", admin.site.urls)]
site_patterns = [
    path("", include("shop.urls")),
]
urlpatterns = admin_patterns + site_patterns
