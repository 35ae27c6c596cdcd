from __future__ import annotations

import contextlib
import dataclasses
import json
import typing
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial, singledispatchmethod, wraps
from typing import Any, Literal, TypeAlias, overload

from django.core import serializers as core_serializers
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery, prefetch_related_objects
from django.utils.functional import cached_property

from fleet import models as m
from fleet.models import Car, Driver, Trip
from fleet.schemas.cars import CarDTO, TripDTO
from shared.pagination import Page
from .base import BaseRepo

CarRow: TypeAlias = "Car"
Rows = list[Car]
Loader = Callable[[int], Car]


@dataclasses.dataclass(slots=True)
class Loaded:
    car: Car
    trips: list[TripDTO]


class CarDict(typing.TypedDict):
    car: m.Car


class Cars(BaseRepo[Car, CarDTO]):
    model = Car

    def to_dto(self, row: Car) -> CarDTO:  # L303 Cars.to_dto
        return CarDTO.from_model(row)

    # ---- by annotation
    def a1(self) -> CarRow:  # L301 Cars.a1
        ...

    def a2(self) -> Rows:  # L301 Cars.a2
        ...

    def a3(self) -> Loaded:  # L301 Cars.a3
        ...

    def a4(self) -> CarDict:  # L301 Cars.a4
        ...

    def a5(self) -> Page[Car]:  # L301 Cars.a5
        ...

    async def a6(self) -> AsyncGenerator[m.Car, None]:  # L301 Cars.a6
        yield Car()

    def a7(self) -> Awaitable[Car | None]:  # L301 Cars.a7
        ...

    def a8(self) -> Coroutine[Any, Any, "Car"]:  # L301 Cars.a8
        ...

    def a9(self) -> "tuple[int, ...] | models.QuerySet[Car]":  # L301 Cars.a9
        ...

    def a10(self) -> contextlib.AbstractContextManager[Car]:  # L301 Cars.a10
        ...

    def a11(self) -> Loader:  # L301 Cars.a11
        ...

    def a12(self) -> typing.Annotated[Car, "x"]:  # L301 Cars.a12
        ...

    def a13(self, key: Literal["Car"]) -> Literal["Car"]:
        ...

    def a14(self) -> m.car.CarQuerySet:  # L301 Cars.a14
        ...

    def a15(self) -> typing.NoReturn:
        raise ObjectDoesNotExist

    @property
    def a16(self) -> set[Driver]:  # L301 Cars.a16
        ...

    # ---- takes
    def t1(self, car: CarRow) -> None:  # L303 Cars.t1
        ...

    def t2(self, loaded: Loaded) -> None:  # L303 Cars.t2
        ...

    def t3(self, *cars: "Car", **by_name: int) -> None:  # L303 Cars.t3
        ...

    def t4(self, cars: Sequence[Car] = ()) -> None:  # L303 Cars.t4
        ...

    def t5(self, where: Q) -> int:
        return Car.objects.filter(where).count()

    def t6(self, expression: models.Expression) -> int:
        return 1

    def t7(self, load: Loader) -> None:  # L303 Cars.t7
        ...

    def t8(self, page: "Page[Car]") -> None:  # L303 Cars.t8
        ...

    # ---- by inference
    def b1(self, pk: int) -> Any:
        return self._instance(pk)  # L302 Cars.b1

    def b2(self) -> Any:
        return Car.objects.active()  # L302 Cars.b2

    def b3(self) -> Any:
        return Car.objects.newest()  # L302 Cars.b3

    def b4(self) -> Any:
        return Car.everything.all()  # L302 Cars.b4

    def b5(self, pk: int) -> Any:
        return Trip.objects.get(pk=pk).passengers  # L302 Cars.b5

    def b6(self, pk: int) -> Any:
        trip = Trip.objects.select_related("car__driver__licence").get(pk=pk)
        return trip.car.driver.licence  # L302 Cars.b6

    def b7(self) -> Any:
        rows = [{"car": car, "km": 1} for car in Car.objects.all()]
        return rows  # L302 Cars.b7

    def b8(self) -> Any:
        return Loaded(car=Car.objects.first(), trips=[])  # L302 Cars.b8

    def b9(self) -> Any:
        return dataclasses.replace(Loaded(Car(), []), trips=[])  # L302 Cars.b9

    def b10(self) -> Any:
        return Page(items=list(Car.objects.all()), total=1)  # L302 Cars.b10

    @contextlib.contextmanager
    def b11(self) -> Any:
        yield Car.objects.select_for_update().get(pk=1)  # L302 Cars.b11

    @lru_cache
    def b12(self) -> Any:
        return tuple(Car.objects.all())  # L302 Cars.b12

    def b13(self, pk: int) -> Any:
        with contextlib.suppress(Car.DoesNotExist):
            return Car.objects.get(pk=pk)  # L302 Cars.b13
        return None

    def b14(self) -> Any:
        result = {}
        for trip in Trip.objects.select_related("car"):
            result[trip.car.plate] = trip.car
        return result  # L302 Cars.b14

    def b15(self) -> Any:
        cars = Car.objects.all()
        prefetch_related_objects(cars, "trip_set")
        return cars  # L302 Cars.b15

    def b16(self) -> Any:
        first, *rest = Car.objects.all()
        return rest  # L302 Cars.b16

    def b17(self) -> Any:
        (a, b), c = (Car.objects.first(), 1), 2
        return a  # L302 Cars.b17

    def b18(self) -> Any:
        cars = iter(Car.objects.all())
        while (car := next(cars, None)) is not None:
            if car.gone:
                return car  # L302 Cars.b18
        return None

    def b19(self) -> Any:
        return Car.objects.all().__getitem__(0)

    def b20(self) -> Any:
        car = Car.objects.create(plate="x")
        trip = Trip(car=car, km=1)
        trip.save()
        return trip.pk, trip  # L302 Cars.b20

    def b21(self) -> Any:
        qs = Car.objects.all()
        qs &= Car.objects.filter(gone=False)
        return qs  # L302 Cars.b21

    def b22(self) -> Any:
        fetch = partial(Car.objects.filter, gone=False)
        return fetch(plate="x")  # L302 Cars.b22

    def b23(self) -> Any:
        fetch = Car.objects.get
        return fetch(pk=1)  # L302 Cars.b23

    def b24(self) -> Any:
        manager = self.model.objects
        return manager.get(pk=1)  # L302 Cars.b24

    def b25(self) -> Any:
        return type(self).model.objects.first()  # L302 Cars.b25

    def b26(self) -> Any:
        return self.__class__.model.objects.first()  # L302 Cars.b26

    def b27(self) -> Any:
        return [c for c in (Car.objects.first(), None) if c]  # L302 Cars.b27

    def b28(self) -> Any:
        with ThreadPoolExecutor() as pool:
            return pool.submit(Car.objects.get, pk=1).result()

    def b29(self) -> Any:
        return self._cached  # L302 Cars.b29

    @cached_property
    def _cached(self) -> Any:
        return list(Car.objects.all())

    def b30(self, kind: str) -> Any:
        return {"car": Car, "trip": Trip}[kind].objects.first()  # L302 Cars.b30

    def b31(self) -> Any:
        return Car(plate="x")  # L302 Cars.b31

    def b32(self) -> Any:
        rows = Car.objects.raw("SELECT 1")
        return [row for row in rows]  # L302 Cars.b32

    def b33(self) -> Any:
        return list(core_serializers.deserialize("json", "[]"))

    def b34(self) -> Any:
        yield from self._stream()  # L302 Cars.b34

    def _stream(self) -> Any:
        yield from Car.objects.iterator()

    def b35(self) -> Any:
        async def inner() -> Any:
            return await Car.objects.aget(pk=1)

        return inner()  # L302 Cars.b35

    async def b36(self) -> Any:
        cars = []
        async for car in Car.objects.all():
            cars.append(car)
        return cars  # L302 Cars.b36

    def b37(self) -> Any:
        return map(lambda pk: Car.objects.get(pk=pk), [1])  # L302 Cars.b37

    def b38(self) -> Any:
        return (lambda: Car.objects.first())()  # L302 Cars.b38

    def b39(self) -> Any:
        return {**{"car": Car.objects.first()}}  # L302 Cars.b39

    def b40(self) -> Any:
        return set().union(Car.objects.all())  # L302 Cars.b40

    def b41(self) -> Any:
        if cars := list(Car.objects.all()):
            return cars  # L302 Cars.b41
        return []

    def b42(self) -> Any:
        try:
            return Car.objects.get(pk=1)  # L302 Cars.b42
        except (Car.DoesNotExist, Car.MultipleObjectsReturned):
            raise LookupError

    def b43(self) -> Any:
        return sorted([Car.objects.first()], key=lambda c: c.plate)[0]  # L302 Cars.b43

    def b44(self) -> Any:
        return Driver.objects.first().rides.all()  # L302 Cars.b44

    def b45(self) -> Any:
        return Driver.objects.first().car_set.first()  # L302 Cars.b45

    def b46(self) -> Any:
        return Driver.objects.get(pk=1).licence.driver  # L302 Cars.b46

    @staticmethod
    def b47() -> Any:
        return Car.objects.none()  # L302 Cars.b47

    @classmethod
    def b48(cls) -> Any:
        return cls.model.everything.filter(gone=True)  # L302 Cars.b48

    def __iter__(self) -> Iterator[Any]:
        return iter(Car.objects.all())  # L302 Cars.__iter__

    def __getitem__(self, pk: int) -> Any:
        return Car.objects.get(pk=pk)  # L302 Cars.__getitem__

    def __call__(self, pk: int) -> Any:
        return Car.objects.get(pk=pk)  # L302 Cars.__call__

    # ---- legal
    def l1(self) -> Any:
        return [CarDTO.from_model(c) for c in Car.objects.active()]

    def l2(self) -> Any:
        return json.dumps(list(Car.objects.values()))

    def l3(self) -> Any:
        return core_serializers.serialize("json", Car.objects.all())

    def l4(self) -> Any:
        return {c.pk: c.plate for c in Car.objects.all()}

    def l5(self) -> Any:
        return Car.objects.filter(Exists(Trip.objects.filter(car=OuterRef("pk")))).count()

    def l6(self) -> Any:
        return Car.objects.annotate(x=Subquery(Trip.objects.values("km")[:1])).values_list("x", flat=True)[0]

    def l7(self) -> Any:
        return dict(Car.objects.in_bulk().items()).keys()

    def l8(self) -> Any:
        return Car.objects.first().plate if Car.objects.exists() else ""

    def l9(self) -> Any:
        return TripDTO(*Trip.objects.values_list("id", "km").get(pk=1))

    def l10(self) -> Any:
        return [TripDTO(*row) for row in Trip.objects.values_list("id", "km")]

    def l11(self) -> Any:
        return [TripDTO(**row) for row in Trip.objects.values("id", "km")]

    def l12(self) -> Any:
        return Page(items=[CarDTO.from_model(c) for c in Car.objects.all()], total=Car.objects.count())

    def l13(self) -> Any:
        car, made = Car.objects.update_or_create(plate="x", defaults={"gone": False})
        return car.pk if made else None

    def l14(self) -> Any:
        return tuple(zip(*Car.objects.values_list("pk", "plate")))

    def l15(self) -> Any:
        return Car._meta.verbose_name

    def l16(self) -> Any:
        return Car.DoesNotExist

    def l17(self) -> Any:
        return any(c.gone for c in Car.objects.iterator())

    def l18(self) -> Any:
        cars = list(Car.objects.all())
        return [dto for dto in map(CarDTO.from_model, cars)]

    def l19(self) -> Any:
        car = Car.objects.get(pk=1)
        car.refresh_from_db()
        return self.to_dto(car)

    def l20(self) -> Any:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return [row[0] for row in cursor]

    def l21(self) -> Any:
        return Car.objects.latest("pk").driver_id

    def l22(self) -> Any:
        return str(Car.objects.all().query)

    def l23(self) -> Any:
        return sum(Car.objects.values_list("pk", flat=True))

    def l24(self) -> Any:
        return len(list(Car.objects.all()))

    def l25(self) -> Any:
        return Car.objects.filter(pk=1).update(plate=F("plate")) > 0

    def l26(self) -> Any:
        try:
            Car.objects.create(plate="x")
        except IntegrityError as error:
            return error
        return None

    def l27(self, request: CarDTO, session: str) -> Any:
        return request.plate + session

    def l28(self) -> Any:
        rows = Trip.objects.values("car").annotate(n=models.Count("pk"))
        return {row["car"]: row["n"] for row in rows}

    def l29(self) -> Any:
        return [f"{c}" for c in Car.objects.all()]

    def l30(self) -> Any:
        return Car.objects.get(pk=1).driver.name
