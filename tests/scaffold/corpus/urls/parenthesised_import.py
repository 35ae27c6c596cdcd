from django.contrib import admin
from django.urls import (
    include,  # for the shop
    re_path,
)

urlpatterns = [
    re_path("^admin/", admin.site.urls),
    re_path("^shop/", include("shop.urls")),
]
