"""Renamed fields in the answers of other entities: what these embed of a row has its new name too."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django_layers.scaffold.language.names import Name
from django_layers.scaffold.language.spec import EntitySpec
from django_layers.scaffold.planning.addentity import layered_app
from django_layers.scaffold.planning.draft import Draft
from django_layers.scaffold.planning.evolution import draft_evolution
from django_layers.scaffold.plans.ledger import Ledger
from django_layers.scaffold.plans.ledger_reading import read_ledger
from django_layers.scaffold.project.discovery import Project
from django_layers.scaffold.project.facts import ProjectFacts
from django_layers.scaffold.project.layout import AppLayout
from django_layers.scaffold.project.references import targets_of
from django_layers.scaffold.project.registry import project_facts
from django_layers.scaffold.renaming.entities import with_renamed_embeds
from django_layers.scaffold.rendering.render import Rendered, render_entity

__all__ = ["Embedding", "draft_embedded", "embeddings_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedding:
    """An entity whose answers embed fields that get new names.

    Attributes:
        app: the layout of its app.
        before: the entity as it was generated.
        after: the entity with the new names.
        ledger: what was generated for it.
        facts: the project with the entity that it embeds as that is to be, without what was generated for itself.
    """

    app: AppLayout
    before: EntitySpec
    after: EntitySpec
    ledger: Ledger
    facts: ProjectFacts

    def texts(self, project: Project) -> Iterator[tuple[Rendered, Rendered]]:
        """Give what is generated for it and says something else afterwards, before and after."""
        old, new = (
            render_entity(
                entity, self.app, project.layout, targets_of(entity, project, facts), present=self.facts.present
            )
            for entity, facts in ((self.before, project_facts(project, self.before)), (self.after, self.facts))
        )
        yield from ((one, other) for one, other in zip(old, new, strict=True) if one.text != other.text)


def embeddings_of(
    project: Project, entity: EntitySpec, others: Iterable[EntitySpec], renames: Mapping[str, str]
) -> tuple[Embedding, ...]:
    """Return what becomes of the entities that embed fields of another one.

    Args:
        project: the project as it is.
        entity: the entity whose fields have new names, as it is to be.
        others: the entities that embed one of these, as they were generated.
        renames: the new name of each field.

    Raises:
        AppNotLayered: the app of one has no layers any more.
        LedgerUnreadable: what was generated for one can't be known.
    """
    label = f"{entity.app_label}.{entity.name}"
    found = []
    for other in others:
        after = with_renamed_embeds(other, label, renames, user_model=project.layout.user_model)
        app = layered_app(project, other.app_label)
        ledger = read_ledger(project.layout.root, app.path, Name(other.name, other.plural).snake)
        assert ledger is not None  # It says that the entity embeds something.
        facts = project_facts(project, after, planned={label: entity})
        found.append(Embedding(app=app, before=other, after=after, ledger=ledger, facts=facts))
    return tuple(found)


def draft_embedded(
    project: Project, embeddings: Sequence[Embedding], ledgers: Sequence[Ledger], names: Iterable[str], draft: Draft
) -> None:
    """Evolve the entities that embed fields with new names, and say so.

    Args:
        project: the project as it is.
        embeddings: the entities.
        ledgers: what was generated for each, with the new names in it.
        names: the new names.
        draft: takes the changed files, and a sentence for each entity.
    """
    for each, ledger in zip(embeddings, ledgers, strict=True):
        draft_evolution(project, each.app, ledger, each.after, facts=each.facts, draft=draft)
        shown = {name for field in each.after.fields for name in field.embed} & {*names}
        draft.notices.append(
            f"{each.after.app_label}.{each.after.name} shows {' and '.join(sorted(shown))} too, and answers with the "
            "new name from now on."
        )
