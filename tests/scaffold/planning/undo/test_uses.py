"""What a module uses of others."""

import pytest

from django_layers.scaffold.planning.undo.uses import Use, target_of, uses_of


@pytest.mark.parametrize(
    ("source", "used"),
    [
        ("from shop.services.order import OrderService\n", "shop.services.order.OrderService"),
        ("from .order import OrderService\n", "shop.api.order.OrderService"),
        ("import shop.services.order\n", "shop.services.order"),
        ("from shop import dependencies\nX = dependencies.order_service\n", "shop.dependencies.order_service"),
        ("from shop import dependencies\nX = dependencies.order_service()\n", "shop.dependencies.order_service"),
        (
            "from shop import dependencies as d\n\n\ndef f(a):\n    return d.order_service().page(a).items[0].id\n",
            "shop.dependencies.order_service",
        ),
        ("from shop import forms\nX = g(forms.F(1).fields['a'].widget.attrs)\n", "shop.forms.F"),
        ('X = "shop.services.order.OrderService"\n', "shop.services.order.OrderService"),
    ],
)
def test_a_use_is_found_however_it_is_written(source: str, used: str) -> None:
    assert used in {use.dotted for use in uses_of(source.encode(), "shop.api.cart", is_package=False)}


def test_of_a_chain_of_attributes_the_longest_is_given_once() -> None:
    uses = uses_of(b"from shop import a\nX = a.b.c\n", "shop.x", is_package=False)

    assert [use for use in uses if use.line == 2] == [Use(2, "shop.a.b.c")]


def test_what_is_inside_of_a_target_is_a_use_of_it() -> None:
    targets = ["shop.services", "shop.services.order"]

    assert target_of(Use(1, "shop.services.order.OrderService"), targets) == "shop.services.order"
    assert target_of(Use(1, "shop.services_of_others"), targets) is None
