"""The API of the project: one line per app."""

from django_layers.api import LayersAPI, SessionAuthentication

from apps.pantry.api import router as pantry_router
from recipes.api import router as recipes_router

api = LayersAPI(
    title="MealGenie",
    version="1.0.0",
    auth=[SessionAuthentication()],
)
api.add_router("", pantry_router)
api.add_router("", recipes_router)
