"""The ORM leaves a repository by ways that annotations say nothing of."""

import functools
import itertools
import operator
from collections import namedtuple
from collections.abc import Mapping
from typing import Any, Protocol, TypeVar

from django.contrib.auth import get_user_model
from django.db.models import Prefetch
from django.utils.functional import SimpleLazyObject

from recipes.models import Rating, Recipe
from recipes.models.kitchen import Kitchen

Box = namedtuple("Box", "content")
RecipesById = Mapping[int, "Recipe"]
Row = TypeVar("Row", bound="Recipe")


def _same(row):
    return row


def _boxed(row, *, title=""):
    return {"row": row, "title": title}


class Disguised(Protocol):
    def by_id(self) -> RecipesById: ...  # L301 Disguised.by_id

    def bound(self) -> Row: ...  # L301 Disguised.bound


class DisguisedRepository:
    def __init__(self, kitchens: Any = None) -> None:
        self._kitchens = kitchens or Kitchen.objects

    def prefetch(self) -> Any:
        return Prefetch("ratings", queryset=Rating.objects.all())  # L302 DisguisedRepository.prefetch

    def prefetched(self, key: int) -> Any:
        rows = Recipe.objects.prefetch_related(Prefetch("ratings", queryset=Rating.objects.all()))
        return [one.stars for one in rows.get(pk=key).ratings.all()]  # legal: numbers

    def by_method_of_queryset(self) -> Any:
        return Kitchen.objects.open()  # L302 DisguisedRepository.by_method_of_queryset

    def by_method_of_filtered(self) -> Any:
        return Kitchen.objects.filter(name="x").open()  # L302 DisguisedRepository.by_method_of_filtered

    def by_other_manager(self) -> Any:
        return Kitchen.plain.all()  # L302 DisguisedRepository.by_other_manager

    def by_made_manager(self) -> Any:
        return Kitchen.made.open()  # L302 DisguisedRepository.by_made_manager

    def by_derived_manager(self) -> Any:
        return Kitchen.busy.busy().open().first()  # L302 DisguisedRepository.by_derived_manager

    def by_given_manager(self) -> Any:
        return self._kitchens.open()  # L302 DisguisedRepository.by_given_manager

    def by_method_of_users(self) -> Any:
        return get_user_model().objects.create_user("x")  # L302 DisguisedRepository.by_method_of_users

    def named(self) -> Any:
        return Box(Recipe.objects.latest("pk"))  # L302 DisguisedRepository.named

    def by_keyword(self) -> Any:
        return dict(recipe=Recipe.objects.first())  # L302 DisguisedRepository.by_keyword

    def repeated(self) -> Any:
        return [Recipe.objects.first()] * 2  # L302 DisguisedRepository.repeated

    def spread(self) -> Any:
        return [*Recipe.objects.all()]  # L302 DisguisedRepository.spread

    def spread_columns(self) -> Any:
        return [*Recipe.objects.values_list("pk", flat=True)]  # legal: keys

    def spread_arguments(self) -> Any:
        return list(itertools.chain(*[Recipe.objects.all(), []]))  # L302 DisguisedRepository.spread_arguments

    def grouped(self) -> Any:
        groups = itertools.groupby(Recipe.objects.all(), key=operator.attrgetter("title"))
        return [(title, list(rows)) for title, rows in groups]  # L302 DisguisedRepository.grouped

    def group_sizes(self) -> Any:
        groups = itertools.groupby(Recipe.objects.all(), key=operator.attrgetter("title"))
        return {title: len(list(rows)) for title, rows in groups}  # legal: numbers

    def reduced(self) -> Any:
        return functools.reduce(operator.or_, [Recipe.objects.none()])  # L302 DisguisedRepository.reduced

    def lazy(self) -> Any:
        return SimpleLazyObject(lambda: Recipe.objects.get(pk=1))  # L302 DisguisedRepository.lazy

    def by_function(self) -> Any:
        return _same(Recipe.objects.first())  # L302 DisguisedRepository.by_function

    def by_function_with_keyword(self) -> Any:
        return _boxed(row=Recipe.objects.first())  # L302 DisguisedRepository.by_function_with_keyword

    def by_method(self) -> Any:
        return self._held(Recipe.objects.first())  # L302 DisguisedRepository.by_method

    def title_by_function(self) -> Any:
        return _boxed(None, title=Recipe.objects.first().title)  # legal: a title

    def title_of_some(self) -> Any:
        recipe = Recipe.objects.first()
        return recipe and recipe.title  # legal: what stands before `and` is only given where it is empty

    def some(self, wanted: bool) -> Any:
        return wanted and Recipe.objects.first()  # L302 DisguisedRepository.some

    def bound_in_comprehension(self) -> Any:
        if any((last := row).title for row in Recipe.objects.all()):
            return last  # L302 DisguisedRepository.bound_in_comprehension
        return None

    def run_through(self) -> Any:
        row = 1
        titles = [row.title for row in Recipe.objects.all()]
        return row, titles  # legal: outside of the comprehension the name is another one

    @staticmethod
    def _held(row):
        return [row]


class FillingRepository:
    everything = Recipe.objects.all()  # L302 FillingRepository
    manager = Recipe.objects  # L302 FillingRepository
    model = Recipe  # legal: the class of the model asks for nothing by itself
    _hidden = Recipe.objects.all()  # legal: nobody else's
    ordering = ("title",)

    def __init__(self) -> None:
        self.rows = Recipe.objects.all()  # L302 FillingRepository.__init__
        self._rows = Recipe.objects.all()

    def extend(self, into: list[Any]) -> None:
        into.extend(Recipe.objects.all())  # L302 FillingRepository.extend

    def append(self, into: Any) -> None:
        for row in self._rows:
            into.append(row)  # L302 FillingRepository.append

    def item(self, into: dict[str, Any]) -> None:
        into["rows"] = self._rows  # L302 FillingRepository.item

    def attribute(self, into: Any) -> None:
        into.row = self._rows.first()  # L302 FillingRepository.attribute

    def set_attribute(self, into: Any) -> None:
        setattr(into, "row", self._rows.first())  # L302 FillingRepository.set_attribute

    def keys(self, into: list[int]) -> None:
        into.extend(self._rows.values_list("pk", flat=True))  # legal: keys

    def titles(self, into: dict[int, str]) -> None:
        into.update((row.pk, row.title) for row in self._rows)  # legal: titles

    def copied(self, into: list[Any]) -> int:
        into = list(into)
        into.extend(self._rows)  # legal: a list of its own
        return len(into)


class _Kept:
    rows = Recipe.objects.all()  # legal: the class is private


class Kept(Protocol):
    rows: "RecipesById"  # L302 Kept


WITH_RATINGS = Prefetch("ratings", queryset=Rating.objects.all())  # legal: a part of other queries
newest = Recipe.objects.order_by("-pk")  # L302 recipes.repositories.orm.disguised
by_key = lambda key: Recipe.objects.get(pk=key)  # L302 recipes.repositories.orm.disguised
_oldest = Recipe.objects.order_by("pk")  # legal: private
