"""A whole check: from paths to violations."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django_layers.architecture.facts.read_module import Unreadable, read_module
from django_layers.architecture.facts.statements import ModuleFacts
from django_layers.architecture.inference.inference import Inference
from django_layers.architecture.names.models import Models
from django_layers.architecture.names.project import Project
from django_layers.architecture.rules import RULES
from django_layers.architecture.rules.finding import Finding, Rule, Subject
from django_layers.architecture.tree.discovery import Source, discover
from django_layers.architecture.tree.places import UNASSIGNED

__all__ = ["Report", "Violation", "check"]

_UNREADABLE = {"syntax": "L001", "encoding": "L002", "nesting": "L003", "missing": "L002"}
_NOT_PLACED = "L004"
_SKIPPED = frozenset({"tests", "migrations", "conftest"})


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Violation:
    """One place where a boundary is crossed.

    Attributes:
        path: the file.
        line: where, counted from 1.
        column: where, counted from 1 in characters.
        code: the rule.
        symbol: the function or class that it stands in; the dotted module for what is in neither.
        target: what it is about: the dotted name of a model, a module, a method.
        message: what is wrong, in one sentence.
        hint: the way out.
        severity: "error" or "warning".
    """

    path: Path
    line: int
    column: int
    code: str
    symbol: str
    target: str
    message: str
    hint: str
    severity: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found.

    Attributes:
        violations: sorted by place.
        apps: the layered apps.
        files: how many files were read.
    """

    violations: tuple[Violation, ...]
    apps: tuple[str, ...]
    files: int

    @property
    def errors(self) -> int:
        """How many of the violations are errors."""
        return sum(one.severity == "error" for one in self.violations)


def check(paths: Sequence[Path]) -> Report:
    """Check the layers of the apps at some paths.

    Args:
        paths: folders and Python files.

    Raises:
        CheckError: there is nothing to check there.
    """
    tree = discover(paths)
    facts: list[tuple[Source, ModuleFacts]] = []
    violations: list[Violation] = []
    sources = [source for source in tree.sources if source.place.part not in _SKIPPED]
    for source in sources:
        read = _read(source)
        if isinstance(read, ModuleFacts):
            facts.append((source, read))
        elif tree.is_chosen(source.path):
            violations.append(_unreadable(source, read))
        if source.place.part == UNASSIGNED and tree.is_chosen(source.path):
            violations.append(_not_placed(source))
    project = Project(facts, tree.aliases)
    models = Models(project)
    inference = Inference(project, models)
    for module in project.modules.values():
        if module.source.place.app and tree.is_chosen(module.source.path):
            violations += _of_module(Subject(module, project, models, inference))
    return Report(tuple(sorted(set(violations))), tree.apps, len(sources))


def _read(source: Source) -> ModuleFacts | Unreadable:
    try:
        return read_module(source.path.read_bytes())
    except OSError as error:
        return Unreadable("missing", f"it cannot be opened: {error.strerror}")


def _of_module(subject: Subject) -> Iterator[Violation]:
    for rule in RULES:
        if subject.part in rule.parts and rule.severity != "off":
            for finding in rule.check(subject):
                yield _violation(subject, rule, finding)


def _violation(subject: Subject, rule: Rule, finding: Finding) -> Violation:
    module = subject.module
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
    )


def _unreadable(source: Source, why: Unreadable) -> Violation:
    return Violation(
        path=source.path,
        line=why.line,
        column=why.column,
        code=_UNREADABLE[why.kind],
        symbol=source.name,
        target=source.name,
        message=f"The file cannot be checked: {why.reason}.",
        hint="Mend the file; what is not read cannot be called clean.",
        severity="error",
    )


def _not_placed(source: Source) -> Violation:
    return Violation(
        path=source.path,
        line=1,
        column=1,
        code=_NOT_PLACED,
        symbol=source.name,
        target=source.name,
        message=f"{source.name} is in a layered app, and neither in a layer nor a module that Django knows.",
        hint="Move what it holds into the layers that it belongs to; what several layers share goes into types.",
        severity="warning",
    )
