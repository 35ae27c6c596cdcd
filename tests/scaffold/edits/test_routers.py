"""Attaching routers."""

from hypothesis import given, settings
from hypothesis import strategies as st

from django_layers.scaffold.edits.imports import ImportRequest
from django_layers.scaffold.edits.outcome import AlreadyThere, Outcome
from django_layers.scaffold.edits.routers import add_router
from tests.scaffold.edits.asserts import assert_cannot, assert_edit, done, text

START = text(
    '''
    """The endpoints of recipes."""

    from ninja import Router

    router = Router()
    '''
)


def attach(source: str, name: str = "rating", prefix: str | None = None, line_length: int = 88) -> Outcome:
    return add_router(
        text(source).encode(),
        target="router",
        prefix=f"/{name}s" if prefix is None else prefix,
        router_expression=f"{name}.router",
        import_=ImportRequest(".", (name,)),
        line_length=line_length,
    )


def test_the_first_router_follows_the_definition() -> None:
    assert_edit(
        attach(START),
        '''
        """The endpoints of recipes."""

        from ninja import Router

        from . import rating

        router = Router()
        router.add_router("/ratings", rating.router)
        ''',
    )


def test_routers_are_sorted_by_prefix_and_keep_their_comments() -> None:
    assert_edit(
        attach(
            """
            from ninja import Router

            from . import ingredient, recipe

            router = Router(
                tags=['x'],
            )
            router.add_router('/ingredients', ingredient.router)  # small
            # the main thing
            router.add_router('/recipes', recipe.router)

            LAST = True
            """
        ),
        """
        from ninja import Router

        from . import ingredient, rating, recipe

        router = Router(
            tags=['x'],
        )
        router.add_router('/ingredients', ingredient.router)  # small
        router.add_router('/ratings', rating.router)
        # the main thing
        router.add_router('/recipes', recipe.router)

        LAST = True
        """,
    )


def test_among_routers_in_no_order_the_new_one_is_last() -> None:
    source = 'router = Router()\nrouter.add_router("/z", z)\nrouter.add_router("/a", a)'
    assert done(attach(source)).endswith(b'("/a", a)\nrouter.add_router("/ratings", rating.router)\n')


def test_a_router_that_is_attached_is_found_under_any_prefix() -> None:
    assert attach(done(attach(START)).decode(), prefix="/other") == AlreadyThere()


def test_a_prefix_that_another_router_has_is_named() -> None:
    source = 'router = Router()\nrouter.add_router(prefix="/ratings", router=other)\n'
    paste = assert_cannot(attach(source), "line 2", '"/ratings"', "end of the file")
    assert paste == 'from . import rating\nrouter.add_router("/ratings", rating.router)\n'


def test_any_number_of_routers_has_the_empty_prefix_in_the_order_of_their_names() -> None:
    assert_edit(
        attach(
            """
            from . import pantry, recipe

            router = Router()
            router.add_router("", pantry.router)
            router.add_router("", recipe.router)
            """,
            prefix="",
        ),
        """
        from . import pantry, rating, recipe

        router = Router()
        router.add_router("", pantry.router)
        router.add_router("", rating.router)
        router.add_router("", recipe.router)
        """,
    )


def test_a_file_without_the_target_is_left_alone() -> None:
    assert_cannot(attach("x = 1\n"), '"router"')


def test_a_router_can_be_named_by_a_string() -> None:
    outcome = add_router(
        b"api = LayersAPI()\n", target="api", prefix="/recipes", router_expression='"recipes.api.router"'
    )
    assert_edit(outcome, 'api = LayersAPI()\napi.add_router("/recipes", "recipes.api.router")\n')


def test_a_target_in_a_block_is_followed_by_a_call_outside_of_it() -> None:
    source = "if X:\n    router = Router()\nelse:\n    router = Other()\n"
    assert done(attach(source)).endswith(b'Other()\nrouter.add_router("/ratings", rating.router)\n')


def test_a_long_call_is_wrapped_as_a_formatter_does() -> None:
    after = done(attach("router = Router()\n", "recipe_ingredient", line_length=60)).decode()
    assert after.endswith('router.add_router(\n    "/recipe_ingredients", recipe_ingredient.router\n)\n')
    after = done(attach("router = Router()\n", "recipe_ingredient", line_length=45)).decode()
    assert after.endswith('router.add_router(\n    "/recipe_ingredients",\n    recipe_ingredient.router,\n)\n')


ENTITIES = ["rating", "recipe", "recipe_ingredient", "ingredient", "a1", "a10", "a9", "zebra", "b"]


@settings(max_examples=40, deadline=None)
@given(st.permutations(ENTITIES))
def test_the_result_does_not_depend_on_the_order_of_adding(names: list[str]) -> None:
    def built(order: list[str]) -> bytes:
        source = START.encode()
        for name in order:
            source = done(attach(source.decode(), name))
        return source

    assert built(names) == built(ENTITIES)
