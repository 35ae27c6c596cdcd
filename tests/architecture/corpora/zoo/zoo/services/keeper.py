from __future__ import annotations

import builtins
import sys
from importlib import import_module
from typing import Any

from django.db.models.query import QuerySet as QS  # L401 zoo.services.keeper
from django.contrib.sessions.models import Session  # L401 zoo.services.keeper
from django.conf import settings
from django.utils.module_loading import import_string
from util import hidden  # L102 zoo.services.keeper
from util.hidden import late_model  # L102 zoo.services.keeper
from util.lazy import zoo_models  # L102 zoo.services.keeper
from util import clean

from zoo.schemas import AnimalDTO

import_module("zoo.models")  # L101 zoo.services.keeper
MODELS = "zoo.models"
REPO = import_string("zoo.repositories.animals.Animals")  # L104 zoo.services.keeper


def a() -> Any:
    return late_model().objects.count()  # L402 a


def b() -> Any:
    return hidden.late_model().objects.count()  # L402 b


def c() -> Any:
    return getattr(import_module(MODELS), "Animal").objects.first()  # L101 c


def d() -> Any:
    return sys.modules[MODELS].Animal.objects.first()  # L101 d


def e() -> Any:
    return builtins.__import__("zoo.models")  # L101 e


def f() -> Any:
    return Session.objects.all()  # L402 f


def g(animal: "zoo.models.Animal") -> None:
    ...


def h(rows: QS) -> Any:  # L410 h
    return rows.count()  # L403 h


def i(animal) -> Any:
    return animal.friends.all()  # L403 i


def j(animal) -> Any:
    animal.friends.set([])  # L403 j


def k(cage) -> Any:
    return cage.animal_set.filter(name="x").exists()  # L403 k


def l(obj) -> Any:
    obj._meta.model.objects.create(name="x")  # L403 l


def m(obj) -> Any:
    return type(obj).objects.filter(pk=1)  # L403 m


def n(model) -> Any:
    return model.objects.get(pk=1)  # L403 n


def o(manager) -> Any:
    return manager.bulk_create([])  # L403 o


def p(dto: AnimalDTO) -> Any:
    dto.extra.update({"x": 1})
    dto.extra.get("x")
    return dto.name.upper()


def q(names: list[str]) -> Any:
    return clean.double(len(names))


def r() -> Any:
    from zoo import models as _models  # L101 r

    return _models.Animal.loudest()


def s() -> Any:
    exec("from zoo.models import Animal")


def t(connection) -> Any:
    cursor = connection.cursor()  # L405 t
    cursor.execute("INSERT INTO x VALUES (1)")  # L405 t


def u(sql: str, cursor) -> Any:
    cursor.execute(sql)  # L405 u
