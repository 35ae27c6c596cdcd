import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory
from ninja import Router

from django_layers.api import BearerAuthentication, user_of
from django_layers.api.users import NOBODY, accepted
from tests.api.serving import api_of, client_of


def request_with(auth):
    request = RequestFactory().get("/recipes")
    request.auth = auth
    return request


def test_the_user_is_whom_the_authentication_let_in():
    user = User(pk=3)

    assert user_of(request_with(user)) is user


def test_nobody_is_none():
    assert user_of(request_with(NOBODY)) is None
    assert user_of(request_with(None)) is None


def test_the_user_of_the_session_alone_does_not_count():
    request = RequestFactory().get("/")
    request.user = User(pk=3)

    assert user_of(request) is None


def test_something_that_is_no_user_is_refused_with_a_way_out():
    with pytest.raises(ImproperlyConfigured, match="/recipes let in a str"):
        user_of(request_with("a token"))


def test_an_anonymous_user_that_an_authenticator_returns_is_nobody(settings):
    router = Router()

    @router.get("/x")
    def x(request):
        return None

    api = api_of(router, auth=BearerAuthentication(lambda token: AnonymousUser()))

    assert client_of(settings, api).get("/api/x").status_code == 401


def test_a_user_who_is_not_signed_in_is_not_accepted_even_if_active():
    class Visitor(AnonymousUser):
        is_active = True

    assert accepted(Visitor()) is None
