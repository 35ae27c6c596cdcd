"""What a map shows, as data."""

from dataclasses import dataclass

__all__ = ["Atlas", "Endpoint", "Entity", "File", "Query", "Relation", "Use", "Wrong"]


@dataclass(frozen=True, slots=True)
class File:
    """A module of a layered app.

    Attributes:
        name: its dotted name.
        path: its file, relative to the project, with slashes.
        app: the dotted package of the app.
        part: the layer, or another way in.
        entities: the dotted names of the models that it is about.
    """

    name: str
    path: str
    app: str
    part: str
    entities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of a model: the name of its field, the model that it leads to, and whether to many."""

    field: str
    target: str
    is_many: bool


@dataclass(frozen=True, slots=True)
class Entity:
    """A model with what is known of it.

    Attributes:
        name: its dotted name.
        app: the dotted package of its app.
        label: its own name.
        fields: the names of its fields.
        relations: its relations.
    """

    name: str
    app: str
    label: str
    fields: tuple[str, ...]
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A function that answers requests: its method, and its path with all that it is mounted below."""

    file: str
    line: int
    method: str
    path: str
    function: str


@dataclass(frozen=True, slots=True)
class Query:
    """A public method of a repository, with what it asks the database, as far as that is written in it."""

    file: str
    line: int
    method: str
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """One module uses another; the codes are those of the rules that this breaks."""

    source: str
    target: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wrong:
    """A place where a boundary is crossed."""

    file: str
    line: int
    code: str
    message: str
    severity: str


@dataclass(frozen=True, slots=True)
class Atlas:
    """All that a map shows."""

    title: str
    apps: tuple[str, ...]
    files: tuple[File, ...]
    entities: tuple[Entity, ...]
    endpoints: tuple[Endpoint, ...]
    queries: tuple[Query, ...]
    uses: tuple[Use, ...]
    wrong: tuple[Wrong, ...]
