import importlib
import sys
from contextlib import AbstractContextManager, ExitStack, nullcontext
from typing import Any, Callable

from bistro.kit import facade  # L102 bistro.orders.services.placing
from bistro.kit.facade import Dish as D  # L102 bistro.orders.services.placing # L103 bistro.orders.services.placing
from bistro.kit.hub import orders_model  # L102 bistro.orders.services.placing
from bistro.menu import services as menu_services
from bistro.menu.schemas import DishOut
from bistro.orders.repositories import sql
from bistro.orders.repositories.protocol import Orders
from bistro.orders.schemas import OrderOut

_MODELS = "bistro.orders.models"
_APP = "orders"


def place(orders: Orders, order: OrderOut) -> None:
    orders.save(order)


def via_const() -> Any:
    return importlib.import_module(_MODELS)  # L101 via_const


def via_fstring() -> Any:
    return importlib.import_module(f"bistro.{_APP}.models")  # L101 via_fstring


def via_concat() -> Any:
    return importlib.import_module("bistro." + "orders" + ".models")  # L101 via_concat


def via_sys() -> Any:
    return sys.modules["bistro.orders.models"]  # L101 via_sys


def via_sys_get() -> Any:
    return sys.modules.get("bistro.orders.models")  # L101 via_sys_get


def via_local() -> Any:
    name = "bistro.orders.models"
    return importlib.import_module(name)  # L101 via_local


def via_dunder() -> Any:
    return __import__("bistro.orders.models", fromlist=["Order"])  # L101 via_dunder


def via_join() -> Any:
    return importlib.import_module(".models", package="bistro.orders")  # L101 via_join


def via_format() -> Any:
    return importlib.import_module("bistro.%s.models" % "orders")  # L101 via_format


def via_facade() -> Any:
    return facade.Dish.objects.count()  # L402 via_facade


def via_d() -> Any:
    return D.objects.count()  # L402 via_d


class Placing:
    def __init__(self, orders: Orders, others: Orders, uow: Callable[[], AbstractContextManager[Any]]) -> None:
        self.orders = orders
        self._others = others
        self._uow = uow
        self._dishes = menu_services

    def two_repos(self, order: OrderOut) -> None:
        self.orders.save(order)
        self._others.remove(order.id)  # L411 Placing.two_repos

    def alias_repo(self, order: OrderOut) -> None:
        repo = self.orders
        repo.save(order)
        repo.remove(order.id)  # L411 Placing.alias_repo

    def bound_method(self, order: OrderOut) -> None:
        save = self.orders.save
        save(order)
        save(order)  # L411 Placing.bound_method

    def in_branch(self, order: OrderOut, flag: bool) -> None:
        self.orders.save(order)
        if flag:
            self._others.save(order)  # L411 Placing.in_branch

    def try_else(self, order: OrderOut) -> None:
        try:
            self.orders.save(order)
        except ValueError:
            return
        else:
            self.orders.remove(order.id)  # L411 Placing.try_else

    def finally_(self, order: OrderOut) -> None:
        try:
            self.orders.save(order)
        finally:
            self.orders.remove(order.id)  # L411 Placing.finally_

    def expr(self, order: OrderOut) -> Any:
        return self.orders.save(order), self.orders.remove(1)  # L411 Placing.expr

    def nullc(self, order: OrderOut) -> None:
        with nullcontext():
            self.orders.save(order)
            self.orders.remove(1)  # L411 Placing.nullc

    def after(self, order: OrderOut) -> None:
        with self._uow():
            self.orders.save(order)
        self.orders.remove(1)  # L411 Placing.after

    def nested_fn(self, order: OrderOut) -> None:
        def both() -> None:
            self.orders.save(order)
            self.orders.remove(1)  # L411 Placing.nested_fn

        both()

    async def async_(self, order: OrderOut) -> None:
        await self.orders.asave(order)
        await self.orders.aremove(1)  # L411 Placing.async_

    def while_(self, order: OrderOut) -> None:
        while order:
            self.orders.save(order)  # L411 Placing.while_

    def map_(self, orders: list[OrderOut]) -> None:
        list(map(self.orders.save, orders))  # L411 Placing.map_

    def legal_single(self, order: OrderOut) -> None:
        self.orders.save(order)

    def legal_stack(self, order: OrderOut) -> None:
        with ExitStack() as stack:
            stack.enter_context(self._uow())
            self.orders.save(order)
            self.orders.remove(1)

    def legal_either(self, order: OrderOut) -> None:
        if order.id:
            self.orders.save(order)
        else:
            self.orders.remove(1)

    def legal_early(self, order: OrderOut) -> None:
        if order.id:
            self.orders.save(order)
            return
        self.orders.remove(1)

    def legal_uow(self, order: OrderOut) -> None:
        with self._uow():
            for _ in range(3):
                self.orders.save(order)

    def legal_uow_as(self, order: OrderOut) -> None:
        with self._uow() as work:
            self.orders.save(order)
            self._finish(order)

    def legal_raise(self, order: OrderOut) -> None:
        if order.id:
            self.orders.save(order)
            raise ValueError
        self.orders.remove(1)

    def legal_match(self, order: OrderOut) -> None:
        match order.id:
            case 1:
                self.orders.save(order)
            case _:
                self.orders.remove(1)

    def legal_read(self, order: OrderOut) -> Any:
        found = self.orders.find(order.id)
        self.orders.save(order)
        return self.orders.get(order.id), found

    def legal_one_service_one_write(self, order: OrderOut) -> DishOut:
        self.orders.save(order)
        return self._dishes.dish_dto(order)

    def _finish(self, order: OrderOut) -> None:
        self.orders.save(order)
        self.orders.remove(order.id)
