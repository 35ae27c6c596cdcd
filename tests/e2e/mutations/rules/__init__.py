"""What is broken on purpose, layer by layer: each rule is a way to get generated code wrong."""

from tests.e2e.mutations.mutation import Rule
from tests.e2e.mutations.rules.api import routes, uploads
from tests.e2e.mutations.rules.models import columns, constraints
from tests.e2e.mutations.rules.repositories import declarations
from tests.e2e.mutations.rules.schemas import (
    defaults_of_requests,
    fields_of_queries,
    fields_of_requests,
    fields_of_responses,
    leaking_fields,
    limits_of_fields,
    settable_fields,
    unknown_names,
)
from tests.e2e.mutations.rules.services import actors, conditions, pages, permissions, statements, values

__all__ = ["RULES"]

RULES: dict[str, tuple[Rule, ...]] = {
    "schemas/{}.py": (
        limits_of_fields,
        fields_of_requests,
        defaults_of_requests,
        settable_fields,
        leaking_fields,
        fields_of_responses,
        fields_of_queries,
        unknown_names,
    ),
    "models/{}.py": (constraints, columns),
    "repositories/orm/{}.py": (declarations, statements),
    "services/{}.py": (statements, permissions, actors, pages, values, conditions),
    "api/{}.py": (statements, values, routes, uploads),
}
"""The rules by the files that they are for, with the entity's module to be filled in."""
