"""The plan of `addoperation`: an operation of an entity, through the layers and tests that the entity has."""

import ast
import shlex
from collections.abc import Iterator
from pathlib import PurePosixPath

from django_layers.scaffold.language.names import Name
from django_layers.scaffold.language.operations import arguments_of, endpoint_name, request_class, with_operation
from django_layers.scaffold.language.spec import EntitySpec, OperationSpec
from django_layers.scaffold.planning.decisions import Decisions
from django_layers.scaffold.planning.draft import Draft
from django_layers.scaffold.planning.evolution import plan_evolution
from django_layers.scaffold.planning.known_entity import known_ledger, named_entity
from django_layers.scaffold.planning.migration import loadable
from django_layers.scaffold.plans.plan import Plan
from django_layers.scaffold.plans.spec_data import from_data
from django_layers.scaffold.project.discovery import Project
from django_layers.scaffold.project.layout import AppLayout
from django_layers.scaffold.project.registry import project_facts
from django_layers.scaffold.refusals import InvalidRequest
from django_layers.scaffold.request.operation_request import OperationArguments, operation_request
from django_layers.scaffold.request.validate import validate

__all__ = ["plan_addoperation"]


def plan_addoperation(
    project: Project, name: str, arguments: OperationArguments, *, app_label: str | None, decisions: Decisions
) -> Plan:
    """Plan an operation.

    Args:
        project: the project as it is.
        name: the entity, "Rating" or "recipes.Rating".
        arguments: the operation.
        app_label: the label of the app; None where it is to be found out.
        decisions: what the reader decided about files that both sides changed.

    Raises:
        InvalidRequest: there is no such entity, or there can be no such operation; every problem is listed.
        AppNotLayered: its app has no layers.
        LedgerUnreadable: what an earlier run has generated for the entity can't be known.
        UnboundNames: a planned file is wrong.
        PlanDoesNotLoad: the project does not load as the plan would leave it, or a system check finds an error.
    """
    app, name = named_entity(project, name, app_label)
    ledger = known_ledger(project, app, name)
    earlier = from_data(ledger.spec)
    request = operation_request(arguments, earlier)
    entity = with_operation(earlier, request.operation)
    facts = project_facts(project, entity)
    problems = [*map(str, request.problems)] or [*_namesakes(earlier, request.operation)]
    if not problems:
        problems = [*map(str, validate(entity, facts, sources=request.sources))]
    draft = Draft(project.layout.root, decisions)
    if not problems and entity != earlier and not decisions.choices:
        problems = [*_taken(draft, app, entity, request.operation)]
    if problems:
        raise InvalidRequest(problems)
    plan = plan_evolution(project, app, ledger, entity, facts=facts, draft=draft)
    return loadable(plan, entity, project, migrator=None)


def _namesakes(entity: EntitySpec, operation: OperationSpec) -> Iterator[str]:
    """Yield a problem for an operation of the name that was asked for differently."""
    for other in entity.operations:
        if other.name == operation.name and other != operation:
            yield (
                f"{entity.name} has an operation {other.name} already, which was asked for differently: addoperation "
                f"{entity.app_label}.{entity.name} {shlex.join(arguments_of(other))}. Change its code by hand, or find "
                "another name."
            )


def _taken(draft: Draft, app: AppLayout, entity: EntitySpec, operation: OperationSpec) -> Iterator[str]:
    """Yield a problem for each name of the operation that the project's own code has already."""
    snake = Name(entity.name, entity.plural).snake
    service = f"{entity.name}Service"
    wanted = [
        ("services", f"{service}.{operation.name}"),
        ("services", f"{service}._{operation.name}_changes"),
        ("schemas", request_class(entity, operation)),
        ("api", endpoint_name(entity, operation)),
    ]
    for layer, member in wanted:
        path = app.file(layer, snake)
        if member and member in _members(draft, path):
            yield f"{path} has {member} already, which is not from django-layers. Find another name, or rename yours."


def _members(draft: Draft, path: PurePosixPath) -> frozenset[str]:
    """Return what a module defines, `Class.method` for what a class does; nothing where it can't be parsed."""
    try:
        body = ast.parse(draft.read(path) or b"").body
    except (SyntaxError, ValueError):
        return frozenset()
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    found = {node.name for node in body if isinstance(node, (*functions, ast.ClassDef))}
    for node in body:
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{member.name}" for member in node.body if isinstance(member, functions)}
    return frozenset(found)
