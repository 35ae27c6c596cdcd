import asyncio
import functools
import itertools
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypedDict, TypeVar, cast

import django.db.models as dj
from asgiref.sync import sync_to_async
from django.core.cache import cache
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Q
from django.shortcuts import get_object_or_404  # L305 recipes.repositories.orm.flows

from recipes import models as tables
from recipes.models import Recipe as Meal
from recipes.models import *
from recipes.schemas import RecipeRead

ModelT = TypeVar("ModelT", bound=dj.Model)


def to_dto(row: Meal) -> RecipeRead:  # L303 to_dto
    return RecipeRead(id=row.pk, title=row.title)


def _to_dto(row: Meal) -> RecipeRead:  # legal: private
    return RecipeRead(id=row.pk, title=row.title)


def _first():
    return Meal.objects.first()


async def _load(key: int):
    return await Meal.objects.aget(pk=key)


class Found(NamedTuple):
    total: int
    rows: Any


class Shown(TypedDict):
    recipe: Any


@dataclass
class Kept:
    recipes: Any = field(default_factory=list)


class Base(Generic[ModelT]):
    model: type[ModelT]

    def _all(self) -> "dj.QuerySet[ModelT]":  # legal: private
        return self.model._default_manager.all()

    def every(self) -> "dj.QuerySet[ModelT]":  # L301 Base.every
        return self._all()

    def lookup(self, key: int) -> object:
        return self._all().get(pk=key)  # L302 Base.lookup

    def __iter__(self):
        return iter(self._all())  # L302 Base.__iter__

    def __getitem__(self, key: int) -> object:
        return self._all()[key]  # L302 Base.__getitem__


