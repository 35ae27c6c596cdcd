from __future__ import annotations

from collections import ChainMap, Counter, OrderedDict, UserList
from types import MappingProxyType, SimpleNamespace
from typing import Any, Callable, Iterable
from weakref import ref

from django.apps import apps
from django.db import models
from django.db.models import QuerySet

from zoo.models import Animal, Cage
from zoo.schemas import AnimalDTO, Bundle


class Animals:
    def a(self) -> Any:
        return QuerySet(Animal)  # L302 Animals.a

    def b(self) -> Any:
        return Animal.objects.db_manager("x").all()  # L302 Animals.b

    def c(self) -> Any:
        return Animal.named("x")  # L302 Animals.c

    def d(self) -> Any:
        return Animal.objects.first().neighbours  # L302 Animals.d

    def e(self) -> Any:
        return Animal.loudest()  # L302 Animals.e

    def f(self) -> Any:
        return SimpleNamespace(row=Animal.objects.first())  # L302 Animals.f

    def g(self) -> Any:
        return MappingProxyType({"row": Animal.objects.first()})  # L302 Animals.g

    def h(self) -> Bundle:
        return Bundle(rows=Animal.objects.all())  # L302 Animals.h

    def i(self) -> AnimalDTO:
        return AnimalDTO(1, "x", {"row": Animal.objects.first()})  # L302 Animals.i

    def j(self) -> Any:
        return OrderedDict(row=Animal.objects.first())  # L302 Animals.j

    def k(self) -> Any:
        return UserList(Animal.objects.all())  # L302 Animals.k

    def l(self) -> Any:
        return apps.get_app_config("zoo").get_model("Animal").objects.all()  # L302 Animals.l

    def m(self) -> Any:
        return apps.get_model(app_label="zoo", model_name="Animal").objects.all()  # L302 Animals.m

    def n(self) -> Any:
        return Animal.objects.using("x").get(pk=1)  # L302 Animals.n

    def o(self) -> Any:
        return Animal.objects.first().cage.animal_set  # L302 Animals.o

    def p(self) -> Any:
        return Animal.objects.first().friends.through.objects.all()  # L302 Animals.p

    def q(self) -> Any:
        return ref(Animal.objects.first())  # L302 Animals.q

    def r(self) -> Any:
        def by(name: str) -> Any:
            return Animal.objects.get(name=name)

        return {"find": by}  # L302 Animals.r

    def s(self) -> Any:
        bundle = Bundle(rows=[])
        bundle.rows = Animal.objects.all()
        return bundle  # L302 Animals.s

    def t(self) -> Any:
        bundle = Bundle(rows=[])
        bundle.rows.append(Animal.objects.first())
        return bundle  # L302 Animals.t

    def u(self) -> Any:
        dto = AnimalDTO(1, "x")
        dto.extra["row"] = Animal.objects.first()
        return dto  # L302 Animals.u

    def v(self, key: str) -> Any:
        return {"a": Animal.objects.all, "c": Cage.objects.all}[key]()  # L302 Animals.v

    def w(self) -> Any:
        return [*map(Animal.named, ["x"])]  # L302 Animals.w

    def x(self) -> Any:
        found: dict[str, Any] = {}
        found |= {"row": Animal.objects.first()}
        return found  # L302 Animals.x

    def y(self) -> Any:
        rows, total = Animal.objects.all(), 3
        return rows[:total], total  # L302 Animals.y

    def z(self) -> Any:
        return Animal.objects.filter(pk=1).first() if True else None  # L302 Animals.z

    def aa(self, convert: Callable[[Any], AnimalDTO]) -> list[AnimalDTO]:
        return [convert(row) for row in Animal.objects.all()]

    def bb(self) -> Bundle:
        return Bundle(rows=[AnimalDTO(a.pk, a.name) for a in Animal.objects.all()], total=Animal.objects.count())

    def cc(self) -> AnimalDTO:
        row = Animal.objects.select_related("cage").get(pk=1)
        return AnimalDTO(row.pk, row.label(), {"size": row.cage.size})

    def dd(self) -> Any:
        return Counter(a.name for a in Animal.objects.all())

    def ee(self) -> Any:
        return SimpleNamespace(id=Animal.objects.first().pk)

    def ff(self) -> Any:
        return Animal.objects.first().label()

    def gg(self) -> Any:
        return {a.name: AnimalDTO(a.pk, a.name) for a in Animal.objects.all()}

    def hh(self) -> Any:
        return max(Animal.objects.all(), key=lambda a: a.pk).pk

    def ii(self) -> Any:
        return Animal.objects.first().friends.count()

    def jj(self) -> Any:
        return list(Animal.objects.first().friends.values_list("pk", flat=True))

    def kk(self) -> Any:
        return Animal.objects.first().cage_id

    def ll(self, pk: int) -> AnimalDTO:
        animal = Animal.objects.get(pk=pk)
        animal.name = "x"
        animal.save(update_fields=["name"])
        return self._dto(animal)

    def mm(self) -> Any:
        return self._many(Animal.objects.filter(name="x"))

    def nn(self) -> Any:
        try:
            animal = Animal.objects.get(pk=1)
        except Animal.DoesNotExist:
            return None
        return AnimalDTO(id=animal.pk, name=animal.name)

    def oo(self) -> tuple[AnimalDTO, ...]:
        return tuple(self._dto(animal) for animal in Animal.objects.iterator(chunk_size=10))

    def pp(self) -> Any:
        return Animal.objects.filter(pk=1).values().first()

    def qq(self) -> Any:
        return Animal.objects.values_list("cage", flat=True).distinct().count()

    def rr(self) -> Any:
        return Animal.objects.in_bulk([1]).keys()

    def ss(self) -> Any:
        return {pk: a.name for pk, a in Animal.objects.in_bulk([1]).items()}

    def tt(self) -> Any:
        deleted, per_model = Animal.objects.all().delete()
        return per_model

    def uu(self) -> Any:
        return Animal._meta.get_field("name").max_length

    def vv(self) -> Any:
        return Animal.objects.model.__name__

    def _dto(self, animal: Animal) -> AnimalDTO:
        return AnimalDTO(animal.pk, animal.name)

    def _many(self, animals: Iterable[Animal]) -> list[AnimalDTO]:
        return [self._dto(animal) for animal in animals]
