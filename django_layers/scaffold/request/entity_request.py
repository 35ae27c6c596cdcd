"""From the arguments of a command line to the specification of an entity."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django_layers.scaffold.language.grammar import parse_fields, parse_index, parse_order, parse_unique
from django_layers.scaffold.language.problems import Problem
from django_layers.scaffold.language.spec import Access, EntitySpec, PrimaryKey
from django_layers.scaffold.project.discovery import Project
from django_layers.scaffold.project.facts import ProjectFacts
from django_layers.scaffold.project.registry import project_facts
from django_layers.scaffold.request.arguments import ArgumentReader
from django_layers.scaffold.request.questions import Questioner
from django_layers.scaffold.request.validate import validate

__all__ = ["EntityArguments", "EntityRequest", "ask_for_fields", "entity_request"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityArguments:
    """The arguments of `addentity`, as they were written.

    Attributes:
        name: "Rating" or "recipes.Rating".
        app: the label of the app; None where it is to be found out.
        fields: each in the field grammar.
        only: names of layers, several in one text with commas between them.
        skip: the same.
        order: in the grammar of `parse_order`; None for the usual order.
    """

    name: str
    app: str | None = None
    fields: Sequence[str] = ()
    plural: str | None = None
    pk: str = PrimaryKey.AUTO
    unique: Sequence[str] = ()
    index: Sequence[str] = ()
    order: str | None = None
    public: str = Access.NONE
    write: str = ""
    versioned: bool = False
    asynchronous: bool = False
    timestamps: bool = True
    only: Sequence[str] = ()
    skip: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityRequest:
    """An entity that is asked for.

    Attributes:
        entity: the entity, as far as the request can be read.
        problems: what could not be read of the request.
        sources: what was written for each field, by its name.
    """

    entity: EntitySpec
    problems: tuple[Problem, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)

    def all_problems(self, facts: ProjectFacts) -> tuple[Problem, ...]:
        """Return everything that is wrong with the request in a project."""
        return (*self.problems, *validate(self.entity, facts, sources=self.sources))


def entity_request(arguments: EntityArguments, project: Project) -> EntityRequest:
    """Return what is asked for."""
    reader = ArgumentReader(project)
    label, name = reader.name(arguments.name, arguments.app)
    fields, problems = parse_fields(arguments.fields)
    entity = EntitySpec(
        name=name,
        app_label=label,
        plural=arguments.plural,
        fields=fields,
        primary_key=PrimaryKey(arguments.pk),
        unique=reader.all(parse_unique, arguments.unique),
        indexes=reader.all(parse_index, arguments.index),
        order=next(iter(reader.all(parse_order, [] if arguments.order is None else [arguments.order])), ()),
        public=Access(arguments.public),
        write_users=arguments.write == "users",
        versioned=arguments.versioned,
        asynchronous=arguments.asynchronous,
        timestamps=arguments.timestamps,
        layers=reader.layers(arguments.only, arguments.skip),
    )
    return EntityRequest(
        entity=entity,
        problems=(*problems, *reader.problems),
        sources={text.partition(":")[0]: text for text in arguments.fields},
    )


def ask_for_fields(arguments: EntityArguments, project: Project, questioner: Questioner) -> EntityArguments:
    """Return the arguments with the fields that the reader names, each checked when it is entered.

    Raises:
        Unfinished: the input ended.
    """

    def problems_of(fields: Sequence[str]) -> list[str]:
        request = entity_request(replace(arguments, fields=fields), project)
        return [str(problem) for problem in request.all_problems(project_facts(project, request.entity))]

    return replace(arguments, fields=questioner.fields(arguments.name, problems_of))
