"""What a generic class hands out is of the model that the class deriving from it is about."""

import dataclasses
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Generic, TypeAlias, TypeVar

from django.apps import apps
from django.db import models

from recipes.models.kitchen import GasOven, Oven
from recipes.schemas import RecipeRead

Row = TypeVar("Row", bound=models.Model)
Item = TypeVar("Item")
OvenRow: TypeAlias = "Oven"


@dataclass
class Page(Generic[Item]):
    items: list[Item]
    total: int = 0


class Generally(Generic[Row]):
    model: type[Row]

    def _one(self, key: int) -> Row:
        return self.model._default_manager.get(pk=key)


class OvenRepository(Generally[Oven]):
    model = Oven

    def inherited(self, key: int) -> Any:
        return self._one(key).kitchen  # L302 OvenRepository.inherited

    def aliased(self) -> OvenRow:  # L301 OvenRepository.aliased
        raise LookupError

    def given(self, oven: OvenRow) -> None:  # L303 OvenRepository.given
        raise LookupError

    def paged(self) -> Any:
        return Page(items=list(Oven.objects.all()))  # L302 OvenRepository.paged

    def paged_reads(self) -> Any:
        return Page(items=[RecipeRead(id=row.pk, title="") for row in Oven.objects.all()])  # legal: DTOs

    def replaced(self) -> Any:
        return dataclasses.replace(Page(items=[Oven()]), total=1)  # L302 OvenRepository.replaced

    def by_own_manager(self) -> Any:
        return Oven.objects.open()  # L302 OvenRepository.by_own_manager

    def by_filtered_manager(self) -> Any:
        return Oven.objects.filter(pk=1).open()  # L302 OvenRepository.by_filtered_manager

    def by_type(self) -> Any:
        return type(self).model.objects.first()  # L302 OvenRepository.by_type

    def by_class(self) -> Any:
        return self.__class__.model.objects.first()  # L302 OvenRepository.by_class

    def united(self) -> Any:
        return set().union(Oven.objects.all())  # L302 OvenRepository.united

    def keys(self) -> Any:
        return dict(Oven.objects.in_bulk().items()).keys()  # legal: keys

    def untyped_list(self) -> Any:
        rows: list = []
        for row in Oven.objects.all():
            rows.insert(0, row)
        return rows[::-1]  # L302 OvenRepository.untyped_list

    def by_untyped_result(self) -> Any:
        return self._rows()  # L302 OvenRepository.by_untyped_result

    def _rows(self) -> list:
        return list(Oven.objects.all())

    def by_kitchen(self) -> Any:
        found = {}
        for row in Oven.objects.all():
            found.setdefault(row.kitchen_id, []).append(row)
        return found  # L302 OvenRepository.by_kitchen

    def keys_by_kitchen(self) -> Any:
        found = {}
        for row in Oven.objects.all():
            found.setdefault(row.kitchen_id, []).append(row.pk)
        return found  # legal: keys

    def parent(self) -> Any:
        return GasOven.objects.get().oven_ptr  # L302 OvenRepository.parent

    def child(self) -> Any:
        return Oven.objects.get().gasoven  # L302 OvenRepository.child

    def of_database(self) -> Any:
        return Oven.objects.db_manager("other").all()  # L302 OvenRepository.of_database

    def by_namespace(self) -> Any:
        return SimpleNamespace(row=Oven.objects.first())  # L302 OvenRepository.by_namespace

    def by_configuration(self) -> Any:
        return apps.get_app_config("recipes").get_model("Oven").objects.all()  # L302 OvenRepository.by_configuration

    def by_attribute(self) -> Any:
        page = Page(items=[])
        page.items = Oven.objects.all()
        return page  # L302 OvenRepository.by_attribute

    def by_items(self) -> Any:
        page = Page(items=[])
        page.items.append(Oven.objects.first())
        return page  # L302 OvenRepository.by_items

    def filled_with_keys(self) -> Any:
        page = Page(items=[])
        page.items.append(Oven.objects.first().pk)
        page.total = Oven.objects.count()
        return page  # legal: a key and a number
