"""The services that the service of an entity asks."""

from dataclasses import dataclass

from django_layers.scaffold.language.expressions import Import
from django_layers.scaffold.language.names import Name
from django_layers.scaffold.rendering.views.references import ReferenceView, service_class

__all__ = ["ServiceView", "service_import", "services_of"]


@dataclass(frozen=True, slots=True)
class ServiceView:
    """Another service that the service of the entity asks.

    Attributes:
        attribute: the name that it goes by, "recipes".
        class_name: its class as the module of the service calls it, "RecipeService".
        provider: the call of the provider in the composition root, "recipe_service" or "pantry_dependencies.tag_service".
        memory: the provider in tests, "recipe_service".
    """

    attribute: str
    class_name: str
    provider: str
    memory: str


def services_of(found: tuple[ReferenceView, ...], app_package: str) -> tuple[ServiceView, ...]:
    """Return the services that the references are checked by, each once.

    Args:
        found: the references of an entity.
        app_package: the package of its app.
    """
    services: dict[str, ServiceView] = {}
    for reference in found:
        target = reference.target
        if not reference.layered or target is None or target.app is None or not reference.settable:
            continue
        provider = f"{Name(target.entity).snake}_service"
        foreign = target.app.package != app_package
        services[reference.service] = ServiceView(
            attribute=reference.service,
            class_name=service_class(reference),
            provider=f"{target.app.label}_dependencies.{provider}" if foreign else provider,
            memory=f"{target.app.label}_memory.{provider}" if foreign else provider,
        )
    return tuple(services[attribute] for attribute in sorted(services))


def service_import(reference: ReferenceView) -> Import:
    """Return the import of the class of a target's service."""
    assert reference.target is not None
    assert reference.target.app is not None
    class_name = f"{reference.entity.pascal}Service"
    alias = service_class(reference)
    module = reference.target.app.module("services", reference.entity.snake)
    return Import(module, class_name, alias if alias != class_name else "")
