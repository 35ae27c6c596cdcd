from django.urls import path, register_converter
from shop import converters, views

register_converter(converters.AnyPath, "anything")

urlpatterns = [
    path("year/<int:year>/", views.year),
    path("<anything:rest>", views.rest),
]
