from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = i18n_patterns(path("shop/", include("shop.urls"))) + [
    path("health/", include("health.urls")),
]
