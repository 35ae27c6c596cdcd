"""Legal: whatever looks like the ORM or like HTTP in a service, and is none of it."""

import builtins
import os
import os.path
from collections import Counter, deque
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.core.mail import EmailMessage, mail_admins
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import dateparse, timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django_layers.errors import NotFound
from django_layers.services import UnitOfWork
from pydantic import BaseModel

from recipes.gateways import Mailer, Store
from recipes.repositories.recipe import RecipeRepository
from recipes.schemas import ExportRequest, RecipeRead
from recipes.types import Status


class Names(list[str]):
    def filter(self, **lookups: str) -> "Names":
        return self

    def exclude(self, key: int) -> "Names":
        return self


class Client(Protocol):
    def save(self) -> None: ...
    def delete(self) -> None: ...
    def filter(self, key__in: list[int]) -> list[int]: ...


class Draft(BaseModel):
    title: str
    user: str = ""


@dataclass
class Settings:
    objects: list[str]
    session: str = ""

    def delete(self) -> None: ...
    def refresh(self) -> None: ...


class QuietService:
    def __init__(
        self, recipes: RecipeRepository, mailer: Mailer, store: Store, client: Client, unit_of_work: UnitOfWork
    ) -> None:
        self._recipes = recipes
        self._mailer = mailer
        self._store = store
        self._client = client
        self._unit_of_work = unit_of_work

    def saved_by_gateway(self, key: int) -> None:
        self._store.save()  # legal: a gateway
        self._client.delete()  # legal: a protocol of ours
        self._mailer.save(key)  # legal: a gateway

    def filtered(self, names: Names) -> Names:
        return names.filter(title__contains="x").exclude(1)  # legal: a list of ours

    def by_client(self) -> list[int]:
        return self._client.filter(key__in=[1])  # legal: a protocol of ours

    def listed(self) -> tuple[RecipeRead, ...]:
        return self._recipes.all()  # legal: a method of a repository

    def first(self) -> RecipeRead | None:
        return self._recipes.first()  # legal: a method of a repository

    def stored(self, recipe: RecipeRead) -> None:
        self._recipes.save(recipe)  # legal: a method of a repository

    def delete(self, key: int) -> None:
        self._recipes.delete(key)  # legal: a method called delete

    def deleted(self, key: int) -> None:
        self.delete(key)  # legal: a method of ours

    def plain_filter(self, numbers: list[int]) -> list[int]:
        return list(builtins.filter(None, numbers)) + list(filter(bool, numbers))  # legal: the builtin

    def on_disk(self) -> bool:
        return os.path.exists("x") and os.path.exists("y")  # legal: a file

    def objects(self, chosen: Settings) -> int:
        objects = chosen.objects  # legal: a field of ours
        return objects.count("x")  # legal: a list

    def copied(self, draft: Draft) -> Draft:
        return draft.copy(update={"title": "x"})  # legal: Pydantic

    def requested(self, request: dict[str, str]) -> str:
        return request["user"] + request.get("session", "")  # legal: a dictionary

    def requested_dto(self, request: Draft) -> str:
        return request.user  # legal: a DTO

    def requested_settings(self, request: Settings) -> str:
        return request.session  # legal: a dataclass

    def counted(self, words: list[str]) -> dict[str, int]:
        counter = Counter(words)
        counter.update(words)  # legal: a counter
        return dict(counter)

    def queued(self) -> None:
        queue = deque[int]()
        queue.clear()  # legal: a deque

    def sets(self) -> set[int]:
        seen = set()
        seen.add(1)  # legal: a set
        seen.remove(1)  # legal: a set
        return seen.union({2}).difference({3}).intersection({4})  # legal: sets

    def dated(self) -> date:
        timezone.now()  # legal: harmless Django
        return dateparse.parse_date("2020-01-01") or date.today()

    def mailed(self) -> None:
        mail_admins("x", "y")  # legal: harmless Django
        EmailMessage("x").send()  # legal: harmless Django

    def cached(self) -> Any:
        cache.delete("x")  # legal: the cache
        return cache.get("x")  # legal: the cache

    def in_storage(self) -> None:
        default_storage.delete("x")  # legal: a storage
        default_storage.exists("x")  # legal: a storage

    def raised(self) -> None:
        raise ValidationError(_("x"))  # legal: harmless Django

    def refused(self) -> None:
        raise NotFound("Recipe", 1)  # legal: an error of ours

    def kept_together(self, titles: list[str]) -> None:
        with self._unit_of_work():
            for title in titles:
                self._recipes.add(title)  # legal: kept together
            self._recipes.delete(1)  # legal: kept together

    def kept_by_stack(self, title: str) -> None:
        with ExitStack() as stack:
            stack.enter_context(self._unit_of_work())
            self._recipes.add(title)  # legal: kept together
            self._recipes.add(title)  # legal: kept together

    def kept_by_run(self, title: str) -> None:
        def both() -> None:
            self._recipes.add(title)  # legal: kept together
            self._recipes.add(title)  # legal: kept together

        self._unit_of_work.run(both)

    def kept_by_name(self, title: str) -> None:
        unit = self._unit_of_work
        with unit():
            self._recipes.add(title)  # legal: kept together
            self._recipes.add(title)  # legal: kept together

    def one_or_other(self, title: str) -> None:
        try:
            self._recipes.add(title)  # legal: one of two
        except NotFound:
            self._recipes.update(1, title)

    def matched(self, status: Status) -> None:
        match status:
            case Status.DRAFT:
                self._recipes.add("x")  # legal: one of three
            case _:
                self._recipes.delete(1)  # legal: one of three

    def early(self, key: int) -> None:
        if key:
            self._recipes.delete(key)  # legal: one of two
            return
        self._recipes.add("x")  # legal: one of two

    def read_then_write(self, key: int) -> RecipeRead:
        recipe = self._recipes.get(key)
        return self._recipes.update(recipe.id, recipe.title)  # legal: one write

    def nested_names(self, draft: Draft) -> str:
        user = draft.user  # legal: a field of a DTO
        return slugify(user) + reverse("x") + render_to_string("x")

    def method_called_get(self, values: dict[str, int], key: str) -> int:
        return values.get(key, 0)  # legal: a dictionary

    def typed(self, session: Any) -> None:
        session.commit()  # legal: nothing of Django

    def validated(self, value: str) -> None:
        validate_email(value)  # legal: harmless Django

    def configured(self) -> str:
        return settings.EMAIL_HOST  # legal: settings

    def denied(self) -> None:
        raise PermissionDenied  # legal: harmless Django

    def caught(self, key: int) -> None:
        try:
            self._recipes.get(key)
        except ObjectDoesNotExist:  # legal: harmless Django
            return
