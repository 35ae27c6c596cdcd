from django.urls import include, path

from recipes.api import recipe  # legal: urls mount the api
from recipes.models import Recipe  # L101 recipes.urls
from recipes.views import Meals  # legal

urlpatterns = [
    path("meals/", Meals.as_view(queryset=Recipe.objects.all())),  # L502 recipes.urls
    path("pantry/", include("pantry.urls")),  # legal: by string
]
