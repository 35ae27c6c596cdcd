"""Reading whole tables by a projection, for the tests of projections."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar, cast

from django.db.models import Model
from django.test import override_settings
from pydantic import BaseModel

from django_layers.repositories.projection import compile_projection, read_rows
from django_layers.repositories.projection.hydration import Tier, tiers_of

SchemaT = TypeVar("SchemaT", bound=BaseModel)


@contextmanager
def production() -> Iterator[None]:
    """Read as a server does: rows are validated only where their schema needs it."""
    with override_settings(DJANGO_LAYERS={"VALIDATE_ROWS": False}):
        yield


def read(model: type[Model], schema: type[SchemaT]) -> list[SchemaT]:
    """Return all rows of a model by their keys."""
    return cast(
        "list[SchemaT]", list(read_rows(compile_projection(model, schema), model._base_manager.order_by("pk"))[0])
    )


def tiers(model: type[Model], schema: type[BaseModel]) -> dict[str, Tier]:
    """Return how the DTOs of a projection are built, by the names of their schemas."""
    return {nested.schema.__name__: tier for nested, tier in tiers_of(compile_projection(model, schema))}
