"""HackSoft style: functions."""
from __future__ import annotations

import django
from django import apps as django_apps
from django.contrib import auth
from django.core import management
from django.core.exceptions import ObjectDoesNotExist
from django.core.files.storage import default_storage
from django.core.validators import validate_email
from django.db import models  # L401 bistro.menu.services
from django.db.models import F, Q, TextChoices  # L401 bistro.menu.services 2
from django.utils.timezone import now
import django.http  # L406 bistro.menu.services
import django.shortcuts  # L406 bistro.menu.services

from . import models as m  # L101 bistro.menu.services
from . import repositories
from .models import *  # L101 bistro.menu.services
from .repositories import Dishes  # L104 bistro.menu.services
from .schemas import DishIn, DishOut


class Level(TextChoices):
    A = "a"


def dish_create(*, price: int) -> DishOut:
    dish = m.Dish(price=price)
    dish.full_clean()  # L404 dish_create
    dish.save()  # L404 dish_create
    return DishOut(id=dish.pk, price=price)


def dish_update(*, dish: m.Dish, data: dict) -> m.Dish:  # L410 dish_update 2
    return dish


def dish_star() -> int:
    return Dish.objects.count()  # L402 dish_star


def dish_plain() -> int:
    return Dish.plain.count()  # L402 dish_plain


def dish_hot() -> list[int]:
    return [d.pk for d in m.Dish.objects.hot()]  # L402 dish_hot


def dish_cls(model: type[m.Dish]) -> int:
    return model.objects.count()  # L402 dish_cls


def dish_meta() -> int:
    return m.Dish._meta.default_manager.count()  # L402 dish_meta


def dish_getattr() -> object:
    return getattr(m, "Dish").objects.first()  # L402 dish_getattr


def dish_apps() -> object:
    return django_apps.apps.get_model("menu", "Dish").objects.first()  # L401 dish_apps # L402 dish_apps


def dish_user() -> object:
    return auth.get_user_model().objects.first()  # L401 dish_user # L402 dish_user


def dish_django() -> object:
    return django.db.connection.cursor()  # L401 dish_django # L405 dish_django


def dish_sql() -> None:
    django.db.connections["x"].cursor().execute("DELETE FROM menu_dish")  # L405 dish_sql 2


def dish_rows(pk: int) -> int:
    repo = Dishes()
    return repo.rows.filter(pk=pk).count()  # L403 dish_rows


def dish_repo(pk: int) -> None:
    dish = repositories.free_function(pk)
    dish.save()  # L404 dish_repo
    dish.course.delete()  # L404 dish_repo # L412 dish_repo


def dish_rel(pk: int) -> list[int]:
    dish = repositories.free_function(pk)
    return [a.pk for a in dish.allergens.all()]  # L403 dish_rel # L412 dish_rel


def dish_rel_name(pk: int) -> str:
    return repositories.free_function(pk).course.title  # L412 dish_rel_name


def dish_add(pk: int, a: object) -> None:
    repositories.free_function(pk).allergens.add(a)  # L403 dish_add # L412 dish_add


def dish_raise() -> None:
    raise django.http.Http404  # L407 dish_raise


def dish_404(pk: int) -> object:
    return django.shortcuts.get_object_or_404(m.Dish, pk=pk)  # L401 dish_404 # L402 dish_404


def dish_response() -> "django.http.JsonResponse":
    return django.http.JsonResponse({})  # L407 dish_response


def dish_request(request: "django.http.HttpRequest", pk: int) -> int:  # L408 dish_request
    return pk


def dish_req_untyped(req, pk: int) -> object:
    return req.user.email  # L408 dish_req_untyped


def dish_lambda() -> object:
    return (lambda r: r.user)(None)


def dish_tx() -> None:
    with django.db.transaction.atomic():  # L409 dish_tx
        ...


def dish_mgmt() -> None:
    management.call_command("flush")
    validate_email("x@y.z")
    default_storage.delete("x")
    now()


def dish_missing(pk: int) -> None:
    try:
        repositories.free_function(pk)
    except ObjectDoesNotExist:
        raise LookupError(pk)


def dish_q() -> object:
    return Q(pk=1) & Q(x=F("y"))


def dish_dto(request: DishIn) -> DishOut:
    return DishOut(id=1, price=request.price)


def dish_dto_default(*, request: DishIn | None = None) -> object:
    return request.price if request else None


def dish_dto_body(request: DishIn) -> str:
    return request.method + request.body


def dish_collections(rows: list[DishOut], lookup: dict[int, DishOut]) -> object:
    rows.reverse()
    rows.count(1)
    lookup.get(1)
    lookup.update({})
    lookup.values()
    sorted(rows, key=lambda r: r.id)
    [r for r in rows if r.id].clear()
    return {r.id for r in rows}.union({1}).difference({2})