class FlowRepository(Base[Meal]):
    model = Meal

    def __init__(self) -> None:
        self._rows = Meal.objects.all()
        self.cache: dict[int, Meal] = {}

    def stored(self) -> object:
        return self._rows  # L302 FlowRepository.stored

    def remembered(self, key: int) -> Any:
        return self.cache[key]  # L302 FlowRepository.remembered

    def remembered_maybe(self, key: int) -> Any:
        return self.cache.get(key)  # L302 FlowRepository.remembered_maybe

    def inherited(self) -> object:
        return super()._all()  # L302 FlowRepository.inherited

    def tuple_of(self) -> tuple[int, Any]:
        rows = Meal.objects.filter(title="x")
        return rows.count(), rows  # L302 FlowRepository.tuple_of

    def created(self, title: str) -> Any:
        recipe, _ = Meal.objects.get_or_create(title=title)
        return recipe  # L302 FlowRepository.created

    def made(self, title: str) -> Any:
        recipe = Meal(title=title)
        recipe.save()
        return recipe  # L302 FlowRepository.made

    def bulk(self) -> Any:
        return Meal.objects.in_bulk([1])  # L302 FlowRepository.bulk

    def bulk_values(self) -> Any:
        return Meal.objects.in_bulk([1]).values()  # L302 FlowRepository.bulk_values

    def sliced(self) -> Any:
        return Meal.objects.all()[:5]  # L302 FlowRepository.sliced

    def indexed(self) -> Any:
        return Meal.objects.all()[0]  # L302 FlowRepository.indexed

    def united(self) -> Any:
        return Meal.objects.filter(title="a") | Meal.objects.filter(title="b")  # L302 FlowRepository.united

    def chosen(self, flag: bool) -> Any:
        return Meal.objects.first() if flag else None  # L302 FlowRepository.chosen

    def otherwise(self) -> Any:
        return Meal.objects.first() or None  # L302 FlowRepository.otherwise

    def walrus(self) -> Any:
        if (found := Meal.objects.filter(title="x").first()) is not None:
            return found  # L302 FlowRepository.walrus
        return None

    def matched(self, key: int) -> Any:
        match Meal.objects.filter(pk=key).first():
            case None:
                return None
            case found:
                return found  # L302 FlowRepository.matched

    def matched_class(self, key: int) -> Any:
        match Meal.objects.filter(pk=key).first():
            case Meal() as found:
                return found  # L302 FlowRepository.matched_class
        return None

    def tried(self, key: int) -> Any:
        try:
            return Meal.objects.get(pk=key)  # L302 FlowRepository.tried
        except Meal.DoesNotExist:
            return None

    def finally_given(self) -> Any:
        result = None
        try:
            result = Meal.objects.all()
        finally:
            pass
        return result  # L302 FlowRepository.finally_given

    def helper(self) -> Any:
        return _first()  # L302 FlowRepository.helper

    async def helper_later(self) -> Any:
        return await _load(1)  # L302 FlowRepository.helper_later

    async def wrapped(self) -> Any:
        return await sync_to_async(Meal.objects.get)(pk=1)  # L302 FlowRepository.wrapped

    async def wrapped_lambda(self) -> Any:
        return await sync_to_async(lambda: Meal.objects.first())()  # L302 FlowRepository.wrapped_lambda

    async def threaded(self) -> Any:
        return await asyncio.to_thread(Meal.objects.get, pk=1)  # L302 FlowRepository.threaded

    async def listed(self) -> Any:
        return [row async for row in Meal.objects.all()]  # L302 FlowRepository.listed

    async def streamed(self) -> AsyncIterator[Any]:
        async for row in Meal.objects.all():
            yield row  # L302 FlowRepository.streamed

    def generator(self) -> Any:
        return (row for row in Meal.objects.all())  # L302 FlowRepository.generator

    def mapping(self) -> Any:
        return {row.pk: row for row in Meal.objects.all()}  # L302 FlowRepository.mapping

    def listing(self) -> Any:
        return list(Meal.objects.all())  # L302 FlowRepository.listing

    def sorting(self) -> Any:
        return sorted(Meal.objects.all(), key=lambda row: row.title)  # L302 FlowRepository.sorting

    def counted(self) -> Any:
        return enumerate(Meal.objects.all())  # L302 FlowRepository.counted

    def mapped(self) -> Any:
        return map(lambda row: row, Meal.objects.all())  # L302 FlowRepository.mapped

    def filtered(self) -> Any:
        return filter(None, Meal.objects.all())  # L302 FlowRepository.filtered

    def chained(self) -> Any:
        return itertools.chain(Meal.objects.all(), [])  # L302 FlowRepository.chained

    def queue(self) -> Any:
        return deque(Meal.objects.all())  # L302 FlowRepository.queue

    def starred(self) -> Any:
        return [*Meal.objects.all()]  # L302 FlowRepository.starred

    def unpacked(self) -> Any:
        return {**Meal.objects.in_bulk()}  # L302 FlowRepository.unpacked

    def next_one(self) -> Any:
        return next(iter(Meal.objects.all()), None)  # L302 FlowRepository.next_one

    def grouped(self) -> Any:
        found: dict[str, list[Any]] = {}
        for row in Meal.objects.all():
            found.setdefault(row.title, []).append(row)
        return found  # L302 FlowRepository.grouped

    def summed(self) -> Any:
        found = []
        found += Meal.objects.all()
        return found  # L302 FlowRepository.summed

    def extended(self) -> Any:
        found = []
        found.extend(Meal.objects.all())
        return found  # L302 FlowRepository.extended

    def relation(self, key: int) -> Any:
        return Meal.objects.get(pk=key).author  # L302 FlowRepository.relation

    def related_rows(self, key: int) -> Any:
        return Meal.objects.get(pk=key).ratings.all()  # L302 FlowRepository.related_rows

    def related_set(self, key: int) -> Any:
        return Meal.objects.select_related("author").prefetch_related("ratings")  # L302 FlowRepository.related_set

    def custom_manager(self) -> Any:
        return Meal.live.all()  # L302 FlowRepository.custom_manager

    def default_manager(self) -> Any:
        return Meal._default_manager.all()  # L302 FlowRepository.default_manager

    def through_module(self) -> Any:
        return tables.Recipe.objects.all()  # L302 FlowRepository.through_module

    def gotten(self) -> Any:
        return getattr(Meal, "objects").all()  # L302 FlowRepository.gotten

    def partial(self) -> Any:
        return functools.partial(Meal.objects.get, pk=1)()  # L302 FlowRepository.partial

    def called(self) -> Callable[[], Any]:
        return lambda: Meal.objects.all()  # L302 FlowRepository.called

    def inner(self) -> Any:
        def load():
            return Meal.objects.first()

        return load()  # L302 FlowRepository.inner

    def by_shortcut(self, key: int) -> Any:
        return get_object_or_404(Meal, pk=key)  # L302 FlowRepository.by_shortcut

    def casted(self) -> Any:
        return cast("object", Meal.objects.first())  # L302 FlowRepository.casted

    def typed(self) -> Any:
        return cast(Meal, connection)  # L302 FlowRepository.typed

    def paginated(self) -> Any:
        return Paginator(Meal.objects.all(), 10).page(1)  # L302 FlowRepository.paginated

    def named_tuple(self) -> Found:
        return Found(1, Meal.objects.all())  # L302 FlowRepository.named_tuple

    def typed_dict(self) -> Shown:
        return {"recipe": Meal.objects.get()}  # L302 FlowRepository.typed_dict

    def typed_call(self) -> Shown:
        return Shown(recipe=Meal.objects.get())  # L302 FlowRepository.typed_call

    def kept(self) -> Kept:
        return Kept(recipes=Meal.objects.all())  # L302 FlowRepository.kept

    @functools.cached_property
    def cached(self) -> Any:
        return Meal.objects.all()  # L302 FlowRepository.cached

    @functools.lru_cache
    def remembered_all(self) -> Any:
        return Meal.objects.all()  # L302 FlowRepository.remembered_all

    @staticmethod
    def static() -> Any:
        return Meal.objects.all()  # L302 FlowRepository.static

    @classmethod
    def of_class(cls) -> Any:
        return cls.model.objects.all()  # L302 FlowRepository.of_class

    @contextmanager
    def locked(self, key: int) -> Generator[Any, None, None]:
        yield Meal.objects.select_for_update().get(pk=key)  # L302 FlowRepository.locked

    def from_cache(self) -> Any:
        return cache.get_or_set("x", lambda: Meal.objects.all())  # L302 FlowRepository.from_cache

    def raw(self) -> Any:
        return Meal.objects.raw("SELECT 1")  # L302 FlowRepository.raw

    def ended(self, key: int) -> Any:
        rows = Meal.objects.all()
        while key:
            rows = rows.filter(Q(pk=key))
            key = 0
        else:
            return rows  # L302 FlowRepository.ended

    def callback(self, rows: "Callable[[Meal], None]") -> None:  # L303 FlowRepository.callback
        return None

    def starred_rows(self, *rows: Meal) -> None:  # L303 FlowRepository.starred_rows
        return None

    def listed_rows(self, rows: Sequence["Meal"]) -> None:  # L303 FlowRepository.listed_rows
        return None

    def of_type(self, model: dj.Model) -> None:  # L303 FlowRepository.of_type
        return None

    def awaited(self) -> "asyncio.Future[Meal]":  # L301 FlowRepository.awaited
        raise NotImplementedError

    def union(self) -> "int | list[Meal] | None":  # L301 FlowRepository.union
        return None

    def lazily(self) -> Callable[[], Meal]:  # L301 FlowRepository.lazily
        raise NotImplementedError

    async def coroutine(self) -> Meal | None:  # L301 FlowRepository.coroutine
        return None

    def module_typed(self) -> "tables.Recipe":  # L301 FlowRepository.module_typed
        return _first()

    def any_model(self) -> dj.Model:  # L301 FlowRepository.any_model
        return _first()

    def grouped_by_item(self) -> Any:
        found = defaultdict(list)
        for row in Meal.objects.all():
            found[row.title].append(row)
        return found  # L302 FlowRepository.grouped_by_item

    def paired(self) -> Any:
        return [(row.pk, row) for row in Meal.objects.all()]  # L302 FlowRepository.paired

    def second(self) -> Any:
        return self._pair()[1]  # L302 FlowRepository.second

    def _pair(self):
        return RecipeRead(id=1, title="x"), Meal.objects.first()

    def both_of(self) -> Any:
        seen, row = self._pair()
        return row  # L302 FlowRepository.both_of

    def zipped(self) -> Any:
        return [row for key, row in zip([1], Meal.objects.all())]  # L302 FlowRepository.zipped

    def applied(self) -> Any:
        return self._apply(lambda rows: rows.filter(title="x"))

    def _apply(self, narrow: Callable[[Any], Any]) -> Any:
        return narrow(Meal.objects.all())

    def run(self) -> Any:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchall()
