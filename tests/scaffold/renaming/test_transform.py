"""A field renamed by role: in generated text to the letter, in written code where it certainly is the entity's."""

from textwrap import dedent

import pytest

from django_layers.scaffold.language.spec import EntitySpec
from django_layers.scaffold.merging import merge
from django_layers.scaffold.merging.source import Source
from django_layers.scaffold.renaming.transform import renamed
from tests.scaffold.entities import CATEGORY, ITEM, NOTE, RATING, RECIPE, REMINDER, SAMPLE
from tests.scaffold.renaming.golden import rename

# What no substitution foresees: an article, a list that is sorted by name, half a word in capitals.
BRIDGED = {
    "line": ["repositories/orm/sample", "tests/api/test_sample"],
    "groups": ["repositories/orm/category"],
    "editor": ["repositories/reminder", "repositories/orm/reminder"],
}


@pytest.mark.parametrize(
    ("entity", "name", "new"),
    [
        (RATING, "stars", "score"),
        (RATING, "comment", "remark"),
        (RATING, "recipe", "dish"),
        (RATING, "user", "author"),
        (RECIPE, "status", "state"),
        (NOTE, "photo", "picture_of_it"),
        (REMINDER, "note", "memo"),
        (REMINDER, "editor", "reviewer"),
        (CATEGORY, "groups", "teams"),
        (SAMPLE, "line", "row"),
        (ITEM, "shelf", "board"),
    ],
    ids=lambda value: value.name if isinstance(value, EntitySpec) else value,
)
def test_generated_text_becomes_what_is_generated_for_the_new_name(entity: EntitySpec, name: str, new: str) -> None:
    change = rename(entity, **{name: new})
    differing = []
    for file in change.files:
        got = renamed(file.before.encode(), file.name, change.roles)
        if Source.read(got).whole_key != Source.read(file.after.encode()).whole_key:
            differing.append(file)
            assert merge(got, got, file.after.encode()).conflicts == ()

    expected = [f"recipes/{part}.py" for part in BRIDGED.get(name, [])]
    assert [str(file.path) for file in differing] == expected


def test_several_fields_are_renamed_at_once_and_in_a_chain() -> None:
    change = rename(RATING, stars="score", comment="stars")
    schemas = next(file for file in change.files if str(file.path) == "recipes/schemas/rating.py")

    assert renamed(schemas.before.encode(), schemas.name, change.roles).decode() == schemas.after


HEAD = """
from django.db.models import Avg, F, Q
from django.shortcuts import get_object_or_404

from recipes import dependencies
from recipes.models import Rating, Recipe
from recipes.repositories.rating import RatingRepository
from recipes.schemas.rating import RatingCreate, RatingQuery, RatingRead, RatingUpdate
from recipes.services.rating import RatingService
from recipes.tests.factories.rating import RatingCreateFactory, RatingFactory
"""


def after(code: str) -> str:
    """Return code of the project's author with `stars` of a rating renamed to `score`."""
    change = rename(RATING, stars="score")
    text = HEAD + dedent(code)
    got = renamed(text.encode(), "recipes.services.best", change.roles).decode()
    return got.removeprefix(HEAD)


@pytest.mark.parametrize(
    "code",
    [
        "def f(rating: RatingRead) -> int:\n    return rating.stars",
        "def f(rating: 'RatingRead | None') -> int:\n    return rating.stars if rating else 0",
        "def f(data: RatingUpdate) -> int:\n    copied = data.model_copy(update={'stars': 3})\n    return copied.stars",
        "def f(ratings: list[RatingRead]) -> int:\n    return sum(each.stars for each in ratings)",
        "def f(ratings: list[RatingRead]) -> object:\n    return sorted(ratings, key=lambda each: each.stars)",
        "def f(ratings: list[RatingRead]) -> object:\n    return {each.id: each.stars for each in ratings}",
        "def f(service: RatingService) -> int:\n    best = service.get(None, 1)\n    return best.stars",
        "def f(service: RatingService) -> list[int]:\n    return [r.stars for r in service.page(1, RatingQuery()).items]",
        "def f(ratings: list[RatingRead]) -> int:\n    said = [each for each in ratings if each]\n    return said[0].stars",
        "def f(ratings: list[RatingRead]) -> int:\n    return next(each for each in ratings if each).stars",
        "def f(ratings: list[RatingRead]) -> int:\n    first, *_ = ratings\n    return first.stars",
        "def f() -> int:\n    return dependencies.rating_service().get(None, 1).stars",
        "def f() -> int:\n    return RatingCreate(recipe_id=1, stars=3).stars",
        "def f() -> object:\n    return RatingQuery(stars_min=2, order_by='-stars')",
        "def f() -> object:\n    return Rating.objects.filter(stars__gte=3).order_by('-stars').values('stars')",
        "def f() -> object:\n    return Rating.objects.aggregate(mean=Avg('stars'))",
        "def f() -> object:\n    return Rating.objects.filter(Q(stars=1) | ~Q(stars__lt=F('stars') + 1))",
        "def f() -> int:\n    return get_object_or_404(Rating, stars=1).stars",
        "def f() -> object:\n    for row in Rating.objects.all():\n        yield row.stars",
        "def f(rating: RatingRead) -> object:\n    return getattr(rating, 'stars')",
        "def f(rating: RatingRead) -> object:\n    return rating.model_dump()['stars']",
        "def f(rating: RatingRead) -> object:\n    return f'{rating.stars} of 5'",
        "def f() -> object:\n    return RatingFactory.create(stars=1).stars, RatingCreateFactory.build(stars=2).stars",
        "class Better(RatingService):\n    def best(self) -> int:\n        return self._ratings.get(1).stars",
        "class Better(RatingRead):\n    @property\n    def half(self) -> float:\n        return self.stars / 2",
    ],
)
def test_what_certainly_is_the_entity_is_renamed(code: str) -> None:
    assert after(code) == code.replace("stars", "score")


