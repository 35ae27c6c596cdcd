"""What a name stands for in a rendered module, where the module does not define it."""

from collections.abc import Iterable

from django_layers.scaffold.language.expressions import DATETIME_MODULE, Import
from django_layers.scaffold.language.names import Name
from django_layers.scaffold.rendering.views.entity import EntityView
from django_layers.scaffold.rendering.views.references import ReferenceView
from django_layers.scaffold.rendering.views.services import service_import

__all__ = ["known_names"]

_LIBRARIES = {
    "collections.abc": ["Callable", "Iterator"],
    "decimal": ["Decimal"],
    "django.conf": ["settings"],
    "django.core.files.uploadedfile": ["SimpleUploadedFile"],
    "django.db": ["IntegrityError", "models"],
    "django.db.models": ["TextChoices"],
    "django.http": ["HttpRequest", "HttpResponse"],
    "django.test": ["Client", "override_settings"],
    "django_layers.api": ["if_match", "in_thread", "public", "raises", "set_etag", "upload_of"],
    "django_layers.errors": ["Conflict", "Forbidden", "NotAuthenticated", "NotFound", "RuleViolated", "Stale"],
    "django_layers.repositories": ["ModelRepository", "database_unit_of_work"],
    "django_layers.schemas": [
        "InternalSchema",
        "Page",
        "PageQuery",
        "RequestSchema",
        "ResponseSchema",
        "UpdateSchema",
        "Upload",
    ],
    "django_layers.services": ["UnitOfWork"],
    "django_layers.testing": ["MemoryDatabase", "UserFactory", "assert_constant_queries", "factory_for", "user_with"],
    "factory.base": ["Factory"],
    "factory.django": ["DjangoModelFactory"],
    "io": ["BytesIO"],
    "ninja": ["File", "Query", "Router", "UploadedFile"],
    "pathlib": ["Path"],
    "pydantic": ["MISSING", "Field"],
    "typing": ["Annotated", "ClassVar", "Literal", "Protocol"],
    "uuid": ["UUID", "uuid4"],
}
_MODULES = {"factory": Import("factory"), "pytest": Import("pytest"), "uuid": Import("uuid"), "dt": DATETIME_MODULE}
_SCHEMAS = ("Create", "Update", "Read", "Insert", "Changes", "Query")


def known_names(view: EntityView) -> dict[str, Import]:
    """Return what each name of the modules of an entity stands for, by name."""
    known = {name: Import(module, name) for module, names in _LIBRARIES.items() for name in names}
    known |= _MODULES
    known |= _by_name(name for expression in view.expressions for name in expression.imports)
    known |= _by_name(_own(view))
    for reference in view.references:
        known |= _by_name(_of_target(reference, view))
    return known


def _by_name(imports: Iterable[Import]) -> dict[str, Import]:
    return {name.binds: name for name in imports}


def _own(view: EntityView) -> Iterable[Import]:
    app, name, package = view.app, view.name, view.app.package
    tests, actors = f"{package}.{app.tests}", f"{view.project.package}.actors"
    factories = f"{tests}.factories.{name.snake}"
    yield from (Import(actors, each) for each in ("Actor", "UserId", "actor_of"))
    yield from (Import(f"{tests}.actors", each) for each in ("ALICE", "BOB", "NOBODY", "SUPERUSER"))
    yield from (Import(app.module("types", name.snake), each.name) for each in view.enumerations)
    yield Import(view.model_module, name.pascal)
    yield from (Import(app.module("schemas", name.snake), f"{name.pascal}{suffix}") for suffix in _SCHEMAS)
    yield from (Import(app.module("schemas", name.snake), each.request) for each in view.operations if each.request)
    yield Import(app.module("repositories", name.snake), f"{name.pascal}Repository")
    yield Import(app.module("repositories.orm", name.snake), f"Django{name.pascal}Repository")
    yield Import(app.module("services", name.snake), f"{name.pascal}Service")
    yield Import(package, "dependencies")
    yield from (Import(f"{tests}.memory", each) for each in ("memory_database", f"{name.snake}_service"))
    yield from (Import(factories, f"{name.pascal}{suffix}") for suffix in ("Factory", "CreateFactory"))
    yield from (Import(factories, f"{prefix}_{name.snake}") for prefix in ("requested", "stored"))
    yield Import(view.project.user_module, view.project.user_model.rpartition(".")[2])


def _of_target(reference: ReferenceView, view: EntityView) -> Iterable[Import]:
    target = reference.target
    if target is None:
        return
    if target.app is None or not reference.layered:
        yield Import(target.model_module, target.entity)
        return
    name = Name(target.entity)
    yield service_import(reference)
    tests = f"{target.app.package}.{target.app.tests}"
    factories = f"{tests}.factories.{name.snake}"
    yield _called(factories, f"{name.pascal}Factory", reference.factory)
    yield _called(factories, f"stored_{name.snake}", reference.stored)
    if target.app.package != view.app.package:
        yield Import(target.app.package, "dependencies", f"{target.app.label}_dependencies")
        yield Import(tests, "memory", f"{target.app.label}_memory")


def _called(module: str, name: str, called: str) -> Import:
    return Import(module, name, called if called != name else "")
