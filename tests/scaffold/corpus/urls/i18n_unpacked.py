from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    *i18n_patterns(path("shop/", include("shop.urls")), path("", include("pages.urls")), prefix_default_language=False),
    path("admin/", admin.site.urls),
]
