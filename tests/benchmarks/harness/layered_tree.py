"""A project of many layered apps, written to disk: what the checker is timed on."""

from pathlib import Path
from string import Template

__all__ = ["ENTITIES", "write_layered_tree"]

ENTITIES = 20
"""How many entities an app has; with five layers that is a hundred modules, and seven around them."""

_LAYERS = ("models", "schemas", "repositories", "services", "api")

_MODEL = '''"""The table of ${plural}."""

from django.db import models
${imports}

class ${Name}(models.Model):
    """One ${name} of the app."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        LIVE = "live", "Live"
        ENDED = "ended", "Ended"

${relations}
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True, default="")
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.DRAFT)
    amount = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    stars = models.PositiveSmallIntegerField(default=1)
    is_open = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["status", "created_at"], name="${name}_status_idx"),
            models.Index(fields=["-created_at", "-id"], name="${name}_created_idx"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(stars__gte=1, stars__lte=5), name="${name}_stars_ck"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="${name}_amount_ck"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_visible(self) -> bool:
        """Whether readers see it."""
        return self.is_open and self.status == self.Status.LIVE

    @property
    def has_ended(self) -> bool:
        """Whether it may no longer change."""
        return self.status == self.Status.ENDED
'''

_SCHEMA = '''"""The DTOs of ${plural}."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, Field

Stars = Annotated[int, Field(ge=1, le=5)]


class ${Name}Create(BaseModel):
    """What a caller sends to create a ${name}."""

    title: Annotated[str, Field(max_length=200)]
    summary: str = ""
    stars: Stars = 1
    amount: Annotated[Decimal, Field(ge=0, max_digits=8, decimal_places=2)] = Decimal(0)


class ${Name}Update(BaseModel):
    """What a caller sends to change a ${name}."""

    title: Annotated[str, Field(max_length=200)] | None = None
    summary: str | None = None
    stars: Stars | None = None


class ${Name}Read(BaseModel):
    """What callers get back."""

    id: int
    before_id: int | None = None
    title: str
    summary: str
    status: Literal["draft", "live", "ended"]
    stars: int
    amount: Decimal
    is_open: bool
    created_at: datetime
    updated_at: datetime


class ${Name}Summary(BaseModel):
    """What lists of others show of it."""

    id: int
    title: str
    is_open: bool


class ${Name}Query(BaseModel):
    """Filters, order and page of a list of ${plural}."""

    status: Literal["draft", "live", "ended"] | None = None
    stars: int | None = None
    order_by: Literal["created_at", "-created_at"] = "-created_at"
    page: int = 1
    size: int = 25
'''

_REPOSITORY = '''"""Where ${plural} are stored."""

from typing import Protocol

from ${app}.models.${name} import ${Name}
from ${app}.schemas.${name} import ${Name}Create, ${Name}Query, ${Name}Read, ${Name}Update


class ${Name}Repository(Protocol):
    """What services may ask of stored ${plural}."""

    def get(self, ${name}_id: int) -> ${Name}Read: ...

    def page(self, query: ${Name}Query) -> tuple[${Name}Read, ...]: ...

    def add(self, data: ${Name}Create) -> ${Name}Read: ...

    def change(self, ${name}_id: int, data: ${Name}Update) -> ${Name}Read: ...

    def delete(self, ${name}_id: int) -> None: ...

    def count(self, query: ${Name}Query) -> int: ...


class Django${Name}Repository:
    """${Name} rows in the database."""

    def get(self, ${name}_id: int) -> ${Name}Read:
        """Return one."""
        return ${Name}Read.model_validate(${Name}.objects.get(pk=${name}_id), from_attributes=True)

    def page(self, query: ${Name}Query) -> tuple[${Name}Read, ...]:
        """Return one page."""
        rows = ${Name}.objects.order_by(query.order_by)
        if query.status is not None:
            rows = rows.filter(status=query.status)
        if query.stars is not None:
            rows = rows.filter(stars=query.stars)
        start = (query.page - 1) * query.size
        return tuple(${Name}Read.model_validate(row, from_attributes=True) for row in rows[start : start + query.size])

    def add(self, data: ${Name}Create) -> ${Name}Read:
        """Store one."""
        made = ${Name}.objects.create(title=data.title, summary=data.summary, stars=data.stars, amount=data.amount)
        return ${Name}Read.model_validate(made, from_attributes=True)

    def change(self, ${name}_id: int, data: ${Name}Update) -> ${Name}Read:
        """Change one."""
        found = ${Name}.objects.get(pk=${name}_id)
        for field, value in data.model_dump(exclude_none=True).items():
            setattr(found, field, value)
        found.save()
        return ${Name}Read.model_validate(found, from_attributes=True)

    def delete(self, ${name}_id: int) -> None:
        """Remove one."""
        ${Name}.objects.filter(pk=${name}_id).delete()

    def count(self, query: ${Name}Query) -> int:
        """Return how many there are."""
        rows = ${Name}.objects.all()
        return rows.count() if query.status is None else rows.filter(status=query.status).count()
'''

