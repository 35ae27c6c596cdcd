import functools
import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Optional

import django.apps
import django.db  # L401 recipes.services.flows
import recipes.models  # L101 recipes.services.flows
from asgiref.sync import async_to_sync, sync_to_async
from django.contrib.auth import get_user_model as current  # L401 recipes.services.flows
from django.contrib.auth.models import User  # L401 recipes.services.flows
from django.db import connections  # L401 recipes.services.flows
from django.http import HttpRequest as Incoming  # L406 recipes.services.flows
from django_layers.services import UnitOfWork
from ninja import errors  # L406 recipes.services.flows

from recipes import models as tables  # L101 recipes.services.flows
from recipes.models import *  # L101 recipes.services.flows
from recipes.models.recipe import Recipe as Dish  # L101 recipes.services.flows
from recipes.repositories.recipe import RecipeRepository
from recipes.schemas import RecipeRead
from recipes.services.mixins import Base, Deleting

Row = tables.Recipe

try:
    from recipes.models import Rating as Stars  # L101 recipes.services.flows
except ImportError:
    Stars = None

if True:
    from recipes.models import Rating as Points  # L101 recipes.services.flows


@dataclass
class Command:
    recipe: Dish
    title: str


def aliased() -> int:
    return Row.objects.count()  # L402 aliased


def local_alias() -> int:
    kind = Dish
    return kind.objects.count()  # L402 local_alias


def manager_kept() -> int:
    rows = Dish.objects  # L402 manager_kept
    return rows.count()  # L403 manager_kept


def starred() -> int:
    return Recipe.objects.count()  # L402 starred


def dotted() -> int:
    return recipes.models.Recipe.objects.count()  # L402 dotted


def gotten() -> int:
    return getattr(Dish, "objects").count()  # L402 gotten


def of_type(row: Dish) -> int:  # L410 of_type
    return type(row).objects.count()  # L402 of_type


def of_class(row: Dish) -> int:  # L410 of_class
    return row.__class__.objects.count()  # L402 of_class


def of_meta() -> int:
    return Dish._meta.default_manager.count()  # L402 of_meta


def base_manager() -> int:
    return Dish._base_manager.count()  # L402 base_manager


def by_app() -> int:
    return django.apps.apps.get_model("recipes", "Recipe").objects.count()  # L401 by_app # L402 by_app


def by_user() -> int:
    return current().objects.count()  # L402 by_user


def of_user() -> int:
    return User.objects.count()  # L402 of_user


def on_connection() -> None:
    connections["default"].cursor().execute("SELECT 1")  # L405 on_connection 2


def on_module() -> None:
    django.db.transaction.atomic()  # L409 on_module


def typed(request: Optional[Incoming]) -> None:  # L408 typed
    print(request)


def quoted(request: "Incoming") -> None:  # L408 quoted
    print(request)


def renamed(http: Incoming) -> str:  # L408 renamed
    return http.META["x"]  # L408 renamed


def answered() -> None:
    raise errors.HttpError(404, "x")  # L407 answered


async def later() -> int:
    return await Dish.objects.acount()  # L402 later


async def wrapped() -> int:
    return await sync_to_async(Dish.objects.count)()  # L402 wrapped


async def saved_later(row: Any) -> None:
    await sync_to_async(row.save)()  # L404 saved_later


async def in_loop() -> None:
    async for row in Dish.objects.all():  # L402 in_loop
        await row.asave()  # L404 in_loop


def nested(row: Dish) -> Callable[[], None]:  # L410 nested
    def inner() -> None:
        row.save()  # L404 nested

    return inner


def lambdas(rows: list[Any]) -> None:
    list(map(lambda row: row.save(), rows))  # L404 lambdas


def comprehended(rows: list[Dish]) -> None:  # L410 comprehended
    [row.delete() for row in rows]  # L404 comprehended


def partially(row: Dish) -> None:  # L410 partially
    functools.partial(row.save, update_fields=["title"])()  # L404 partially


def gotten_method(row: Dish) -> None:  # L410 gotten_method
    getattr(row, "save")()  # L404 gotten_method


def by_caller(row: Dish) -> None:  # L410 by_caller
    operator.methodcaller("save")(row)  # L404 by_caller


def of_field(command: Command) -> None:  # L410 of_field
    command.recipe.save()  # L404 of_field


def unbound(row: Dish) -> None:  # L410 unbound
    Dish.save(row)  # L404 unbound


def deleted_instance() -> None:
    Dish(title="x").delete()  # L404 deleted_instance


class FlowService(Base, Deleting):
    model = Dish

    def __init__(self, recipes: RecipeRepository, unit_of_work: UnitOfWork, request: Any = None) -> None:
        self._recipes = recipes
        self._unit_of_work = unit_of_work
        self.request = request

    def on_class(self) -> int:
        return self.model.objects.count()  # L402 FlowService.on_class

    def by_base(self) -> int:
        return self.rows().count()  # L403 FlowService.by_base

    def walrus(self, key: int) -> None:
        if (row := self._recipes.row(key)) is not None:
            row.save()  # L404 FlowService.walrus

    def matched(self, key: int) -> None:
        match self._recipes.row(key):
            case tables.Recipe(title="x") as row:
                row.save()  # L404 FlowService.matched
            case other:
                other.delete()  # L404 FlowService.matched

    def looped(self, key: int) -> None:
        for rating in self._recipes.row(key).ratings.all():  # L403 FlowService.looped # L412 FlowService.looped
            rating.delete()  # L404 FlowService.looped

    def followed(self, key: int) -> str:
        return self._recipes.row(key).shelf.title  # L412 FlowService.followed

    def reverse(self, key: int) -> int:
        return len(self._recipes.row(key).ratings.values_list("stars"))  # L403 FlowService.reverse # L412 FlowService.reverse

    def added(self, key: int) -> None:
        self._recipes.row(key).ratings.add(1)  # L403 FlowService.added # L412 FlowService.added

    def created(self, key: int) -> None:
        self._recipes.row(key).ratings.create(stars=1)  # L403 FlowService.created # L412 FlowService.created

    def guessed(self, recipe) -> list:
        return list(recipe.ratings.all())  # L403 FlowService.guessed

    def guessed_first(self, recipe) -> Any:
        return recipe.ratings.first()  # L403 FlowService.guessed_first

    def of_request(self) -> Any:
        return self.request.user  # L408 FlowService.of_request

    def twice_comprehended(self, titles: list[str]) -> None:
        [self._recipes.add(title) for title in titles]  # L411 FlowService.twice_comprehended

    def twice_tried(self, title: str) -> None:
        try:
            self._recipes.add(title)
        except ValueError:
            raise
        self._recipes.update(1, title)  # L411 FlowService.twice_tried

    def twice_conditional(self, title: str, flag: bool) -> None:
        if flag:
            self._recipes.add(title)
        self._recipes.update(1, title)  # L411 FlowService.twice_conditional

    def twice_in_arguments(self, title: str) -> None:
        print(self._recipes.add(title), self._recipes.add(title))  # L411 FlowService.twice_in_arguments

    def twice_while(self, titles: list[str]) -> None:
        while titles:
            self._recipes.add(titles.pop())  # L411 FlowService.twice_while

    async def twice_later(self, title: str) -> None:
        await self._recipes.aadd(title)
        await self._recipes.aadd(title)  # L411 FlowService.twice_later
