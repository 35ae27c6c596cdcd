"""What stays with the parts of an entity that were edited."""

from pathlib import PurePosixPath

import pytest

from django_layers.scaffold.planning.undo.kept import asked_for, with_what_they_use
from django_layers.scaffold.planning.undo.parts import Part
from django_layers.scaffold.project.layout import AppLayout

PACKAGES = AppLayout(label="shop", package="shop", path=PurePosixPath("shop"))
MODULES = AppLayout(label="shop", package="shop", path=PurePosixPath("shop"), single_modules=frozenset({"api"}))

ENDPOINTS = "from shop import dependencies\n\n\ndef get_order():\n    return dependencies.order_service().get()\n"
PROVIDERS = "from shop.services.order import OrderService\n\n\ndef order_service():\n    return OrderService()\n"


def part(path: str, text: str = "", member: str = "") -> Part:
    module = path.removesuffix(".py").replace("/", ".")
    return Part(path=PurePosixPath(path), member=member, module=module, content=text.encode(), is_edited=False)


API_TEST = part("shop/tests/api/test_order.py", 'URL = "/api/orders"\n')
OTHERS = (
    part("shop/dependencies.py", PROVIDERS, "order_service"),
    part("shop/services/order.py", "class OrderService: ...\n"),
    part("shop/tests/services/test_order.py", "from shop.services.order import OrderService\n"),
    API_TEST,
)


@pytest.mark.parametrize(
    ("app", "endpoints"),
    [
        (PACKAGES, (part("shop/api/order.py", ENDPOINTS),)),
        (
            MODULES,
            (
                part("shop/api.py", "def list_orders(): ...\n\n\n" + ENDPOINTS, "list_orders"),
                part("shop/api.py", "def list_orders(): ...\n\n\n" + ENDPOINTS, "get_order"),
            ),
        ),
    ],
)
def test_a_test_of_endpoints_keeps_them_and_what_they_use(app: AppLayout, endpoints: tuple[Part, ...]) -> None:
    parts = (*endpoints, *OTHERS)

    kept = with_what_they_use([API_TEST], parts, {}, asked_for(app, "order"))

    assert [each.place for each in kept] == [
        *(each.place for each in endpoints),
        "shop/dependencies.py::order_service",
        "shop/services/order.py",
        "shop/tests/api/test_order.py",
    ]


def test_a_test_of_a_service_keeps_no_endpoints() -> None:
    endpoints = part("shop/api/order.py", ENDPOINTS)

    kept = with_what_they_use([OTHERS[2]], (endpoints, *OTHERS), {}, asked_for(PACKAGES, "order"))

    assert [each.place for each in kept] == ["shop/services/order.py", "shop/tests/services/test_order.py"]


def test_only_the_test_of_this_entity_s_endpoints_asks_for_them() -> None:
    app = AppLayout(label="shop", package="apps.shop", path=PurePosixPath("apps/shop"), tests="test")

    assert asked_for(app, "order") == {
        PurePosixPath("apps/shop/test/api/test_order.py"): PurePosixPath("apps/shop/api/order.py")
    }
