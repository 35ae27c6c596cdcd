"""No orm apart: concrete ones here, and plain Django."""
from __future__ import annotations

import copy
import typing
from collections.abc import AsyncIterator, Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypedDict, TypeVar, Union, overload

from asgiref.sync import sync_to_async
from django.core.paginator import Page
from django.db import connection, models
from django.db.models import F, Max
from django.db.models.query import QuerySet
from django.utils.functional import SimpleLazyObject

from . import models as orm
from .models import Course, Dish
from .schemas import DishIn, DishOut

if TYPE_CHECKING:
    from django.http.request import HttpRequest  # L305 bistro.menu.repositories
    from rest_framework.response import Response  # L305 bistro.menu.repositories

M = TypeVar("M", bound=models.Model)
DishLike = Union[Dish, None]
DishMap = Mapping[int, "Dish"]


class Slot(TypedDict):
    dish: Dish


class Generic_(Generic[M]):
    model: type[M]

    def find(self, pk: int) -> M:  # L301 Generic_.find
        return self.model._default_manager.get(pk=pk)

    def listing(self) -> Iterable[M]:  # L301 Generic_.listing
        return self.model._default_manager.all()

    def names(self) -> list[str]:
        return list(self.model._default_manager.values_list("name", flat=True))


class Courses(Generic_[Course]):
    model = Course

    def best(self, pk: int) -> Any:
        return self.find(pk)  # L302 Courses.best


class DishReader(Protocol):
    def __call__(self, pk: int) -> Dish: ...  # L301 DishReader.__call__