@pytest.mark.parametrize(
    "code",
    [
        "def f(rating) -> int:\n    return rating.stars",
        "def f(hotel: Recipe) -> int:\n    return hotel.stars",
        "def f(hotel: object) -> int:\n    return hotel.stars",
        "def f(x: RatingRead) -> int:\n    x = other()\n    return x.stars",
        "def f(stars: int) -> int:\n    return stars",
        "def f() -> object:\n    return hotels(stars=3)",
        "def f() -> object:\n    return Recipe.objects.filter(stars=3)",
        "def f() -> object:\n    return Rating.objects.filter(comment='stars')",
        "def f() -> object:\n    return {'stars': 'stars'}",
        "def f() -> object:\n    return Rating.objects.annotate(stars=Avg('id'))",
    ],
)
def test_what_may_be_something_else_is_left_alone(code: str) -> None:
    assert after(code) == code


def test_the_names_of_modules_follow_where_they_are_imported() -> None:
    change = rename(RECIPE, status="state")
    text = """
    from recipes import types
    from recipes.types import RecipeStatus
    from recipes.types import RecipeStatus as Status

    LIVE = RecipeStatus.PUBLISHED, types.RecipeStatus.DRAFT, Status.DRAFT
    """
    expected = """
    from recipes import types
    from recipes.types import RecipeState
    from recipes.types import RecipeState as Status

    LIVE = RecipeState.PUBLISHED, types.RecipeState.DRAFT, Status.DRAFT
    """

    assert renamed(dedent(text).encode(), "shop.views", change.roles) == dedent(expected).encode()


def test_a_reference_is_renamed_with_its_key_and_on_the_way_through_it() -> None:
    change = rename(REMINDER, note="memo")
    text = """
    from recipes.models import Note, Reminder

    def due(reminder: Reminder) -> object:
        return Reminder.objects.filter(note__title="x", note_id=reminder.note_id).select_related("note__recipe")
    """

    got = renamed(dedent(text).encode(), "recipes.due", change.roles).decode()

    assert got == dedent(text).replace("note_", "memo_")


def test_a_lookup_reaches_the_field_through_a_reference() -> None:
    change = rename(NOTE, title="headline")
    text = """
    from recipes.models import Reminder

    FOUND = Reminder.objects.filter(note__title__icontains="title").order_by("note__title")
    """

    got = renamed(dedent(text).encode(), "recipes.due", change.roles).decode()

    assert got == dedent(text).replace("note__title", "note__headline")


def test_the_rest_of_a_file_stays_to_the_byte() -> None:
    change = rename(RATING, stars="score")
    text = "# h\xe9llo\r\nfrom recipes.schemas.rating import RatingRead\r\n\r\ndef f(r: RatingRead):\r\n\treturn  r . stars # stars\r\n"

    got = renamed(b"\xef\xbb\xbf" + text.encode(), "recipes.odd", change.roles)

    assert got == b"\xef\xbb\xbf" + text.replace(" r . stars", " r . score").encode()


def test_admin_forms_and_factories_of_the_model_are_renamed() -> None:
    change = rename(RATING, stars="score")
    text = """
    from django import forms
    from django.contrib import admin
    from factory.django import DjangoModelFactory

    from recipes.models import Rating


    @admin.register(Rating)
    class RatingAdmin(admin.ModelAdmin):
        list_display = ("id", "stars")
        ordering = ["-stars"]


    class RatingForm(forms.ModelForm):
        stars = forms.IntegerField()

        class Meta:
            model = Rating
            fields = ["stars", "comment"]


    class BestFactory(DjangoModelFactory):
        class Meta:
            model = Rating

        stars = 5
    """

    got = renamed(dedent(text).encode(), "recipes.admin", change.roles).decode()

    assert got == dedent(text).replace("stars", "score")
