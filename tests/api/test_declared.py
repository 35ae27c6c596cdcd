from django_layers.api import raises
from django_layers.api.declared import declared_errors
from django_layers.errors import Conflict, NotFound, Stale


def test_the_endpoint_stays_the_function_that_it_was():
    def endpoint(request):
        return None

    assert raises(NotFound)(endpoint) is endpoint


def test_all_that_is_declared_adds_up():
    @raises(NotFound, Conflict)
    @raises(Stale)
    def endpoint(request):
        return None

    assert declared_errors(endpoint) == (NotFound, Conflict, Stale)


def test_an_endpoint_declares_nothing_of_itself():
    assert declared_errors(lambda request: None) == ()