class Dishes:
    queryset = Dish.objects.all()  # L302 Dishes
    _hidden = Dish.objects.all()
    model_class = Dish

    def __init__(self, manager: Any = None) -> None:
        self.rows = Dish.objects.all()  # L302 Dishes.__init__
        self._cache: dict[int, Dish] = {}
        self._manager = manager or Dish.objects

    def alias1(self) -> DishLike:  # L301 Dishes.alias1
        return None

    def alias2(self) -> "DishMap":  # L301 Dishes.alias2
        return {}

    def typed(self) -> Slot:  # L301 Dishes.typed
        return {"dish": Dish()}

    def typed_list(self) -> typing.List["orm.Dish"]:  # L301 Dishes.typed_list
        return []

    def callback(self) -> Callable[[], Dish]:  # L301 Dishes.callback
        return lambda: Dish()

    def gen(self) -> Generator[Dish, None, None]:  # L301 Dishes.gen
        yield Dish()

    async def agen(self) -> AsyncIterator["Dish"]:  # L301 Dishes.agen
        yield Dish()

    def page(self) -> Page[Dish]:  # L301 Dishes.page
        ...

    def cls_of(self) -> type[Dish]:
        return Dish

    def custom_manager(self) -> orm.DishManager:  # L301 Dishes.custom_manager
        return Dish.objects

    @overload
    def over(self, pk: int) -> Dish: ...  # L301 Dishes.over
    @overload
    def over(self, pk: str) -> None: ...
    def over(self, pk: Any) -> Any:
        return None

    def takes_callback(self, on: Callable[[Dish], None]) -> None:  # L303 Dishes.takes_callback
        ...

    def takes_kwargs(self, *rows: Dish) -> None:  # L303 Dishes.takes_kwargs
        ...

    def takes_default(self, qs: QuerySet | None = None) -> int:  # L303 Dishes.takes_default
        return 1

    def takes_model(self, *, row: "models.Model") -> None:  # L303 Dishes.takes_model
        ...

    def takes_dict(self, rows: dict[str, list[Dish]]) -> None:  # L303 Dishes.takes_dict
        ...

    def takes_mgr(self, manager: models.Manager[Dish]) -> None:  # L303 Dishes.takes_mgr
        ...

    # ---- bodies
    def from_cache(self, pk: int) -> Any:
        if pk not in self._cache:
            self._cache[pk] = Dish.objects.get(pk=pk)
        return self._cache[pk]  # L302 Dishes.from_cache

    def from_manager(self) -> Any:
        return self._manager.hot()  # L302 Dishes.from_manager

    def second_manager(self) -> Any:
        return Dish.plain.filter(hot=True)  # L302 Dishes.second_manager

    def reverse_fk(self, pk: int) -> Any:
        return Course.objects.get(pk=pk).dishes.filter(hot=True)  # L302 Dishes.reverse_fk

    def m2m(self, pk: int) -> Any:
        return {a for a in Dish.objects.get(pk=pk).allergens.all()}  # L302 Dishes.m2m

    def o2o_reverse(self, pk: int) -> Any:
        return Dish.objects.get(pk=pk).other_twin  # L302 Dishes.o2o_reverse

    def saved(self, data: DishIn) -> Any:
        dish = Dish(price=data.price)
        dish.save()
        return dish  # L302 Dishes.saved

    def copied(self, pk: int) -> Any:
        return copy.copy(Dish.objects.get(pk=pk))  # L302 Dishes.copied

    def swapped(self, pk: int) -> Any:
        a, b = 1, Dish.objects.get(pk=pk)
        a, b = b, a
        return a  # L302 Dishes.swapped

    def loop_else(self) -> Any:
        for dish in Dish.objects.all():
            if dish.hot:
                break
        else:
            return None
        return dish  # L302 Dishes.loop_else

    def while_(self) -> Any:
        found = None
        while found is None:
            found = Dish.objects.first()
        return found  # L302 Dishes.while_

    def nested_dict(self) -> Any:
        out = {"a": {}}
        out["a"]["dish"] = Dish.objects.first()
        return out  # L302 Dishes.nested_dict

    def dict_update(self) -> Any:
        out = {}
        out.update(dish=Dish.objects.first())
        return out  # L302 Dishes.dict_update

    def dict_kw(self) -> Any:
        return dict(dish=Dish.objects.first())  # L302 Dishes.dict_kw

    def spread(self) -> Any:
        base = {"dish": Dish.objects.first()}
        return {**base, "n": 1}  # L302 Dishes.spread

    def list_mult(self) -> Any:
        return [Dish.objects.first()] * 2  # L302 Dishes.list_mult

    def aug(self) -> Any:
        rows = []
        rows += Dish.objects.all()
        return rows  # L302 Dishes.aug

    def closure(self) -> Any:
        rows = Dish.objects.all()

        def inner():
            return rows

        return inner  # L302 Dishes.closure

    def with_as(self) -> Any:
        with self._opened() as dish:
            return dish  # L302 Dishes.with_as

    def lazy(self, pk: int) -> Any:
        return SimpleLazyObject(lambda: Dish.objects.get(pk=pk))  # L302 Dishes.lazy

    async def stoa(self, pk: int) -> Any:
        return await sync_to_async(Dish.objects.get)(pk=pk)  # L302 Dishes.stoa

    async def stoa2(self) -> Any:
        return await sync_to_async(list)(Dish.objects.all())  # L302 Dishes.stoa2

    async def acomp(self) -> Any:
        return [d async for d in Dish.objects.all()]  # L302 Dishes.acomp

    async def afirst_(self) -> Any:
        return await Dish.objects.filter(hot=True).afirst()  # L302 Dishes.afirst_

    async def agoc(self) -> Any:
        dish, made = await Dish.objects.aget_or_create(hot=True)
        return dish if made else None  # L302 Dishes.agoc

    def wrapped(self) -> Any:
        return self._wrap(Dish.objects.first())  # L302 Dishes.wrapped

    def identity(self) -> Any:
        return _same(Dish.objects.first())  # L302 Dishes.identity

    def setattr_(self, holder: Any) -> None:
        setattr(holder, "dish", Dish.objects.first())  # L302 Dishes.setattr_

    def attr_on_param(self, holder: DishOut) -> None:
        holder.dish = Dish.objects.first()  # L302 Dishes.attr_on_param

    def send(self, sink: Callable[[Any], None]) -> None:
        for dish in Dish.objects.all():
            sink(dish)

    def match_class(self, x: Any) -> Any:
        match Dish.objects.first():
            case Dish() as found:
                return found  # L302 Dishes.match_class
            case None:
                return None

    def match_seq(self) -> Any:
        match Dish.objects.get_or_create(hot=True):
            case [dish, True]:
                return dish  # L302 Dishes.match_seq
        return None

    def tried(self) -> Any:
        dish = None
        try:
            dish = Dish.objects.get(pk=1)
        finally:
            pass
        return dish  # L302 Dishes.tried

    def ternary_and(self, flag: bool) -> Any:
        return flag and Dish.objects.first()  # L302 Dishes.ternary_and

    def subq(self) -> Any:
        return Dish.objects.annotate(m=Max("price")).values("m")  # L302 Dishes.subq

    def sorted_key(self) -> Any:
        return max(Dish.objects.all(), key=lambda d: d.price)  # L302 Dishes.sorted_key

    def pop(self) -> Any:
        rows = list(Dish.objects.all())
        return rows.pop()  # L302 Dishes.pop

    def get_from(self) -> Any:
        by = {d.pk: d for d in Dish.objects.all()}
        return by.get(1)  # L302 Dishes.get_from

    def values_view(self) -> Any:
        return Dish.objects.in_bulk().values()  # L302 Dishes.values_view

    def fk_obj(self, pk: int) -> Any:
        return Dish.objects.select_related("course").get(pk=pk).course  # L302 Dishes.fk_obj

    @contextmanager
    def _opened(self):
        yield Dish.objects.first()

    @staticmethod
    def _wrap(row):
        return {"row": row}

    # ---- legal
    def l_price(self, pk: int) -> Any:
        return Dish.objects.get(pk=pk).price

    def l_fk_id(self, pk: int) -> Any:
        return Dish.objects.get(pk=pk).course_id

    def l_fk_attr(self, pk: int) -> Any:
        return Dish.objects.get(pk=pk).course.title

    def l_flat(self) -> Any:
        return [*Dish.objects.values_list("pk", flat=True)]

    def l_tuple(self) -> Any:
        return tuple(Dish.objects.values_list("pk", "price"))

    def l_first_value(self) -> Any:
        return Dish.objects.values("pk").first()

    def l_value_get(self) -> Any:
        return Dish.objects.values_list("price", flat=True).get(pk=1)

    def l_len(self) -> Any:
        return len(Dish.objects.all())

    def l_bool(self) -> Any:
        return bool(Dish.objects.all())

    def l_sum(self) -> Any:
        return sum(d.price for d in Dish.objects.all())

    def l_dict_of(self) -> Any:
        return dict(Dish.objects.values_list("pk", "price"))

    def l_schema(self) -> Any:
        return DishOut.from_orm(Dish.objects.get(pk=1))

    def l_validated(self) -> Any:
        return [DishOut.model_validate(d) for d in Dish.objects.all()]

    def l_map(self) -> Any:
        return list(map(_to_out, Dish.objects.all()))

    def l_join(self) -> Any:
        return ", ".join(str(d) for d in Dish.objects.all())

    def l_fstring(self) -> Any:
        return f"{Dish.objects.first()}"

    def l_format(self) -> Any:
        return "{}".format(Dish.objects.first())

    def l_any(self) -> Any:
        return any(d.hot for d in Dish.objects.all())

    def l_is_none(self) -> Any:
        return Dish.objects.first() is None

    def l_eq(self) -> Any:
        return Dish.objects.first() == Dish.objects.last()

    def l_in(self) -> Any:
        return 1 in Dish.objects.values_list("pk", flat=True)

    def l_not(self) -> Any:
        return not Dish.objects.all()

    def l_del(self) -> Any:
        return Dish.objects.filter(hot=True).delete()[0]

    def l_update(self) -> Any:
        return Dish.objects.update(price=F("price") + 1)

    def l_created(self) -> Any:
        return Dish.objects.get_or_create(hot=True)[1]

    def l_sql(self) -> Any:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchall()

    def l_max(self) -> Any:
        return Dish.objects.aggregate(Max("price"))["price__max"]

    def l_iter_vals(self) -> Any:
        for pk, price in Dish.objects.values_list("pk", "price").iterator():
            yield DishOut(id=pk, price=price)

    def l_pk_add(self, data: DishIn) -> int:
        return Dish.objects.create(price=data.price).pk

    def l_generic(self, request: DishIn) -> int:
        return int(request.price)

    def l_strs(self) -> Any:
        return {str(d.uid) for d in Dish.objects.all()}

    def l_slice_vals(self) -> Any:
        return list(Dish.objects.values("pk")[:5])

    async def l_acount(self) -> Any:
        return await Dish.objects.acount()

    async def l_aexists(self) -> Any:
        return await Dish.objects.filter(pk=1).aexists()

    async def l_avalues(self) -> Any:
        return [v async for v in Dish.objects.values("pk")]

    def l_params(self, into: list[int]) -> None:
        into.extend(Dish.objects.values_list("pk", flat=True))

    def l_doesnt(self, pk: int) -> Any:
        try:
            return DishOut.from_orm(Dish.objects.get(pk=pk))
        except Dish.DoesNotExist as error:
            raise LookupError(pk) from error

    def l_zip(self) -> Any:
        return [(i, _to_out(d)) for i, d in enumerate(Dish.objects.all())]

    def l_first_or(self) -> Any:
        dish = Dish.objects.first()
        return dish and dish.price

    def l_grouped(self) -> Any:
        out: dict[str, list[DishOut]] = {}
        for d in Dish.objects.select_related("course"):
            out.setdefault(d.course.title, []).append(_to_out(d))
        return out


def _to_out(dish: Dish) -> DishOut:
    return DishOut(id=dish.pk, price=dish.price)


def _same(row):
    return row


def free_function(pk: int) -> "Dish":  # L301 free_function
    return Dish.objects.get(pk=pk)


async def free_async(pk: int):  # L306 free_async
    return await Dish.objects.aget(pk=pk)  # L302 free_async


get_dish = lambda pk: Dish.objects.get(pk=pk)  # L302 bistro.menu.repositories
