"""Fields that get new names or go, in everything that the project says of them outside of the entity's own text."""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import PurePosixPath

from django_layers.scaffold.language.derived import filters, references, related_name, target_label
from django_layers.scaffold.language.fields import dto_name, row_name
from django_layers.scaffold.language.names import Name
from django_layers.scaffold.language.spec import EntitySpec, FieldSpec
from django_layers.scaffold.planning.draft import Draft
from django_layers.scaffold.planning.embedded import Embedding
from django_layers.scaffold.plans.ledger import Ledger
from django_layers.scaffold.plans.spec_data import from_data
from django_layers.scaffold.project.discovery import Project
from django_layers.scaffold.project.facts import ProjectFacts
from django_layers.scaffold.project.files import written_files
from django_layers.scaffold.project.layout import AppLayout
from django_layers.scaffold.project.references import targets_of
from django_layers.scaffold.refusals import InvalidRequest
from django_layers.scaffold.renaming.entities import with_renamed_fields, without_fields
from django_layers.scaffold.renaming.forms import forms_of
from django_layers.scaffold.renaming.index import Index
from django_layers.scaffold.renaming.leftovers import Leftover, leftovers
from django_layers.scaffold.renaming.roles import Roles
from django_layers.scaffold.renaming.subject import GeneratedModule, Subject, removal, renaming
from django_layers.scaffold.renaming.transform import renamed
from django_layers.scaffold.rendering.artifacts import LAST_RANK
from django_layers.scaffold.rendering.render import Rendered, render_entity

__all__ = ["FieldNames", "listed_references"]

_MOST_SHOWN = 40
_MOST_READ = 300


