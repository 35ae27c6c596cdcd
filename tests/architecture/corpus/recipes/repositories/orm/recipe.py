from collections.abc import Iterator
from dataclasses import dataclass
from typing import Optional, TypeAlias

from django.db import models, transaction  # legal: what a transaction is used for decides
from django.db.models import Count, QuerySet  # legal: repositories are where queries live
from django.http import Http404  # L305 recipes.repositories.orm.recipe
from django_layers.repositories import ModelRepository

from recipes.models import Rating, Recipe  # legal: repositories know models
from recipes.schemas import RecipeRead
from recipes.services.recipe import RecipeService  # L101 recipes.repositories.orm.recipe

Rows: TypeAlias = list[Recipe]


@dataclass
class Bundle:
    recipe: Recipe


class DjangoRecipeRepository(ModelRepository[Recipe, RecipeRead, RecipeRead, RecipeRead, RecipeRead]):
    def get(self, recipe_id: int, /) -> RecipeRead:  # legal: a DTO
        return self._read_one(self._with_key(self._queryset(), recipe_id))

    def best(self) -> tuple[RecipeRead, ...]:  # legal: the QuerySet stays inside
        rows = self._queryset().order_by("-stars")[:5]
        return self._read(rows)

    def count(self) -> int:  # legal: a number
        return Recipe.objects.filter(status="x").count()

    def titles(self) -> list[str]:  # legal: columns
        return list(Recipe.objects.values_list("title", flat=True))

    def exists(self, recipe_id: int) -> bool:  # legal: a truth
        return Recipe.objects.filter(pk=recipe_id).exists()

    def made(self) -> list[RecipeRead]:  # legal: instances become DTOs
        return [RecipeRead(id=row.pk, title=row.title) for row in Recipe.objects.all()]

    def _rows(self) -> QuerySet[Recipe]:  # legal: private
        return Recipe.objects.all()

    def later(self, recipe_id: int) -> None:  # legal: nothing is opened
        transaction.on_commit(lambda: None)

    def locked(self, recipe_id: int) -> str:  # legal: a column of an instance
        return Recipe.objects.select_for_update().get(pk=recipe_id).title

    def one(self, recipe_id: int) -> Recipe:  # L301 DjangoRecipeRepository.one
        return Recipe.objects.get(pk=recipe_id)

    def all(self) -> QuerySet[Recipe]:  # L301 DjangoRecipeRepository.all
        return Recipe.objects.all()

    def quoted(self) -> "QuerySet[Recipe]":  # L301 DjangoRecipeRepository.quoted
        return Recipe.objects.all()

    def maybe(self) -> Optional[Recipe]:  # L301 DjangoRecipeRepository.maybe
        return Recipe.objects.first()

    def many(self) -> list[Recipe]:  # L301 DjangoRecipeRepository.many
        return list(Recipe.objects.all())

    def named(self) -> Rows:  # L301 DjangoRecipeRepository.named
        return list(Recipe.objects.all())

    def mapped(self) -> dict[int, Recipe]:  # L301 DjangoRecipeRepository.mapped
        return Recipe.objects.in_bulk()

    def stream(self) -> Iterator[Recipe]:  # L301 DjangoRecipeRepository.stream
        yield from Recipe.objects.iterator()

    def manager(self) -> models.Manager[Recipe]:  # L301 DjangoRecipeRepository.manager
        return Recipe.objects

    def bundle(self) -> Bundle:  # L301 DjangoRecipeRepository.bundle
        return Bundle(Recipe.objects.get())

    def hidden(self, recipe_id: int) -> object:
        return Recipe.objects.filter(pk=recipe_id)  # L302 DjangoRecipeRepository.hidden

    def unsaid(self, recipe_id: int):  # L306 DjangoRecipeRepository.unsaid
        found = Recipe.objects.get(pk=recipe_id)
        return found  # L302 DjangoRecipeRepository.unsaid

    def helped(self) -> object:
        return self._rows()  # L302 DjangoRecipeRepository.helped

    def inherited(self) -> object:
        return self._queryset().filter(title="x")  # L302 DjangoRecipeRepository.inherited

    def yielded(self) -> object:
        for row in Recipe.objects.all():
            yield row  # L302 DjangoRecipeRepository.yielded

    def collected(self) -> object:
        found = []
        for row in Recipe.objects.all():
            found.append(row)
        return found  # L302 DjangoRecipeRepository.collected

    def keyed(self) -> object:
        found = {}
        for row in Recipe.objects.all():
            found[row.pk] = row
        return found  # L302 DjangoRecipeRepository.keyed

    def comprehended(self) -> object:
        return [row for row in Recipe.objects.all()]  # L302 DjangoRecipeRepository.comprehended

    def related(self, recipe_id: int) -> object:
        return Recipe.objects.get(pk=recipe_id).ratings  # L302 DjangoRecipeRepository.related

    def shown(self, recipe_id: int) -> object:
        return {"recipe": Recipe.objects.get(pk=recipe_id)}  # L302 DjangoRecipeRepository.shown

    def custom(self) -> object:
        return Recipe.live.published()  # L302 DjangoRecipeRepository.custom

    async def later_one(self) -> object:
        return await Recipe.objects.aget(pk=1)  # L302 DjangoRecipeRepository.later_one

    @property
    def rows(self) -> object:
        return Rating.objects.order_by("stars")  # L302 DjangoRecipeRepository.rows

    def store(self, recipe: Recipe) -> None:  # L303 DjangoRecipeRepository.store
        recipe.save()

    def narrow(self, rows: "QuerySet[Recipe] | None") -> int:  # L303 DjangoRecipeRepository.narrow
        return 0

    def both(self) -> None:
        with transaction.atomic():  # L304 DjangoRecipeRepository.both
            Recipe.objects.create(title="x")

    @transaction.atomic  # L304 DjangoRecipeRepository.marked
    def marked(self) -> None:
        Recipe.objects.create(title="x")

    def unannotated(self, status, limit=5) -> int:  # L306 DjangoRecipeRepository.unannotated
        return 0
