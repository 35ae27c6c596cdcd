"""Which layers an entity has already, whoever wrote them."""

import re
from pathlib import Path

from django_layers.scaffold.language.fields import enumeration_name
from django_layers.scaffold.language.names import Name
from django_layers.scaffold.language.spec import EntitySpec
from django_layers.scaffold.project.layout import AppLayout

__all__ = ["present_layers"]


def present_layers(root: Path, app: AppLayout, entity: EntitySpec, *, has_model: bool) -> frozenset[str]:
    """Return the layers in which an entity has its part where generated code looks for it.

    Args:
        root: the root of the project.
        app: the layout of the entity's app.
        entity: the entity.
        has_model: whether Django knows a model of its name.
    """
    name = Name(entity.name, entity.plural)
    definitions = {
        "types": [enumeration_name(entity, field) for field in entity.fields if field.type == "choice"],
        "schemas": [f"{entity.name}Read"],
        "repositories": [f"{entity.name}Repository"],
        "repositories.orm": [f"Django{entity.name}Repository"],
        "services": [f"{entity.name}Service"],
        "dependencies": [f"{name.snake}_service"],
        "api": [f"get_{name.snake}"],
    }
    found = {layer for layer, names in definitions.items() if _defines(root / app.file(layer, name.snake), names)}
    return frozenset(found | {"models"} if has_model else found)


def _defines(file: Path, names: list[str]) -> bool:
    if not names or not file.is_file():
        return False
    source = file.read_text(encoding="utf-8", errors="replace")
    return all(re.search(rf"^(class|def) {re.escape(name)}\b", source, re.MULTILINE) for name in names)
