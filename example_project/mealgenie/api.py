"""The API of the project: one line per app."""

from django_layers.api import LayersAPI, SessionAuthentication

from recipes.api import router as recipes_router

api = LayersAPI(
    title="Mealgenie",
    version="1.0.0",
    auth=[SessionAuthentication()],
)
api.add_router("", recipes_router)
