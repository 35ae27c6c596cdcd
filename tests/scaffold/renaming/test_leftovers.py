"""What is still said of a field that is gone."""

from pathlib import PurePosixPath
from textwrap import dedent

from django_layers.scaffold.renaming.leftovers import leftovers
from tests.scaffold.entities import RATING, RECIPE
from tests.scaffold.renaming.golden import remove, rename


def found(text: str, path: str = "recipes/services/best.py", *, certain: bool) -> list[str]:
    roles = remove(RATING, "stars")
    files = [(PurePosixPath(path), dedent(text).lstrip("\n").encode())]
    return [str(each) for each in leftovers(files, roles) if each.certain is certain]


def test_what_certainly_reads_a_removed_field_is_named_with_its_line() -> None:
    text = """
    from recipes.models import Rating
    from recipes.schemas.rating import RatingRead, Stars

    def f(rating: RatingRead) -> object:
        return rating.comment, rating.stars

    BEST = Rating.objects.filter(stars__gte=4)
    """

    assert found(text, certain=True) == [
        "recipes/services/best.py:2: from recipes.schemas.rating import RatingRead, Stars",
        "recipes/services/best.py:5: return rating.comment, rating.stars",
        "recipes/services/best.py:7: BEST = Rating.objects.filter(stars__gte=4)",
    ]
    assert found(text, certain=False) == []


def test_what_may_read_a_removed_field_is_named_too() -> None:
    text = """
    def f(row, rows):
        print(row.stars, row.stares)
        return rows.filter(stars__gte=1), {"stars": 1}, "no stars here"
    """

    assert found(text, certain=True) == []
    assert found(text, certain=False) == [
        "recipes/services/best.py:2: print(row.stars, row.stares)",
        'recipes/services/best.py:3: return rows.filter(stars__gte=1), {"stars": 1}, "no stars here"',
    ]


def test_arguments_of_what_others_wrote_are_no_fields() -> None:
    text = """
    from ninja import Router
    from django.db.models import Q

    router = Router(stars=["a"])
    LIKED = Q(stars__gte=3)
    """

    assert found(text, certain=True) == []
    assert found(text, certain=False) == ["recipes/services/best.py:5: LIKED = Q(stars__gte=3)"]


def test_templates_are_looked_through() -> None:
    text = """
    <p>stars</p>
    <p>{{ rating.stars }}</p>
    """

    assert found(text, "recipes/templates/rating.html", certain=False) == [
        "recipes/templates/rating.html:2: <p>{{ rating.stars }}</p>"
    ]


def test_what_is_another_entitys_is_no_leftover() -> None:
    text = """
    from recipes.models import Recipe

    def f(recipe: Recipe) -> int:
        return recipe.stars
    """

    assert found(text, certain=True) == found(text, certain=False) == []


def test_after_a_rename_the_uncertain_places_are_left() -> None:
    change = rename(RECIPE, minutes="duration")
    files = [(PurePosixPath("recipes/services/best.py"), b"def f(row):\n    return row.minutes\n")]

    assert list(map(str, leftovers(files, change.roles))) == ["recipes/services/best.py:2: return row.minutes"]
