import pytest
from django.contrib.auth.models import Group
from ninja import Router
from ninja.errors import ConfigError

from django_layers.api import LayersAPI, public
from tests.api.serving import api_of


def endpoint(name, module="tests.api.somewhere"):
    def view(request):
        return None

    view.__name__ = name
    view.__module__ = module
    return view


def load(api):
    return api.urls


def operation_ids(*routers):
    document = api_of(*routers).get_openapi_schema(path_prefix="")
    return {path: details["get"]["operationId"] for path, details in document["paths"].items()}


def router_of(**endpoints):
    router = Router()
    for route, view in endpoints.items():
        router.get(f"/{route}")(view)
    return router


@pytest.mark.parametrize("auth", [None, [], ()])
def test_an_api_without_authentication_is_not_made(auth):
    with pytest.raises(ConfigError, match=r"needs `auth`.*auth=public"):
        LayersAPI(auth=auth)


def test_an_endpoint_without_authentication_is_refused_when_the_urls_are_loaded():
    router = Router()
    router.get("/x", auth=None)(endpoint("open_door"))

    with pytest.raises(ConfigError, match=r"open_door has no authentication.*auth=public"):
        load(api_of(router))


def test_a_router_without_authentication_is_refused():
    api = api_of()
    api.add_router("", router_of(x=endpoint("open_door")), auth=None)

    with pytest.raises(ConfigError, match="open_door"):
        load(api)


def test_a_router_may_be_public():
    api = api_of()
    api.add_router("", router_of(x=endpoint("x")), auth=public)

    assert api.urls


def test_an_operation_is_named_after_its_function():
    assert operation_ids(router_of(a=endpoint("list_ratings"))) == {"/a": "list_ratings"}


def test_the_app_is_named_too_where_two_share_a_function_name():
    auth = Group.__module__
    router = router_of(a=endpoint("list_x"), b=endpoint("list_x", auth), c=endpoint("list_y"))

    assert operation_ids(router) == {"/a": "tests_list_x", "/b": "auth_list_x", "/c": "list_y"}


def test_the_module_is_named_where_an_app_has_a_function_name_twice():
    router = router_of(a=endpoint("export", "tests.a"), b=endpoint("export", "tests.b"))

    assert operation_ids(router) == {"/a": "tests_a_export", "/b": "tests_b_export"}


def test_an_operation_id_of_one_s_own_stays():
    router = Router()
    router.get("/a", operation_id="all")(endpoint("list_a"))

    assert operation_ids(router) == {"/a": "all"}


def test_one_operation_id_for_two_is_refused():
    router = Router()
    router.get("/a", operation_id="same")(endpoint("first"))
    router.get("/b", operation_id="same")(endpoint("second"))

    with pytest.raises(ConfigError, match=r"first and .*second have the same operation id, 'same'"):
        load(api_of(router))


@pytest.mark.filterwarnings("ignore:Field.* are in the view path:UserWarning")
@pytest.mark.parametrize(("one", "other"), [("/x", "/x"), ("/x/{a}", "/x/{b}"), ("/x/{int:a}", "/x/{int:a}")])
def test_a_route_that_two_routers_have_is_refused(one, other):
    first, second = Router(), Router()
    first.get(one)(endpoint("get_first"))
    second.post(other)(endpoint("post_second"))

    with pytest.raises(ConfigError, match=r"get_first and .*post_second have the same route"):
        load(api_of(first, second))


def test_the_urls_can_be_asked_for_twice():
    api = api_of(router_of(x=endpoint("x")))

    assert len(api.urls[0]) == len(api.urls[0])