class FieldNames:
    """Follows the names of an entity's fields through a project.

    Args:
        project: the project as it is.
        app: the layout of the entity's app.
        entity: the entity as it was generated.
        facts: the project, without what was generated for the entity.
    """

    def __init__(self, project: Project, app: AppLayout, entity: EntitySpec, facts: ProjectFacts) -> None:
        self._project, self._app, self._entity, self._facts = project, app, entity, facts
        self._root = project.layout.root
        label = f"{entity.app_label}.{entity.name}"
        self._model = self._models.get(label) or f"{app.module('models', Name(entity.name).snake)}.{entity.name}"

    def rename(
        self, renames: Mapping[str, str], ledger: Ledger, draft: Draft, embeddings: Sequence[Embedding] = ()
    ) -> tuple[Ledger, ...]:
        """Rename fields wherever the project certainly means them, and say where it may mean them.

        Args:
            renames: the new name of each field.
            ledger: what was generated for the entity.
            draft: takes the changed files and the sentences.
            embeddings: the entities whose answers embed one of the fields.

        Raises:
            InvalidRequest: a class of the entity has a member of a new name already, from its author.

        Returns:
            The ledger, and those of the embedding entities, as they would be if the fields had always been called so.
        """
        after = with_renamed_fields(self._entity, renames, user_model=self._project.layout.user_model)
        modules = [*self._modules(after), *self._embedding_modules(embeddings)]
        roles = self._roles(renaming(self._model, modules, forms_of(self._entity, after)))
        problems = [
            f"--rename: {owner} defines {name} already, and not from django-layers: give that another name first."
            for owner, name in roles.taken()
        ]
        if problems:
            raise InvalidRequest(problems)
        files = self._mentioning(roles.subject.words | _last_parts(roles.subject.names))
        for path in files:
            content = draft.glance(path)
            if content is not None and path.suffix == ".py":
                name = self._index.name_of(path)
                changed = renamed(content, name, roles, is_package=path.name == "__init__.py")
                if changed != content:
                    draft.write(path, changed, rank=LAST_RANK - 1)
        left = leftovers(self._contents(files, draft), replace(roles, subject=_stale(roles.subject)))
        if left:
            draft.notices.append(
                f"These may mean what is now {_named(renames.values())}, and may not; they were left as they are:\n"
                + _shown(left)
            )
        return tuple(self._renamed(each, roles) for each in (ledger, *(each.ledger for each in embeddings)))

    def still_said(self, names: Collection[str], draft: Draft) -> list[Leftover]:
        """Return where the project, as a draft leaves it, still says the names of fields that go.

        Args:
            names: the names of the fields.
            draft: what becomes of the files.
        """
        after = without_fields(self._entity, names)
        gone = [field for field in self._entity.fields if field.name in names]
        of_gone = (each.name for each in filters(self._entity) if each.field.name in names)
        words = {word for field in gone for word in (field.name, dto_name(field), row_name(field))} | {*of_gone}
        roles = self._roles(removal(self._model, self._modules(after), words))
        files = self._mentioning(words | _last_parts(roles.subject.names))
        return leftovers(self._contents(files, draft), roles)

    def refuse_embedded(self, names: Collection[str]) -> None:
        """Refuse to take away what the answers of another entity embed.

        Raises:
            InvalidRequest: with a sentence for each such entity.
        """
        label = f"{self._entity.app_label}.{self._entity.name}"
        problems = [
            f"{other.app_label}.{other.name} embeds {' and '.join(shown)} of {label} as {field.name}. "
            f"Take it out first: changeentity {other.app_label}.{other.name} --change {field.name}:... "
            "without it in embed=."
            for other, field, shown in self._embedding(names)
        ]
        if problems:
            raise InvalidRequest(problems)

    def embedding(self, names: Collection[str]) -> tuple[EntitySpec, ...]:
        """Return the other entities whose answers embed one of the fields."""
        found = {(other.app_label, other.name): other for other, _, _ in self._embedding(names)}
        found.pop((self._entity.app_label, self._entity.name), None)
        return tuple(found.values())

    def _embedding(self, names: Collection[str]) -> Iterator[tuple[EntitySpec, FieldSpec, list[str]]]:
        """Give the entities that embed one of the fields, each with its reference and the names in that."""
        label = f"{self._entity.app_label}.{self._entity.name}"
        for other in self._other_entities() if names else ():
            for field in references(other):
                target = target_label(other, field, user_model=self._project.layout.user_model)
                shown = sorted({*field.embed} & {*names})
                if target == label and shown:
                    yield other, field, shown

    def _modules(self, after: EntitySpec) -> list[GeneratedModule]:
        """Render the entity as it was generated, and as it is to be."""
        before = self._rendered(self._entity)
        new = {rendered.path: rendered.text for rendered in self._rendered(after)}
        return [
            GeneratedModule(
                self._index.name_of(rendered.path),
                rendered.text,
                new.get(rendered.path, ""),
                is_whole=rendered.kind == "whole",
            )
            for rendered in before
            if rendered.path.suffix == ".py"
        ]

    def _embedding_modules(self, embeddings: Sequence[Embedding]) -> list[GeneratedModule]:
        """Return what other entities say of the fields, as it was generated and as it is to be."""
        return [
            GeneratedModule(self._index.name_of(old.path), old.text, new.text, is_whole=old.kind == "whole")
            for each in embeddings
            for old, new in each.texts(self._project)
            if old.path.suffix == ".py"
        ]

    def _renamed(self, ledger: Ledger, roles: Roles) -> Ledger:
        return replace(
            ledger,
            files=tuple(
                replace(file, text=renamed(file.text.encode(), self._index.name_of(file.path), roles).decode())
                if file.path.suffix == ".py"
                else file
                for file in ledger.files
            ),
        )

    def _rendered(self, entity: EntitySpec) -> tuple[Rendered, ...]:
        targets = targets_of(entity, self._project, self._facts)
        return render_entity(entity, self._app, self._project.layout, targets, present=self._facts.present)

    def _roles(self, subject: Subject) -> Roles:
        reverse: dict[str, dict[str, str]] = {}
        for field in references(self._entity):
            user_model = self._project.layout.user_model
            target = self._models.get(target_label(self._entity, field, user_model=user_model))
            way_back = related_name(self._entity, field, user_model=user_model)
            if target is not None and way_back != "+":
                reverse.setdefault(target, {})[way_back] = self._model
        return Roles(subject, self._index, reverse)

    @cached_property
    def _index(self) -> Index:
        roots = {PurePosixPath(), self._project.sources}
        for app in self._project.apps:
            depth = len(app.package.split("."))
            roots.add(PurePosixPath(*app.path.parts[: len(app.path.parts) - depth]))
        return Index(tuple(sorted(roots)), self._read, self._models)

    @cached_property
    def _models(self) -> Mapping[str, str]:
        from django.apps import apps

        return {model._meta.label: f"{model.__module__}.{model.__qualname__}" for model in apps.get_models()}

    def _read(self, path: PurePosixPath) -> bytes | None:
        place = self._root / path
        return place.read_bytes() if place.is_file() else None

    def _mentioning(self, words: Collection[str]) -> list[PurePosixPath]:
        """Return the files that say one of the words, as part of another or not.

        Where these are very many, the word says little, and only those count that say what the entity is called, too.
        """
        said = re.compile(b"|".join(re.escape(word.encode()) for word in sorted(words)))
        name = Name(self._entity.name, self._entity.plural)
        called = re.compile(b"|".join(re.escape(form.encode()) for form in (name.pascal, name.snake, name.plural)))
        contents = {path: (self._root / path).read_bytes() for path in written_files(self._root)}
        found = [path for path, content in contents.items() if said.search(content)]
        if len(found) <= _MOST_READ:
            return found
        return [path for path in found if called.search(contents[path])]

    def _contents(self, files: Iterable[PurePosixPath], draft: Draft) -> Iterator[tuple[PurePosixPath, bytes]]:
        for path in files:
            content = draft.glance(path)
            if content is not None:
                yield path, content

    def _other_entities(self) -> Iterator[EntitySpec]:
        for app in self._project.apps:
            for ledger in sorted((self._root / app.path / ".layers").glob("*.json")):
                content = ledger.read_bytes()
                # Of a project of hundreds of entities, those that embed something of this one are few.
                if b'"embed"' in content and self._entity.name.encode() in content:
                    yield from_data(json.loads(content)["spec"])


def listed_references(left: Iterable[Leftover], names: Collection[str]) -> str:
    """Return the places that still say names, a line each, under a sentence that says so."""
    return f"The project still says {_named(names)}:\n" + _shown(list(left))


def _stale(subject: Subject) -> Subject:
    """Return what should no longer be said; a name that one field gives up and another one takes is right where it is."""
    taken = {new for _, new in subject.forms.pairs}
    members = {owner: {old: "" for old in names if old not in taken} for owner, names in subject.members.items()}
    return replace(subject, members=members, words=subject.words - taken, texts={}, inside={})


def _last_parts(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.rpartition(".")[2] for name in names)


def _named(names: Iterable[str]) -> str:
    return " and ".join(sorted(names))


def _shown(left: list[Leftover]) -> str:
    lines = [f"    {leftover}" for leftover in left[:_MOST_SHOWN]]
    more = len(left) - len(lines)
    return "\n".join([*lines, f"    and {more} more"] if more else lines)
