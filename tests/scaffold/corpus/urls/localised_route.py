from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from shop import views

urlpatterns = [
    path(_("news/"), views.news),
    path(_("shop/"), include("shop.urls")),
]
