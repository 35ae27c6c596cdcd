"""What a request is judged against: the apps and models that a project has, as plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django_layers.scaffold.language.expressions import Expression
from django_layers.scaffold.language.spec import EntitySpec
from django_layers.scaffold.project.layout import KeyType

__all__ = ["AppFacts", "FieldFacts", "ModelFacts", "ProjectFacts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldFacts:
    """A field of a model that exists.

    Attributes:
        type: its type in the field grammar; empty for one that the grammar does not have.
        annotation: its type in a response, without `| None`; None where a response can't carry it.
        nullable: whether it may be NULL.
    """

    type: str
    annotation: Expression | None = None
    nullable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFacts:
    """A model that exists.

    Attributes:
        label: "recipes.Recipe".
        key: the type of its primary key.
        fields: its fields by name, the key and the references included.
        reverse_accessors: what other models' references have added to it ("ratings").
        replaced_by: the label of the model that a setting puts in its place; None where there is none.
        private: whether each of its rows is for its owner only, as its generated entity or its repository says.
        unguarded: whether neither of them is there to say so; worked out of models that are embedded.
    """

    label: str
    key: KeyType
    fields: Mapping[str, FieldFacts] = field(default_factory=dict)
    reverse_accessors: frozenset[str] = frozenset()
    replaced_by: str | None = None
    private: bool = False
    unguarded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AppFacts:
    """An app that is installed.

    Attributes:
        label: "recipes".
        layered: whether it has layers, so that entities can be added.
        classes: the names of the classes in its layers: schemas, services, repositories, enumerations.
    """

    label: str
    layered: bool = True
    classes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFacts:
    """A project, without what the entity in question has put into it by an earlier run, or by hand in other layers.

    Attributes:
        apps: the installed apps, by label.
        models: their models, by label.
        routes: the first part of each route below the API ("ratings"), with the label of the app that has it.
        user_model: the label of the user model.
        present: the layers in which the entity in question has its part already.
        untested: the labels of models that have services but no generated tests.
        circular: the labels of models whose services ask that of the entity in question, directly or not.
        requiring: the labels of models whose rows need a row of the entity in question, directly or not.
        querying: the labels of models whose rows can't be stored in memory without a database: a field of theirs, or of
            what their rows refer to, may work out its value with queries.
        planned: the entities that the same run adds, by label, without the one in question.
        has_pillow: whether Pillow is installed, which images need.
    """

    apps: Mapping[str, AppFacts]
    models: Mapping[str, ModelFacts]
    routes: Mapping[str, str] = field(default_factory=dict)
    user_model: str = "auth.User"
    present: frozenset[str] = frozenset()
    untested: frozenset[str] = frozenset()
    circular: frozenset[str] = frozenset()
    requiring: frozenset[str] = frozenset()
    querying: frozenset[str] = frozenset()
    planned: Mapping[str, EntitySpec] = field(default_factory=dict)
    has_pillow: bool = True
