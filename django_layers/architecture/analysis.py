"""From the modules of a tree to what the rules find in them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django_layers.architecture.codes import TOOL_CODES
from django_layers.architecture.configuration.configuration import OFF, Configuration
from django_layers.architecture.facts.read_module import Unreadable, read_module
from django_layers.architecture.facts.statements import ModuleFacts
from django_layers.architecture.facts.suppression import Suppression
from django_layers.architecture.inference.inference import Inference
from django_layers.architecture.names.models import Models
from django_layers.architecture.names.project import Project
from django_layers.architecture.names.symbols import Module
from django_layers.architecture.rules import RULES
from django_layers.architecture.rules.finding import Finding, Rule, Subject
from django_layers.architecture.tree.discovery import Source, Tree
from django_layers.architecture.tree.places import UNASSIGNED
from django_layers.architecture.violations import Violation

__all__ = ["Analysis", "analyse"]

_UNREADABLE = {"syntax": "L001", "encoding": "L002", "nesting": "L003", "missing": "L002"}
_NOT_PLACED = "L004"
_SEVERITIES = {one.code: one.severity for one in TOOL_CODES}
_SKIPPED = frozenset({"tests", "migrations", "conftest"})


@dataclass(slots=True)
class Analysis:
    """What is found in a tree before anything is suppressed, moved to another severity or known already.

    Attributes:
        violations: of the modules that the request names.
        suppressions: the comments of those modules, by their sources.
        files: how many files were read.
    """

    violations: list[Violation] = field(default_factory=list)
    suppressions: dict[Source, tuple[Suppression, ...]] = field(default_factory=dict)
    files: int = 0


def analyse(tree: Tree, configuration: Configuration, texts: Mapping[Source, bytes]) -> Analysis:
    """Find what breaks the rules.

    Args:
        tree: the modules.
        configuration: what the project says of its layers.
        texts: what is in files instead of what the disk has.
    """
    sources = [source for source in tree.sources if source.place.part not in _SKIPPED]
    analysis = Analysis(files=len(sources))
    facts: list[tuple[Source, ModuleFacts]] = []
    for source in sources:
        read = _read(source, texts)
        chosen = tree.is_chosen(source.path)
        if isinstance(read, ModuleFacts):
            facts.append((source, read))
            if chosen and read.suppressions and source.place.app:
                analysis.suppressions[source] = read.suppressions
        elif chosen:
            analysis.violations.append(_unreadable(source, read))
        if source.place.part == UNASSIGNED and chosen:
            analysis.violations.append(_not_placed(source))
    project = Project(facts, tree.aliases)
    models = Models(project)
    inference = Inference(project, models)
    rules = [rule for rule in RULES if configuration.severities.get(rule.code, rule.severity) != OFF]
    for module in project.modules.values():
        if module.source.place.app and tree.is_chosen(module.source.path):
            subject = Subject(module, project, models, inference, configuration.forbidden)
            analysis.violations += _of_module(subject, rules)
    return analysis


def _read(source: Source, texts: Mapping[Source, bytes]) -> ModuleFacts | Unreadable:
    try:
        return read_module(texts[source] if source in texts else source.path.read_bytes())
    except OSError as error:
        return Unreadable("missing", f"it cannot be opened: {error.strerror}")


def _of_module(subject: Subject, rules: Sequence[Rule]) -> Iterator[Violation]:
    for rule in rules:
        if subject.part in rule.parts:
            for finding in rule.check(subject):
                yield _violation(subject, rule, finding)


def _violation(subject: Subject, rule: Rule, finding: Finding) -> Violation:
    module = subject.module
    place = module.source.place
    return Violation(
        path=module.source.path,
        line=finding.line,
        column=module.facts.column(finding.line, finding.column),
        code=rule.code,
        symbol=finding.symbol or module.name,
        target=finding.target,
        message=finding.message,
        hint=finding.hint,
        severity=finding.severity or rule.severity,
        app=place.app,
        part=place.part,
        identity=(f"{place.part}:{finding.symbol}", _without_file(finding.target, subject.project.modules)),
    )


def _without_file(name: str, modules: Mapping[str, Module]) -> str:
    """Return a dotted name with the app and the part of it in place of the module, whose file may be renamed."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        module = modules.get(".".join(parts[:length]))
        if module is not None and module.source.place.app:
            return ":".join((module.source.place.app, module.source.place.part, ".".join(parts[length:])))
    return name


def _unreadable(source: Source, why: Unreadable) -> Violation:
    return _of_file(
        source,
        _UNREADABLE[why.kind],
        f"The file cannot be checked: {why.reason}.",
        "Mend the file; what is not read cannot be called clean.",
        line=why.line,
        column=why.column,
    )


def _not_placed(source: Source) -> Violation:
    return _of_file(
        source,
        _NOT_PLACED,
        f"{source.name} is in a layered app, and neither in a layer nor a module that Django knows.",
        "Move what it holds into the layers that it belongs to; what several layers share goes into types.",
    )


def _of_file(source: Source, code: str, message: str, hint: str, *, line: int = 1, column: int = 1) -> Violation:
    return Violation(
        path=source.path,
        line=line,
        column=column,
        code=code,
        symbol=source.name,
        target=source.name,
        message=message,
        hint=hint,
        severity=_SEVERITIES[code],
        app=source.place.app,
        part=source.place.part,
        identity=(source.name, source.name) if code == _NOT_PLACED else (),
    )
