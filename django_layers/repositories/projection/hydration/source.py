"""The Python source of a function that builds DTOs of rows.

It is put together of templates of our own, numbers and names of fields that stand in it as literals; everything else
that it refers to is handed to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django_layers.repositories.projection.hydration.tiers import Tier
from django_layers.repositories.projection.plan import Collection, Column, Nested, Projection
from django_layers.repositories.projection.shapes import CONTAINERS, Shape, shapes_of

__all__ = ["Source", "source_of"]

_INDENT: Final = "    "

_TRUSTED: Final = """\
{name} = new({schema})
set_dict({name}, {{{values}}})
set_fields_set({name}, {schema}_fields)
set_extra({name}, None)
set_private({name}, None)
"""


@dataclass
class Source:
    """A function as text, and what it refers to.

    Attributes:
        text: the definition of `build(rows, found, ...)`: it appends a DTO of each row to the list, or to the list of
            the row's last value where the rows are those of a collection. Further arguments are the items of each
            collection by key.
        namespace: what the text refers to by name.
    """

    text: str = ""
    namespace: dict[str, object] = field(default_factory=dict)


def source_of(projection: Projection, tiers: Mapping[int, Tier], *, width: int, grouped: bool) -> Source:
    """Return the function that builds the DTOs of a projection.

    Args:
        projection: what is built.
        tiers: how each node of it is built, by its identity.
        width: how many values a row has.
        grouped: whether the last value of a row is the key of the row that it belongs to.
    """
    return _Writer(projection, tiers).function(width, grouped=grouped)


class _Writer:
    def __init__(self, projection: Projection, tiers: Mapping[int, Tier]) -> None:
        self._projection = projection
        self._tiers = tiers
        self._source = Source()
        self._groups = {id(each): f"g{number}" for number, each in enumerate(projection.collections)}
        self._nodes = 0

    def function(self, width: int, *, grouped: bool) -> Source:
        before: list[str] = []
        lines = self._node(self._projection.root, before)
        values = "".join(f"v{number}, " for number in range(width))
        found = f"found[v{width - 1}].append(n0)" if grouped else "found.append(n0)"
        groups = "".join(f", {name}" for name in self._groups.values())
        body = "".join(
            [
                f"def build(rows, found{groups}):\n",
                *(f"{_INDENT}{line}\n" for line in before),
                f"{_INDENT}for {values}in rows:\n",
                *(f"{_INDENT * 2}{line}\n" for line in lines),
                f"{_INDENT * 2}{found}\n",
            ]
        )
        self._source.text = body
        return self._source

    def _node(self, nested: Nested, before: list[str]) -> list[str]:
        """Return the lines that build a node into a variable, `n` and its number; before the loop goes what is shared."""
        number, self._nodes = self._nodes, self._nodes + 1
        shapes = shapes_of(nested.schema)
        lines: list[str] = []
        is_validated = self._tiers[id(nested)] is Tier.VALIDATED
        values = {
            column.name: self._column(column, shapes.get(column.name, Shape()), is_validated)
            for column in nested.columns
        }
        for inner in nested.nested:
            values[inner.name] = f"n{self._nodes}"
            lines += self._node(inner, before)
        for collection in nested.collections:
            values[collection.name] = self._collection(collection, shapes.get(collection.name, Shape()))
        lines += self._built(number, nested, values)
        if nested.key_index is None:
            return lines
        return self._known(number, nested, lines, before)

    def _built(self, number: int, nested: Nested, values: Mapping[str, str]) -> list[str]:
        tier = self._tiers[id(nested)]
        # In the order of the schema, which is the order in which it is written.
        ordered = {name: values[name] for name in nested.schema.model_fields}
        items = ", ".join(f"{name!r}: {value}" for name, value in ordered.items())
        if tier is Tier.TRUSTED:
            schema = self._given(f"s{number}", nested.schema)
            # One for all: there is nothing that changes it, since a field that is set again is in it already.
            self._given(f"{schema}_fields", set(nested.schema.model_fields))
            text = _TRUSTED.format(name=f"n{number}", schema=schema, values=items)
            return text.splitlines()
        return [f"n{number} = {self._given(f's{number}', nested)}({{{items}}})"]

    def _known(self, number: int, nested: Nested, lines: list[str], before: list[str]) -> list[str]:
        """Return the lines around those that build a node: the same row is built once, and no row is None."""
        key, name = f"v{nested.key_index}", f"n{number}"
        before.append(f"k{number} = {{}}")
        built = [
            f"{name} = k{number}.get({key})",
            f"if {name} is None:",
            *(f"{_INDENT}{line}" for line in lines),
            f"{_INDENT}k{number}[{key}] = {name}",
        ]
        if not nested.optional:
            return built
        return [f"if {key} is None:", f"{_INDENT}{name} = None", "else:", *(f"{_INDENT}{line}" for line in built)]

    def _column(self, column: Column, shape: Shape, is_validated: bool) -> str:
        value = f"v{column.index}"
        if column.convert is not None:
            return f"{self._given(f'c{column.index}_{column.name}', column.convert)}({value})"
        if shape.members and shape.kind == column.kind:
            members: dict[object, object] = {**shape.members, **({None: None} if shape.nullable else {})}
            name = self._given(f"m{column.index}_{column.name}", members)
            # What is no member is left as it is, for validation to refuse.
            return f"{name}.get({value}, {value})" if is_validated else f"{name}[{value}]"
        if column.nullable and not shape.nullable and not is_validated:
            return f"({value} if {value} is not None else missing())"
        return value

    def _collection(self, collection: Collection, shape: Shape) -> str:
        container = CONTAINERS.get(shape.kind, tuple)
        group = f"{self._groups[id(collection)]}.get(v{collection.key_index}, ())"
        if container is tuple:
            return group
        return f"{self._given(container.__name__, container)}({group})"

    def _given(self, name: str, value: object) -> str:
        self._source.namespace[name] = value
        return name
