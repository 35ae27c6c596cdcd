"""Re-exporting names from a package."""

from hypothesis import given, settings
from hypothesis import strategies as st

from django_layers.scaffold.edits.exports import add_export
from django_layers.scaffold.edits.outcome import AlreadyThere, Outcome
from tests.scaffold.edits.asserts import assert_cannot, assert_edit, done, text


def export(source: str, module: str, *names: str) -> Outcome:
    return add_export(text(source).encode(), module=module, names=names)


def test_a_name_is_imported_and_listed_in_order() -> None:
    assert_edit(
        export(
            '''
            """The services of recipes."""

            from .ingredient import IngredientService
            from .recipe import RecipeService

            __all__ = ["IngredientService", "RecipeService"]
            ''',
            ".rating",
            "RatingService",
        ),
        '''
        """The services of recipes."""

        from .ingredient import IngredientService
        from .rating import RatingService
        from .recipe import RecipeService

        __all__ = ["IngredientService", "RatingService", "RecipeService"]
        ''',
    )


def test_a_list_with_one_name_a_line_stays_so() -> None:
    assert_edit(
        export('from .b import B\n\n__all__ = [\n    "B",  # the first\n]\n', ".a", "A"),
        'from .a import A\nfrom .b import B\n\n__all__ = [\n    "A",\n    "B",  # the first\n]\n',
    )


def test_a_list_that_gets_too_long_is_written_with_one_name_a_line() -> None:
    names = ["RecipeIngredientCreate", "RecipeIngredientQuery", "RecipeIngredientUpdate"]
    listing = ", ".join(f'"{name}"' for name in names)
    assert_edit(
        export(f"from .x import {', '.join(names[:1])}\n\n__all__ = [{listing}]\n", ".x", "RecipeIngredientRead"),
        """
        from .x import RecipeIngredientCreate, RecipeIngredientRead

        __all__ = [
            "RecipeIngredientCreate",
            "RecipeIngredientQuery",
            "RecipeIngredientRead",
            "RecipeIngredientUpdate",
        ]
        """,
    )


def test_an_empty_package_gets_both() -> None:
    assert_edit(export("", ".rating", "Rating"), 'from .rating import Rating\n\n__all__ = ["Rating"]\n')


def test_a_file_of_imports_gets_a_list_of_all_that_it_gave_before() -> None:
    assert_edit(
        export('"""Models."""\n\nfrom .recipe import Recipe, _hidden\n', ".rating", "Rating"),
        '"""Models."""\n\nfrom .rating import Rating\nfrom .recipe import Recipe, _hidden\n\n'
        '__all__ = ["Rating", "Recipe"]\n',
    )


def test_a_file_with_code_gets_no_list() -> None:
    assert_edit(
        export("from .recipe import Recipe\n\nX = 1\n", ".rating", "Rating"),
        "from .rating import Rating\nfrom .recipe import Recipe\n\nX = 1\n",
    )


def test_what_is_exported_is_there() -> None:
    source = 'from .rating import Rating\n\n__all__ = ["Rating"]\n'
    assert export(source, ".rating", "Rating") == AlreadyThere()


def test_only_the_missing_half_is_added() -> None:
    source = 'from .rating import Rating\n\n__all__ = ["A"]\n'
    assert_edit(export(source, ".rating", "Rating"), 'from .rating import Rating\n\n__all__ = ["A", "Rating"]\n')


def test_a_list_that_is_extended_keeps_its_order() -> None:
    source = 'from .a import A\n\n__all__ = ["A"]\n__all__ += ["Z"]\n'
    after = done(export(source, ".b", "B"))
    assert after.endswith(b'__all__ = ["A", "B"]\n__all__ += ["Z"]\n')


def test_a_list_that_is_computed_is_left_to_the_user() -> None:
    paste = assert_cannot(export("__all__ = compute()\n", ".b", "B"), "`__all__`", "end of the file")
    assert paste == 'from .b import B\n__all__ = [*__all__, "B"]\n'


def test_a_name_that_means_something_else_is_not_overwritten() -> None:
    assert_cannot(export('from .a import B\n\n__all__ = ["B"]\n', ".b", "B"), "line 1", '"B"')


ENTITIES = ["Rating", "Recipe", "RecipeIngredient", "A1", "A10", "A9", "Q", "URL", "Zebra", "apple"]


@settings(max_examples=40, deadline=None)
@given(st.permutations(ENTITIES))
def test_the_result_does_not_depend_on_the_order_of_adding(names: list[str]) -> None:
    def built(order: list[str]) -> bytes:
        source = b'"""Services."""\n'
        for name in order:
            source = done(add_export(source, module=f".{name.lower()}", names=[name]))
        return source

    assert built(names) == built(ENTITIES)
