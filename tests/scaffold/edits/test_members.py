"""Appending members with their imports."""

import pytest

from django_layers.scaffold.edits.members import add_members
from django_layers.scaffold.edits.outcome import AlreadyThere, Cannot, Outcome
from tests.scaffold.edits.asserts import assert_cannot, assert_edit, assert_only_insertions, done, text, variants

SOURCE = text(
    '''
    """The composition root of recipes."""

    from django_layers.repositories import database_unit_of_work

    from .repositories.orm.recipe import DjangoRecipeRepository
    from .services.recipe import RecipeService


    def recipe_service() -> RecipeService:
        """Build the service of recipes."""
        return RecipeService(recipes=DjangoRecipeRepository(), unit_of_work=database_unit_of_work())
    '''
)
FRAGMENT = text(
    '''
    """Only the docstring of a fragment."""

    from django_layers.repositories import database_unit_of_work

    from .repositories.orm.rating import DjangoRatingRepository
    from .services.rating import RatingService


    def rating_service() -> RatingService:
        """Build the service of ratings."""
        return RatingService(ratings=DjangoRatingRepository(), unit_of_work=database_unit_of_work())
    '''
)


def add(source: str, fragment: str) -> Outcome:
    return add_members(text(source).encode(), text(fragment).encode())


def test_a_member_comes_last_with_the_imports_it_needs() -> None:
    assert_edit(
        add(SOURCE, FRAGMENT),
        '''
        """The composition root of recipes."""

        from django_layers.repositories import database_unit_of_work

        from .repositories.orm.rating import DjangoRatingRepository
        from .repositories.orm.recipe import DjangoRecipeRepository
        from .services.rating import RatingService
        from .services.recipe import RecipeService


        def recipe_service() -> RecipeService:
            """Build the service of recipes."""
            return RecipeService(recipes=DjangoRecipeRepository(), unit_of_work=database_unit_of_work())


        def rating_service() -> RatingService:
            """Build the service of ratings."""
            return RatingService(ratings=DjangoRatingRepository(), unit_of_work=database_unit_of_work())
        ''',
    )


def test_in_every_form_of_a_file_the_rest_keeps_its_bytes() -> None:
    for form, source in variants(SOURCE.encode()).items():
        after = done(add_members(source, FRAGMENT.encode()))
        assert_only_insertions(source, after)
        assert add_members(after, FRAGMENT.encode()) == AlreadyThere(), form
        assert after.count(b"\n") == (0 if form == "cr" else after.count(b"\r\n") or after.count(b"\n"))


def test_a_member_with_the_same_tree_is_there_whatever_its_layout() -> None:
    written = FRAGMENT.replace("(ratings=", "(\n        ratings=").replace('"""Build', '"""Build')
    assert add(written, FRAGMENT) == AlreadyThere()


def test_only_missing_members_and_their_imports_are_added() -> None:
    assert_edit(
        add(
            "from enum import Enum\n\n\nclass A(Enum):\n    X = 1\n",
            """
            import re
            from enum import Enum
            from typing import Annotated, Literal

            class A(Enum):
                X = 1

            # How many there may be.
            Limit = Annotated[int, "limit"]

            async def later(text: "Literal[1]") -> None:
                '''Later.'''
            """,
        ),
        """
        from enum import Enum
        from typing import Annotated, Literal


        class A(Enum):
            X = 1


        # How many there may be.
        Limit = Annotated[int, "limit"]


        async def later(text: "Literal[1]") -> None:
            '''Later.'''
        """,
    )


def test_the_list_of_exports_gets_the_public_names() -> None:
    assert_edit(
        add('__all__ = ["B", "D"]\n\n\nclass B: ...\n\n\nclass D: ...\n', "class C: ...\n\n\n_x = 1\n"),
        '__all__ = ["B", "C", "D"]\n\n\nclass B: ...\n\n\nclass D: ...\n\n\nclass C: ...\n\n\n_x = 1\n',
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "x: int = 1\n"),
        ('"""Doc."""', '"""Doc."""\n\n\nx: int = 1\n'),
        ("y = 1\n", "y = 1\n\n\nx: int = 1\n"),
        ("y = 1\n\n\n", "y = 1\n\n\nx: int = 1\n"),
        ("y = 1\n\n\n\n\n", "y = 1\n\n\n\n\nx: int = 1\n"),
        ("y = 1\n# the end", "y = 1\n# the end\n\n\nx: int = 1\n"),
    ],
)
def test_two_blank_lines_part_what_is_appended(before: str, after: str) -> None:
    assert_edit(add(before, "x: int = 1"), after)


def test_a_decorated_member_keeps_its_decorators_and_comments() -> None:
    fragment = "import f\n\n\n# why\n@f.g\n# and\n@f.h(1)\nclass C:\n    pass\n"
    assert_edit(add("", fragment), fragment)


@pytest.mark.parametrize(
    "source",
    [
        "def rating_service():\n    return 1\n",
        "from x import rating_service\n",
        "if X:\n    rating_service = 1\n",
    ],
)
def test_another_member_of_the_name_is_named_and_the_rest_can_be_pasted(source: str) -> None:
    paste = assert_cannot(add(source, FRAGMENT), '"rating_service"', "line ")
    assert "def rating_service() -> RatingService:" in paste
    assert "from .services.rating import RatingService\n" in paste


def test_an_import_that_clashes_is_named() -> None:
    assert_cannot(add("RatingService = 1\n", FRAGMENT), "line 1", '"RatingService"')


def test_an_unreadable_file_is_left_alone() -> None:
    assert isinstance(add("x = [\n", FRAGMENT), Cannot)


@pytest.mark.parametrize("fragment", ["print(1)\n", "a = b = 1\n", "a.b = 1\n", "if x:\n    y = 1\n", "x = [\n"])
def test_a_fragment_of_anything_else_is_our_own_mistake(fragment: str) -> None:
    with pytest.raises(ValueError, match="fragment"):
        add("", fragment)


def test_assignments_stay_together_one_line_below_the_imports() -> None:
    assert_edit(
        add(
            '"""The schemas."""\n',
            """
            from pydantic import Field

            Name = Field()
            Stars = Field()


            class Rating:
                stars = Stars
            """,
        ),
        '''
        """The schemas."""

        from pydantic import Field

        Name = Field()
        Stars = Field()


        class Rating:
            stars = Stars
        ''',
    )
