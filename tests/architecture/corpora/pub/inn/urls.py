from django.urls import path
from pub.views import beer
from pub.repositories.beer import BeerRepository  # L103 inn.urls

urlpatterns = [path("", beer.b)]
