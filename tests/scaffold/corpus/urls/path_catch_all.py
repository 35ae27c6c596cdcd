from django.urls import include, path
from pages.views import page

urlpatterns = [
    path("shop/", include("shop.urls")), path("<path:url>", page),
]
