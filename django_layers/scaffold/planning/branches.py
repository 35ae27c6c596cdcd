"""What two branches made of one entity, where their merge left conflict markers in its ledger."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django_layers.scaffold.language.names import Name
from django_layers.scaffold.language.spec import EntitySpec
from django_layers.scaffold.planning.evolution import generated
from django_layers.scaffold.plans.ledger import Asked, Ledger
from django_layers.scaffold.plans.ledger_reading import read_unmerged
from django_layers.scaffold.plans.spec_data import from_data
from django_layers.scaffold.project.discovery import Project
from django_layers.scaffold.project.facts import ProjectFacts
from django_layers.scaffold.project.layout import AppLayout
from django_layers.scaffold.request.entity_change import joined

__all__ = ["Branches", "branches_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Branches:
    """An entity that two branches changed.

    Attributes:
        asked: what either branch asks for.
        entity: all that either of them asks for; where they differ, what the first one says.
        undecided: where they differ, by the name of the field or the option, in words.
    """

    asked: tuple[Asked, Asked]
    entity: EntitySpec
    undecided: Mapping[str, str]

    def base(self, project: Project, app: AppLayout, facts: ProjectFacts) -> Ledger:
        """Return what the files were generated as: by whichever branch each of them is more like, after the merge.

        What the other branch added is new to that: it lands where the merge of the code has lost it, and is nothing to do
        where it is there.

        Args:
            project: the project.
            app: the layout of the entity's app.
            facts: the project, without what was generated for the entity.
        """
        ours, theirs = (generated(project, app, from_data(asked.spec), facts) for asked in self.asked)
        skipped = {**self.asked[0].skipped, **self.asked[1].skipped}
        files = [file if (other := theirs.file(file.path)) is None else other for file in ours.files]
        for index, file in enumerate(ours.files):
            path = project.layout.root / file.path
            content = path.read_bytes() if path.is_file() else b""
            if _share_of(file.text, content) >= _share_of(files[index].text, content):
                files[index] = file
        files += (file for file in theirs.files if ours.file(file.path) is None)
        return replace(ours, files=tuple(replace(file, skipped=skipped.get(file.path, ())) for file in files))


def _share_of(text: str, content: bytes) -> float:
    """Return how many of the lines of a text are in a file, from 0 to 1."""
    lines = {line.strip() for line in text.splitlines()}
    there = {line.strip() for line in content.decode(errors="replace").splitlines()}
    return len(lines & there) / max(len(lines), 1)


def branches_of(project: Project, app: AppLayout, name: str) -> Branches | None:
    """Return what two branches made of an entity; None where its ledger is not in conflict.

    Args:
        project: the project.
        app: the layout of the entity's app.
        name: its class name.

    Raises:
        LedgerUnreadable: one side of the ledger can't be read.
    """
    asked = read_unmerged(project.layout.root, app.path, Name(name).snake) if name.isidentifier() else None
    if asked is None:
        return None
    entity, undecided = joined(*(from_data(each.spec) for each in asked))
    return Branches(asked=asked, entity=entity, undecided=undecided)
