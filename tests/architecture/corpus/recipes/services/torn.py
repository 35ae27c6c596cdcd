"""Writes that may be kept without each other."""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack

from recipes.repositories.recipe import RecipeRepository


class TornService:
    def __init__(self, recipes: RecipeRepository, unit_of_work: Callable[[], AbstractContextManager[None]]) -> None:
        self._recipes = recipes
        self._unit_of_work = unit_of_work

    def before(self, title: str) -> None:
        self._recipes.add(title)  # L411 TornService.before
        with self._unit_of_work():
            self._recipes.add(title)

    def after(self, title: str) -> None:
        with self._unit_of_work():
            self._recipes.add(title)
        self._recipes.delete(1)  # L411 TornService.after

    def inner(self, title: str) -> None:
        def both() -> None:
            self._recipes.add(title)
            self._recipes.delete(1)  # L411 TornService.inner

        both()

    def handed_on(self, titles: list[str]) -> None:
        list(map(self._recipes.add, titles))  # L411 TornService.handed_on

    def unknown_method(self) -> None:
        self._recipes.archive(1)
        self._recipes.delete_all()  # L411 TornService.unknown_method

    def through_public(self, title: str) -> None:
        self.add(title)
        self.add(title)  # L411 TornService.through_public

    def ends_loop(self, titles: list[str]) -> None:
        self._recipes.add("first")
        for title in titles:
            self._recipes.add(title)  # L411 TornService.ends_loop
            break

    def add(self, title: str) -> None:
        self._recipes.add(title)  # legal: one

    def apart(self, title: str) -> None:
        with self._unit_of_work():
            self._recipes.add(title)
        with self._unit_of_work():
            self._recipes.delete(1)  # legal: units of their own

    def read_after(self, title: str) -> object:
        with self._unit_of_work():
            self._recipes.add(title)
        return self._recipes.get(1)  # legal: it reads

    def first_of(self, titles: list[str]) -> None:
        for title in titles:
            if title:
                self._recipes.add(title)  # legal: the loop ends with it
                break

    def tried_again(self, title: str) -> None:
        while True:
            try:
                self._recipes.add(title)  # legal: again only where it failed
                break
            except ConnectionError:
                continue

    def inner_together(self, title: str) -> None:
        def both() -> None:
            self._recipes.add(title)
            self._recipes.delete(1)

        with self._unit_of_work():
            both()  # legal: together

    def stacked(self, title: str) -> None:
        with ExitStack() as stack:
            stack.enter_context(self._unit_of_work())
            self._recipes.add(title)
            self._recipes.delete(1)  # legal: together
