"""Legal: whatever looks like the ORM leaving a repository, and is none of it."""

import builtins
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from asgiref.sync import sync_to_async
from django.db.models import Avg, Count, F, Q
from django.utils import timezone

from recipes.models import Rating, Recipe
from recipes.schemas import RecipeRead


@dataclass(frozen=True)
class Box:
    objects: tuple[int, ...] = ()

    def all(self) -> tuple[int, ...]:
        return self.objects

    def filter(self, key: int) -> list[int]:
        return [one for one in self.objects if one == key]


def _read(row: Recipe) -> RecipeRead:
    return RecipeRead(id=row.pk, title=row.title)


class QuietRepository:
    def all(self) -> tuple[RecipeRead, ...]:  # legal: a method called all
        return tuple(_read(row) for row in Recipe.objects.all())

    def get(self, key: int) -> RecipeRead | None:
        row = Recipe.objects.filter(pk=key).first()
        return _read(row) if row else None  # legal: a DTO

    def mapped(self) -> Any:
        return list(map(_read, Recipe.objects.all()))  # legal: DTOs

    def validated(self) -> Any:
        return [RecipeRead.model_validate(row) for row in Recipe.objects.all()]  # legal: DTOs

    def validated_one(self, key: int) -> Any:
        return RecipeRead.model_validate(Recipe.objects.get(pk=key), from_attributes=True)  # legal: a DTO

    def column(self, key: int) -> Any:
        return Recipe.objects.get(pk=key).title  # legal: a column

    def key_of(self, title: str) -> Any:
        return Recipe.objects.create(title=title).pk  # legal: a key

    def keys(self) -> Any:
        return [row.pk for row in Recipe.objects.all()]  # legal: keys

    def key_of_relation(self, key: int) -> Any:
        return Recipe.objects.get(pk=key).author_id  # legal: a key

    def counted(self) -> Any:
        return Recipe.objects.count()  # legal: a number

    def any(self) -> Any:
        return Recipe.objects.filter(title="x").exists()  # legal: a truth

    def changed(self) -> Any:
        return Recipe.objects.filter(title="x").update(title="y")  # legal: a number

    def removed(self) -> Any:
        return Recipe.objects.all().delete()  # legal: numbers

    def averages(self) -> Any:
        return Rating.objects.aggregate(Avg("stars"))  # legal: numbers

    def average(self) -> Any:
        return Rating.objects.aggregate(average=Avg("stars"))["average"]  # legal: a number

    def columns(self) -> Any:
        return list(Recipe.objects.values("title"))  # legal: dictionaries

    def flat(self) -> Any:
        return set(Recipe.objects.values_list("pk", flat=True))  # legal: keys

    def totals(self) -> Any:
        rows = Rating.objects.values("recipe_id").annotate(total=Count("pk"))
        return {row["recipe_id"]: row["total"] for row in rows}  # legal: numbers

    def length(self) -> Any:
        return len(Recipe.objects.all())  # legal: a number

    def boxed(self) -> Any:
        return Box((1,)).all()  # legal: no manager

    def boxed_some(self) -> Any:
        return Box((1,)).filter(1)  # legal: no QuerySet

    def of_box(self) -> Any:
        return Box((1,)).objects  # legal: a field of ours

    def built(self) -> Any:
        return list(builtins.filter(None, [1, 2]))  # legal: the builtin

    def on_disk(self) -> Any:
        return os.path.exists("x")  # legal: a file

    def now(self) -> Any:
        return timezone.now()  # legal: a time

    def streamed(self) -> Iterator[RecipeRead]:
        for row in Recipe.objects.iterator():
            yield _read(row)  # legal: DTOs

    async def later(self, key: int) -> Any:
        row = await Recipe.objects.aget(pk=key)
        return _read(row)  # legal: a DTO

    async def wrapped(self, key: int) -> Any:
        return await sync_to_async(self.get)(key)  # legal: a DTO

    def condition(self) -> Any:
        return str(Q(title="x")), F("title").name  # legal: texts

    def titled(self, key: int) -> str:
        return f"{Recipe.objects.get(pk=key)}"  # legal: a text

    def same(self, first: int, second: int) -> bool:
        return Recipe.objects.get(pk=first) == Recipe.objects.get(pk=second)  # legal: a truth

    def nothing(self, key: int) -> None:
        recipe = Recipe.objects.get(pk=key)
        recipe.ratings.all().delete()  # legal: repositories write
        recipe.save(update_fields=["title"])  # legal: repositories write
        recipe.refresh_from_db()  # legal: repositories read

    def summed(self) -> int:
        return sum(row.stars for row in Rating.objects.all())  # legal: a number

    def greatest(self) -> Any:
        return max(row.stars for row in Rating.objects.all())  # legal: a number

    def first_title(self) -> Any:
        return next((row.title for row in Recipe.objects.all()), None)  # legal: a text

    def by_title(self) -> Any:
        found: dict[str, int] = {}
        for row in Recipe.objects.all():
            found[row.title] = row.pk
        return found  # legal: keys

    def collected(self) -> Any:
        found = []
        for row in Recipe.objects.all():
            found.append(_read(row))
        return found  # legal: DTOs

    def rebound(self, key: int) -> Any:
        found = Recipe.objects.get(pk=key)
        found = _read(found)
        return found  # legal: a DTO by now

    def split(self, key: int) -> Any:
        row, made = Recipe.objects.get_or_create(pk=key)
        return made  # legal: a truth

    def per_shelf(self) -> Any:
        rows = Recipe.objects.select_related("shelf")
        return [(row.title, row.shelf.title) for row in rows]  # legal: texts

    def __len__(self) -> int:
        return Recipe.objects.count()  # legal: a number

    def only_made(self, key: int) -> Any:
        return Recipe.objects.get_or_create(pk=key)[1]  # legal: a truth

    def only_keys(self) -> Any:
        return list(Recipe.objects.in_bulk())  # legal: keys

    def keys_of_items(self) -> Any:
        return [key for key, row in Recipe.objects.in_bulk().items()]  # legal: keys

    def numbers(self) -> Any:
        return [number for number, row in enumerate(Recipe.objects.all())]  # legal: numbers

    def _pair(self):
        return RecipeRead(id=1, title="x"), Recipe.objects.first()

    def first_of(self) -> Any:
        seen, row = self._pair()
        return seen  # legal: a DTO

    def first_item(self) -> Any:
        return self._pair()[0]  # legal: a DTO

    def zipped(self) -> Any:
        return [key for key, row in zip([1], Recipe.objects.all())]  # legal: keys

    def lambdas(self) -> Any:
        return list(map(lambda row: row.title, Recipe.objects.all()))  # legal: texts

    def grouped(self) -> Any:
        found: dict[str, list[RecipeRead]] = {}
        for row in Recipe.objects.all():
            found.setdefault(row.title, []).append(_read(row))
        return found  # legal: DTOs

    def touched(self, key: int) -> Any:
        row = Recipe.objects.get(pk=key)
        return self._outcome(row)  # legal: a text

    def _outcome(self, row):
        return row.title

    def shelf_keys(self) -> Any:
        return {row.shelf_id for row in Recipe.objects.all()}  # legal: keys

    def sorted_titles(self) -> Any:
        return sorted(row.title for row in Recipe.objects.all())  # legal: texts