_SERVICE = '''"""The rules of ${plural}."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from ${app}.repositories.${name} import ${Name}Repository
from ${app}.schemas.${name} import ${Name}Create, ${Name}Query, ${Name}Read, ${Name}Summary, ${Name}Update
${imports}

class ${Name}Service:
    """The only way in for callers."""

    def __init__(self, ${plural}: ${Name}Repository, unit_of_work: Callable[[], AbstractContextManager[None]]) -> None:
        self._${plural} = ${plural}
        self._unit_of_work = unit_of_work

    def get(self, ${name}_id: int) -> ${Name}Read:
        """Return a ${name}."""
        return self._${plural}.get(${name}_id)

    def page(self, query: ${Name}Query) -> tuple[${Name}Read, ...]:
        """Return a page of ${plural}."""
        found = self._${plural}.page(query)
        return tuple(one for one in found if one.is_open)

    def create(self, data: ${Name}Create) -> ${Name}Read:
        """Create a ${name}.

        Raises:
            ValueError: it has no title.
        """
        if not data.title.strip():
            raise ValueError("A ${name} has a title.")
        with self._unit_of_work():
            return self._${plural}.add(data)

    def change(self, ${name}_id: int, data: ${Name}Update) -> ${Name}Read:
        """Change a ${name}.

        Raises:
            ValueError: it has ended.
        """
        with self._unit_of_work():
            before = self._${plural}.get(${name}_id)
            if before.status == "ended":
                raise ValueError("It has ended.")
            return self._${plural}.change(${name}_id, data)

    def delete(self, ${name}_id: int) -> None:
        """Remove a ${name}."""
        with self._unit_of_work():
            self._${plural}.delete(${name}_id)

    def count(self, query: ${Name}Query) -> int:
        """Return how many ${plural} there are."""
        return self._${plural}.count(query)

    def summary(self, ${name}_id: int) -> ${Name}Summary:
        """Return what lists of others show of a ${name}."""
        found = self.get(${name}_id)
        return ${Name}Summary(id=found.id, title=found.title, is_open=found.is_open)
'''

_API = '''"""The endpoints of ${plural}."""

from django.http import HttpRequest
from ninja import Query, Router

from ${app} import dependencies
from ${app}.schemas.${name} import ${Name}Create, ${Name}Query, ${Name}Read, ${Name}Summary, ${Name}Update

router = Router(tags=["${plural}"])


@router.get("", response=list[${Name}Read])
def list_${plural}(request: HttpRequest, query: Query[${Name}Query]) -> tuple[${Name}Read, ...]:
    """Return a page of ${plural}."""
    return dependencies.${name}_service().page(query)


@router.post("", response={201: ${Name}Read})
def create_${name}(request: HttpRequest, data: ${Name}Create) -> tuple[int, ${Name}Read]:
    """Create a ${name}."""
    created = dependencies.${name}_service().create(data)
    return 201, created


@router.get("/{${name}_id}", response=${Name}Read)
def get_${name}(request: HttpRequest, ${name}_id: int) -> ${Name}Read:
    """Return a ${name}."""
    return dependencies.${name}_service().get(${name}_id)


@router.patch("/{${name}_id}", response=${Name}Read)
def change_${name}(request: HttpRequest, ${name}_id: int, data: ${Name}Update) -> ${Name}Read:
    """Change a ${name}."""
    return dependencies.${name}_service().change(${name}_id, data)


@router.delete("/{${name}_id}", response={204: None})
def delete_${name}(request: HttpRequest, ${name}_id: int) -> tuple[int, None]:
    """Remove a ${name}."""
    dependencies.${name}_service().delete(${name}_id)
    return 204, None


@router.get("/{${name}_id}/summary", response=${Name}Summary)
def get_${name}_summary(request: HttpRequest, ${name}_id: int) -> ${Name}Summary:
    """Return what lists of others show of a ${name}."""
    return dependencies.${name}_service().summary(${name}_id)
'''

