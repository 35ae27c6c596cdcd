"""Each Django competitor below a prefix of its own."""

from django.urls import path

from tests.benchmarks.bookshop.ours.api import api
from tests.benchmarks.competitors import careful_writes, django_ninja, installed

urlpatterns = [
    path("ours/", api.urls),
    path("ninja/", django_ninja.api.urls),
    path("careful/", careful_writes.api.urls),
]
if installed("rest_framework"):
    from tests.benchmarks.competitors import rest_framework as drf

    urlpatterns += drf.urlpatterns
if installed("orjson"):
    from tests.benchmarks.competitors import values_orjson

    urlpatterns += values_orjson.urlpatterns
