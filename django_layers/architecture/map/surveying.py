"""From the files of a project to its map."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from django_layers.architecture.checking import Report, Violation, check
from django_layers.architecture.configuration.finding import find_configuration
from django_layers.architecture.errors import ConfigurationIsWrong
from django_layers.architecture.facts.statements import ClassFacts, FunctionFacts, ModuleFacts
from django_layers.architecture.inference.inference import Inference
from django_layers.architecture.map.atlas import Atlas, Entity, File, Relation, Use, Wrong
from django_layers.architecture.map.details import endpoints_of, queries_of
from django_layers.architecture.map.mounts import Mounts
from django_layers.architecture.map.remembering import MapMemory
from django_layers.architecture.names.entities import longest_known, snake_case
from django_layers.architecture.names.model import Model
from django_layers.architecture.names.models import Models
from django_layers.architecture.names.project import Project
from django_layers.architecture.names.symbols import Module
from django_layers.architecture.reading import is_read, read_source
from django_layers.architecture.rules.targets import targets
from django_layers.architecture.tree.discovery import arrange
from django_layers.architecture.tree.surveying import Survey, existing, survey

__all__ = ["draw"]


def draw(paths: Sequence[Path], *, remember: bool = False) -> Atlas:
    """Return the map of the project around some paths.

    Args:
        paths: folders and Python files.
        remember: whether what is found is kept in the project, and taken from there where nothing has changed.

    Raises:
        CheckError: there is no layered app there, or the configuration is wrong.
    """
    report = check(paths, remember=remember)
    if report.is_refused:
        raise ConfigurationIsWrong(report.violations[0].message)
    layout = report.configuration.layout
    chosen = [existing(path) for path in paths]
    found = survey(chosen, layout)
    if not remember:
        return _drawn(report, found)
    file = find_configuration(chosen)
    memory = MapMemory(report.root, found, file.text if file else "", report.violations)
    atlas = memory.recall()
    if atlas is None:
        atlas = _drawn(report, found)
        memory.keep(atlas)
    return atlas


def _drawn(report: Report, found: Survey) -> Atlas:
    tree = arrange(found, report.configuration.layout)
    facts = {source: read_source(source, {}) for source in tree.sources if is_read(source)}
    read = [(source, one) for source, one in facts.items() if isinstance(one, ModuleFacts)]
    return _Drawing(Project(read, tree.aliases), report.root, report.violations).atlas(report.apps)


class _Drawing:
    def __init__(self, project: Project, root: Path, violations: Sequence[Violation]) -> None:
        self._project = project
        self._models = Models(project)
        self._inference = Inference(project, self._models)
        self._mounts = Mounts(project)
        self._root = root
        self._violations = violations
        self._modules = [one for one in project.modules.values() if one.source.place.app]
        self._at = {one.source.path: one for one in self._modules}
        self._entities = [
            one for one in self._models.by_name.values() if one.symbol.module.source.place.app and not one.is_abstract
        ]
        self._known: dict[str, dict[str, str]] = {}
        for one in self._entities:
            self._known.setdefault(one.symbol.module.source.place.app, {})[one.symbol.facts.name] = one.name

    def atlas(self, apps: Sequence[str]) -> Atlas:
        """Return the map."""
        files = [File(one.name, self._path(one), *self._place(one), self._about(one)) for one in self._shown()]
        return Atlas(
            title=self._root.name,
            apps=tuple(apps),
            files=tuple(sorted(files, key=lambda one: one.name)),
            entities=tuple(sorted(map(_entity, self._entities), key=lambda one: one.name)),
            endpoints=tuple(found for one in self._modules for found in endpoints_of(one, self._mounts)),
            queries=tuple(found for one in self._modules for found in queries_of(one, self._inference)),
            uses=tuple(sorted(self._uses(), key=lambda one: (one.source, one.target))),
            wrong=tuple(
                Wrong(self._at[one.path].name, one.line, one.code, one.message, one.severity)
                for one in self._violations
                if one.path in self._at
            ),
        )

    def _shown(self) -> Iterator[Module]:
        """Walk the modules that hold anything: not the `__init__` that only hands on."""
        wrong = {one.path for one in self._violations}
        for one in self._modules:
            holds = any(isinstance(statement, ClassFacts | FunctionFacts) for statement in one.facts.body)
            if not one.source.is_package or holds or one.source.path in wrong:
                yield one

    def _path(self, module: Module) -> str:
        path = module.source.path
        return (path.relative_to(self._root) if path.is_relative_to(self._root) else path).as_posix()

    def _place(self, module: Module) -> tuple[str, str]:
        return module.source.place.app, module.source.place.part

    def _about(self, module: Module) -> tuple[str, ...]:
        """Return the entities that a module is about: by its own name, or by the names of its classes."""
        known = self._known.get(module.source.place.app, {})
        by_file = {snake_case(name): name for name in known}
        stem = module.name.rpartition(".")[2]
        if stem in by_file:
            return (known[by_file[stem]],)
        names = [one.name.removeprefix("Django") for one in module.facts.body if isinstance(one, ClassFacts)]
        found = {known[name] for one in names if (name := longest_known(one, known))}
        return tuple(sorted(found))

    def _uses(self) -> Iterator[Use]:
        found: dict[tuple[str, str], set[str]] = {}
        lines: dict[tuple[str, int], set[str]] = {}
        for one in self._modules:
            for target in targets(one, self._project):
                if target.module.source.place.app and target.module is not one:
                    found.setdefault((one.name, target.module.name), set())
                    lines.setdefault((one.name, target.one.line), set()).add(target.module.name)
        for wrong in self._violations:
            module = self._at.get(wrong.path)
            if module is None:
                continue
            model = self._models.by_name.get(wrong.target)
            leads_to = lines.get((module.name, wrong.line), set()) | ({model.symbol.module.name} if model else set())
            for target_name in leads_to - {module.name}:
                found.setdefault((module.name, target_name), set()).add(wrong.code)
        for (source, target_name), codes in found.items():
            yield Use(source, target_name, tuple(sorted(codes)))


def _entity(model: Model) -> Entity:
    relations = [Relation(name, target, False) for name, target in model.to_one.items() if name in model.fields]
    relations += [Relation(name, target, True) for name, target in model.to_many.items() if name in model.fields]
    return Entity(
        name=model.name,
        app=model.symbol.module.source.place.app,
        label=model.symbol.facts.name,
        fields=tuple(model.fields),
        relations=tuple(sorted(relations, key=lambda one: one.field)),
    )