_TEMPLATES = dict(zip(_LAYERS, map(Template, (_MODEL, _SCHEMA, _REPOSITORY, _SERVICE, _API)), strict=True))


def write_layered_tree(root: Path, apps: int, entities: int = ENTITIES) -> int:
    """Write a project of so many apps below an empty folder, and return how many modules it has.

    Entities of an app refer to the one before, and the first of each app to one of the app before.

    Args:
        root: the folder of `manage.py`.
        apps: how many.
        entities: how many each app has.
    """
    written = 1
    (root / "manage.py").write_text('"""Nothing is run here."""\n')
    for number in range(apps):
        written += _write_app(root, number, entities)
    return written


def _write_app(root: Path, number: int, entities: int) -> int:
    app = f"app{number}"
    folder = root / app
    for layer in _LAYERS:
        (folder / layer).mkdir(parents=True)
        (folder / layer / "__init__.py").write_text(f'"""The {layer} of {app}."""\n')
    (folder / "__init__.py").write_text("")
    (folder / "dependencies.py").write_text(_dependencies(app, entities))
    for entity in range(entities):
        names = _names(number, entity)
        for layer in _LAYERS:
            text = _TEMPLATES[layer].substitute(names, **_links(layer, number, entity))
            (folder / layer / f"{names['name']}.py").write_text(text)
    return 7 + len(_LAYERS) * entities


def _names(app: int, entity: int) -> dict[str, str]:
    name = f"thing{entity}of{app}"
    return {"app": f"app{app}", "name": name, "Name": name.title().replace("Of", "Of"), "plural": f"{name}s"}


def _links(layer: str, app: int, entity: int) -> dict[str, str]:
    """Return the imports and the relations that tie an entity to others."""
    own = _names(app, entity)["name"]
    others = [_names(app, entity - 1)] if entity else []
    others += [_names(app - 1, 0)] if app and not entity else []
    if layer == "models":
        rows = [
            f'    before = models.ForeignKey("{one["app"]}.{one["Name"]}", models.PROTECT, related_name="{own}_set")'
            for one in others
        ]
        return {"imports": "", "relations": "\n".join(rows)}
    imports = [f"from {one['app']}.services.{one['name']} import {one['Name']}Service" for one in others]
    # The service before is a collaborator by type only, as between most services of a real project.
    kept = "\n".join([*imports, "", f"Before = {others[0]['Name']}Service", ""]) if imports else ""
    return {"imports": kept, "relations": ""}


def _dependencies(app: str, entities: int) -> str:
    number = int(app.removeprefix("app"))
    names = [_names(number, entity) for entity in range(entities)]
    lines = [f'"""Which implementation each service of {app} gets."""', "", "from django.db import transaction", ""]
    for one in names:
        lines.append(f"from {app}.repositories.{one['name']} import Django{one['Name']}Repository")
        lines.append(f"from {app}.services.{one['name']} import {one['Name']}Service")
    for one in names:
        lines += ["", "", f"def {one['name']}_service() -> {one['Name']}Service:", '    """Return the service."""']
        lines.append(f"    return {one['Name']}Service(Django{one['Name']}Repository(), transaction.atomic)")
    return "\n".join(lines) + "\n"
