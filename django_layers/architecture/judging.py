"""From one module to what is wrong with it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from django_layers.architecture.codes import TOOL_CODES
from django_layers.architecture.facts.read_module import Unreadable
from django_layers.architecture.facts.statements import ModuleFacts
from django_layers.architecture.facts.suppression import Suppression
from django_layers.architecture.inference.inference import Inference
from django_layers.architecture.names.models import Models
from django_layers.architecture.names.project import Project
from django_layers.architecture.names.symbols import Module
from django_layers.architecture.question import Question
from django_layers.architecture.rules.finding import Finding, Rule, Subject
from django_layers.architecture.rules.targets import Target
from django_layers.architecture.tree.discovery import Source
from django_layers.architecture.tree.places import UNASSIGNED
from django_layers.architecture.violations import WARNING, Violation

__all__ = ["Outcome", "judge", "judge_all", "outcome_of_file"]

_UNREADABLE = {"syntax": "L001", "encoding": "L002", "nesting": "L003", "missing": "L002"}
_NOT_PLACED = "L004"
_SEVERITIES = {one.code: one.severity for one in TOOL_CODES}


class Outcome(NamedTuple):
    """What is found in one file.

    Attributes:
        violations: what is wrong with it.
        suppressions: the comments of it that suppress violations.
    """

    violations: tuple[Violation, ...] = ()
    suppressions: tuple[Suppression, ...] = ()


def outcome_of_file(source: Source, read: ModuleFacts | Unreadable) -> Outcome:
    """Return what is found in a file before any rule looks at it.

    Args:
        source: the file.
        read: what it says, or why it cannot be read.
    """
    violations = []
    if isinstance(read, Unreadable):
        violations.append(_unreadable(source, read))
    if source.place.part == UNASSIGNED:
        violations.append(_not_placed(source))
    is_heard = isinstance(read, ModuleFacts) and source.place.app
    return Outcome(tuple(violations), read.suppressions if is_heard and isinstance(read, ModuleFacts) else ())


def judge_all(
    project: Project, models: Models, sources: Iterable[Source], question: Question, outcomes: dict[Source, Outcome]
) -> None:
    """Add what breaks the rules in some modules to what is found in them.

    Args:
        project: the modules.
        models: their models.
        sources: the modules that can be read, app by app.
        question: what is asked.
        outcomes: what is found in each file before any rule looks at it.
    """
    inference = Inference(project, models)
    shared: dict[str, tuple[Target, ...]] = {}
    app = ""
    for source in sources:
        if not source.place.app or not question.is_asked(source.path):
            continue
        if source.place.app != app:
            # Of other apps little is asked again.
            inference.forget_traces()
            app = source.place.app
        module = project.modules[source.name]
        violations = judge(Subject(module, project, models, inference, question.forbidden, shared), question.rules)
        before = outcomes[source]
        outcomes[source] = before._replace(violations=(*before.violations, *sorted(set(violations))))


def judge(subject: Subject, rules: Sequence[Rule]) -> Iterator[Violation]:
    """Walk what breaks the rules in a module.

    Args:
        subject: the module.
        rules: the rules that are on.
    """
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
        severity=WARNING if finding.context == "type-checking" else rule.severity,
        context=finding.context,
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
