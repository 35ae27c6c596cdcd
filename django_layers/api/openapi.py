"""The OpenAPI document of an API."""

from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import TYPE_CHECKING

from ninja.constants import NOT_SET
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.params.models import TModel
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode

from django_layers.api.authentication import SAFE_METHODS, Authenticator, SessionAuthentication
from django_layers.api.declared import declared_errors
from django_layers.api.definitions import Definitions, JsonSchema
from django_layers.api.problems import MEDIA_TYPE, Problem, status_of
from django_layers.api.public import PublicAccess

if TYPE_CHECKING:
    from ninja import NinjaAPI

__all__ = ["OpenAPIDocument"]


class OpenAPIDocument(OpenAPISchema):
    """django-ninja's document, with problems as the answers to what is refused, and each schema under its own name."""

    def __init__(self, api: "NinjaAPI", path_prefix: str) -> None:
        self._definitions = Definitions.of(_models(_operations(api)))
        self._paths: JsonSchema = {}
        super().__init__(api, path_prefix)

    def get_paths(self) -> JsonSchema:
        """Return the paths; the components are made from what they refer to."""
        self._paths = super().get_paths()
        return self._paths

    def get_components(self) -> JsonSchema:
        """Return the schemas that the paths refer to, and the ways to authenticate."""
        self.schemas = self._definitions.reachable(self._paths)
        return super().get_components()

    def methods(self, operations: list[Operation]) -> JsonSchema:
        """Return the operations of a path by method, each with an id of its own."""
        result: JsonSchema = {}
        for operation in operations:
            described = super().methods([operation])
            several = len(described) > 1
            for method, details in described.items():
                suffix = f"_{method}" if several else ""
                result[method] = {**details, "operationId": details["operationId"] + suffix}
        return result

    def operation_details(self, operation: Operation) -> JsonSchema:
        """Return the description of an operation, problems included."""
        details = super().operation_details(operation)
        for status in sorted(_problem_statuses(operation)):
            details["responses"].setdefault(status.value, self._problem(status))
        return details

    def operation_security(self, operation: Operation) -> list[JsonSchema] | None:
        """Return the ways to authenticate, with none at all as one of them for a public endpoint."""
        security: list[JsonSchema] = []
        for authenticator in _authenticators(operation):
            if hasattr(authenticator, "openapi_security_schema"):
                name = type(authenticator).__name__
                self.securitySchemes[name] = authenticator.openapi_security_schema
                security.append({name: []})
        return [*security, {}] if _is_public(operation) else security

    def _problem(self, status: HTTPStatus) -> JsonSchema:
        schema = self._definitions.reference(Problem, "serialization")
        return {"description": status.phrase, "content": {MEDIA_TYPE: {"schema": schema}}}

    def _extract_parameters(self, model: TModel) -> list[JsonSchema]:
        source = str(model.__ninja_param_source__)
        schema = self._definitions.resolved(self._definitions.reference(_class(model), "validation"))
        return [
            _parameter(source, name, property_schema, required=required)
            for name, property_schema, required in self._flattened(schema)
            if property_schema.pop("include_in_schema", True)
        ]

    def _flattened(self, schema: JsonSchema) -> Iterator[tuple[str, JsonSchema, bool]]:
        """Give name, schema and whether it is required, for each property of the schema and of schemas in it."""
        for name, property_schema in schema["properties"].items():
            resolved = self._definitions.resolved(property_schema)
            if "properties" in resolved:
                yield from self._flattened(resolved)
            else:
                yield name, property_schema, name in schema.get("required", ())

    def _create_schema_from_model(
        self, model: TModel, by_alias: bool = True, remove_level: bool = True, mode: JsonSchemaMode = "validation"
    ) -> tuple[JsonSchema, bool]:
        if hasattr(model, "__ninja_flatten_map__"):
            schema = self._flatten_schema(model)
        else:
            schema = self._definitions.resolved(self._definitions.reference(_class(model), mode))
        if remove_level and len(schema["properties"]) == 1:
            ((name, property_schema),) = schema["properties"].items()
            return property_schema, name in schema.get("required", ())
        return schema, True


def _operations(api: "NinjaAPI") -> Iterator[Operation]:
    for router in api._get_bound_routers():
        for view in router.path_operations.values():
            yield from view.operations


def _models(operations: Iterable[Operation]) -> Iterator[tuple[type[BaseModel], JsonSchemaMode]]:
    yield Problem, "serialization"
    for operation in operations:
        for model in operation.models:
            yield _class(model), "validation"
        for response in operation.response_models.values():
            if response not in (None, NOT_SET):
                yield response, "serialization"


def _class(model: TModel) -> type[BaseModel]:
    """Return the model; django-ninja types the classes it makes as instances."""
    if not isinstance(model, type):
        raise TypeError(f"{model!r} is no class of parameters")
    return model


def _parameter(source: str, name: str, schema: JsonSchema, *, required: bool) -> JsonSchema:
    schema = _without_null(schema)
    parameter: JsonSchema = {"in": source, "name": name, "schema": schema, "required": required}
    parameter.update(
        {key: schema[key] for key in ("description", "examples", "example", "deprecated") if key in schema}
    )
    return parameter


def _without_null(schema: JsonSchema) -> JsonSchema:
    """Return the schema without null, which no query string, path or header can hold."""
    options = [option for option in schema.get("anyOf", ()) if option != {"type": "null"}]
    result = {key: value for key, value in schema.items() if not (key == "default" and value is None)}
    if len(options) == 1:
        del result["anyOf"]
        return {**options[0], **result}
    return {**result, "anyOf": options} if options else result


def _is_public(operation: Operation) -> bool:
    return any(isinstance(callback, PublicAccess) for callback in operation.auth_callbacks)


def _authenticators(operation: Operation) -> Iterator[Authenticator]:
    """Give what recognises callers of the operation, that of the API for a public one."""
    for callback in operation.auth_callbacks:
        if isinstance(callback, PublicAccess):
            yield from callback.authenticators or ()
        else:
            yield callback


def _problem_statuses(operation: Operation) -> set[HTTPStatus]:
    """Return what the operation is refused with: what it declares, and what follows from its shape."""
    statuses = {status_of(error) for error in declared_errors(operation.view_func)}
    # Unknown names in the query string are refused everywhere.
    statuses.add(HTTPStatus.UNPROCESSABLE_ENTITY)
    if not _is_public(operation):
        statuses.add(HTTPStatus.UNAUTHORIZED)
    if any(model.__ninja_param_source__ in {"body", "form", "file"} for model in operation.models):
        statuses.add(HTTPStatus.BAD_REQUEST)
    by_session = any(isinstance(authenticator, SessionAuthentication) for authenticator in _authenticators(operation))
    if by_session and not SAFE_METHODS.issuperset(operation.methods):
        statuses.add(HTTPStatus.FORBIDDEN)
    return statuses
