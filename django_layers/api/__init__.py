"""The HTTP side: an API object for django-ninja that is closed by default and answers every error the same way."""

from django_layers.api.authentication import BearerAuthentication, SessionAuthentication
from django_layers.api.declared import raises
from django_layers.api.layers_api import LayersAPI
from django_layers.api.preconditions import if_match, set_etag
from django_layers.api.problems import Problem, ProblemError
from django_layers.api.public import public
from django_layers.api.threads import in_thread
from django_layers.api.uploads import upload_of
from django_layers.api.users import AuthenticatedUser, user_of

__all__ = [
    "AuthenticatedUser",
    "BearerAuthentication",
    "LayersAPI",
    "Problem",
    "ProblemError",
    "SessionAuthentication",
    "if_match",
    "in_thread",
    "public",
    "raises",
    "set_etag",
    "upload_of",
    "user_of",
]
