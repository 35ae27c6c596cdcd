"""Writing rows in memory, under the rules of the models."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import Model

from django_layers.repositories.fields import AnyField, key_name
from django_layers.repositories.sets.unique import UniqueSet
from django_layers.testing.memory.columns import stored
from django_layers.testing.memory.conditions import Conditions, NotInMemory
from django_layers.testing.memory.deletion import Deletion
from django_layers.testing.memory.facts import facts_of
from django_layers.testing.memory.inheritance import has_one_key
from django_layers.testing.memory.integrity import Integrity
from django_layers.testing.memory.registered import RegisteredRow
from django_layers.testing.memory.relations import find_field, target_column, target_model, through_of
from django_layers.testing.memory.rows import automatic_values, changed_row, new_row
from django_layers.testing.memory.tables import Key, Row, Table, Tables
from django_layers.testing.memory.transactions import Transactions

__all__ = ["Store"]


class Store:
    """The tables of a database in memory, and every way to write to them.

    Attributes:
        tables: the rows.
        conditions: evaluates conditions against them.
        transactions: the blocks that are open.
        files: the content of stored files, by name.
    """

    def __init__(self) -> None:
        self.tables = Tables()
        self.conditions = Conditions(self.tables)
        self.transactions = Transactions(self.tables, self._check_references)
        self.files: dict[str, bytes] = {}
        self._integrity = Integrity(self.conditions)
        self._known: set[type[Model]] = set()
        self._aliases: dict[type[Model], str] = {}
        self._unchecked: dict[tuple[type[Model], Key], None] = {}

    def know(self, model: type[Model]) -> Table:
        """Return the table of a model, from now on taken to hold every row of the model that there is.

        Raises:
            NotInMemory: the model inherits from several tables, or has another key than the one it inherits from.
        """
        table = self.tables.of(model)
        if not has_one_key(table.model):
            raise NotInMemory(
                f"{model.__name__} is in several tables with a key of its own in each, which memory does not know. Test it "
                "on the database."
            )
        self._known.add(table.model)
        return table

    def insert(self, model: type[Model], values: Mapping[str, object]) -> Row:
        """Store a new row and return it.

        Raises:
            Conflict: another row has its key, or its value of something unique.
            RuleViolated: the table cannot hold one of its values, or it refers to nothing.
        """
        table = self.tables.of(model)
        row = new_row(table, values, self.conditions)
        with self.transactions.joined():
            self._integrity.check(table, row)
            self._integrity.check_new_key(table, row)
            self._put(table, row)
        return row

    def change(self, model: type[Model], row: Row, values: Mapping[str, object]) -> Row:
        """Store a row with these values in place of its own, and return it.

        Raises:
            Conflict: another row has its value of something unique.
            RuleViolated: the table cannot hold one of its values, or it refers to nothing.
        """
        table = self.tables.of(model)
        changed = changed_row(table, row, values, self.conditions)
        with self.transactions.joined():
            self._integrity.check(table, changed)
            self._put(table, changed)
        return changed

    def delete(self, model: type[Model], keys: Iterable[Key]) -> None:
        """Delete rows with all that goes with them.

        Raises:
            Conflict: a row that stays refers to one that would go.
        """
        with self.transactions.joined():
            Deletion(self.tables).carry_out(model, keys)

    def automatic(self, model: type[Model]) -> dict[str, object]:
        """Return what a change gives the columns that `save` fills in each time."""
        return automatic_values(model)

    def row_like(self, model: type[Model], unique: UniqueSet, values: Mapping[str, object]) -> Row | None:
        """Return the row that has the same unique values, if there is one.

        Args:
            model: the table.
            unique: the unique set; it is about columns as they are.
            values: the values of a new row, by columns.
        """
        wanted = {field.attname: stored(field, values[field.attname]) for field in unique.fields}
        if None in wanted.values() and not unique.null_is_a_value:
            return None
        rows = self.tables.of(model).values()
        return next((row for row in rows if all(row[name] == value for name, value in wanted.items())), None)

    def discard_file(self, model: type[Model], name: str, field: str) -> None:
        """Forget a file once no block can bring it back, unless another row has it too.

        Args:
            model: the table.
            name: the name of the file; nothing happens where it is empty.
            field: the name of the file field.
        """

        def discard() -> None:
            if all(row[field] != name for row in self.tables.of(model).values()):
                self.files.pop(name, None)

        self.transactions.on_commit(discard)

    def link(self, model: type[Model], row: Row, name: str, keys: Iterable[Key]) -> None:
        """Link a row with these rows and no others, by a many-to-many relation.

        Raises:
            RuleViolated: there is no row with one of the keys.
        """
        relation = find_field(model, name)
        assert relation is not None
        through, near, far = through_of(relation)
        target = target_model(relation)._meta.pk
        wanted = dict.fromkeys(stored(target, key) for key in keys)
        own = row[key_name(model)]
        with self.transactions.joined():
            for link in self.tables.of(through).values():
                if link[near] == own and link[far] not in wanted:
                    self.tables.of(through).remove(link[key_name(through)])
            linked = self.conditions.linked_keys(model, row, name)
            for key in wanted:
                if key not in linked:
                    self.insert(through, {near: own, far: key})

    def name_links(self, model: type[Model], name: str, alias: str) -> None:
        """Say what schemas call a many-to-many relation, for the error about a key that no row has."""
        relation = find_field(model, name)
        assert relation is not None
        self._aliases[through_of(relation)[0]] = alias

    def refuse_dangling(self, model: type[Model], row: Row) -> None:
        """Refuse a row that refers to nothing, before the outermost block ends.

        Raises:
            RuleViolated: there is no row for one of its references.
        """
        table = self.tables.of(model)
        self._integrity.check_references(table, row, self._is_there, self._aliases.get(table.model, ""))

    def register(self, model: type[Model], keys: Iterable[Key]) -> None:
        """Add rows of which nothing but the key matters; their other columns hold something that fits."""
        table = self.know(model)
        facts = facts_of(table.model)
        fields = {column.name: column.field for column in facts.columns}
        for key in keys:
            held = dict.fromkeys(facts.keys, stored(table.model._meta.pk, key))
            table.put(RegisteredRow(fields, held, len(table.rows)))

    def has(self, model: type[Model], key: Key) -> bool:
        """Return whether there is a row with this key."""
        return self.find(model, key) is not None

    def find(self, model: type[Model], key: Key) -> Row | None:
        """Return the row that has a key; None where there is none, also because no row can have it."""
        table = self.tables.of(model)
        try:
            return table.rows.get(stored(table.model._meta.pk, key))
        except ValidationError:
            return None

    def takes_for_granted(self, model: type[Model]) -> bool:
        """Return whether there is a row for every key: actors in tests of services are made of keys alone."""
        return self.tables.of(model).model is get_user_model() and not self.knows(model)

    def knows(self, model: type[Model]) -> bool:
        """Return whether all rows of a model are here: it has a repository, or rows of it were registered."""
        return self.tables.of(model).model in self._known

    def _put(self, table: Table, row: Row) -> None:
        table.put(row)
        self._unchecked[table.model, row[key_name(table.model)]] = None

    def _check_references(self) -> None:
        unchecked, self._unchecked = self._unchecked, {}
        for model, key in unchecked:
            table = self.tables.of(model)
            if key in table.rows:
                self.refuse_dangling(model, table.rows[key])

    def _is_there(self, reference: AnyField, value: object) -> bool:
        target = self.tables.of(target_model(reference))
        if self.takes_for_granted(target.model):
            return True
        column = target_column(reference).attname
        if column == key_name(target.model):
            return value in target.rows
        return any(row[column] == value for row in target.values())
