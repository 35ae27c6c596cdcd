"""Users who hold permissions."""

import pytest
from django.contrib.auth.models import User

from django_layers.testing import user_with

pytestmark = pytest.mark.django_db


def test_a_user_holds_the_permissions_that_are_named_and_no_others() -> None:
    user = user_with("shop.change_product", "auth.view_user")

    assert user.get_all_permissions() == {"shop.change_product", "auth.view_user"}


def test_every_user_is_another_one() -> None:
    assert user_with() != user_with()


def test_an_unknown_permission_is_refused_with_the_nearest_one_and_no_user_is_stored() -> None:
    with pytest.raises(LookupError, match=r"'shop\.chnge_product'\. Did you mean 'shop\.change_product'\?"):
        user_with("shop.chnge_product")

    assert not User.objects.exists()


def test_a_name_like_nothing_is_refused_with_how_permissions_are_named() -> None:
    with pytest.raises(LookupError, match=r"'app\.action_model'"):
        user_with("###")
