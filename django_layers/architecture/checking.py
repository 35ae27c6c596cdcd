"""A whole check: from paths to violations."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from django_layers.architecture.analysis import Analysis, analyse
from django_layers.architecture.cache.memory import Memory
from django_layers.architecture.codes import TOOL_CODES
from django_layers.architecture.configuration.configuration import IMPORT_CONTEXTS, OFF, Configuration, names_app
from django_layers.architecture.configuration.finding import ConfigurationFile, find_configuration
from django_layers.architecture.configuration.problems import Problems
from django_layers.architecture.configuration.reading import read_configuration
from django_layers.architecture.errors import NothingLayered
from django_layers.architecture.judging import Outcome
from django_layers.architecture.rules import RULES
from django_layers.architecture.suppressions import FileSuppressions, suppressed
from django_layers.architecture.tree.surveying import existing, survey
from django_layers.architecture.violations import ERROR, WARNING, Violation

__all__ = ["CODES", "Report", "Violation", "check"]

CODES = frozenset({*(rule.code for rule in RULES), *(one.code for one in TOOL_CODES)})
"""Every code that a violation can have."""

_ABOUT_NAMES = frozenset({"L201", "L202", "L203", "L204", "L305", "L401", "L406", "L407"})
"""The rules about what is outside of the project, which a configuration can allow by name."""


class Report(NamedTuple):
    """What a check found.

    Attributes:
        violations: sorted by place.
        apps: the layered apps.
        files: how many files were read.
        root: the folder of the project, where what belongs to all of it is kept.
        configuration: what the check was configured by.
        suppressed: how many violations comments suppress.
        is_whole: whether all of the project was asked about.
        is_refused: whether the configuration is wrong, so that nothing was checked.
    """

    violations: tuple[Violation, ...]
    apps: tuple[str, ...]
    files: int
    root: Path = Path()
    configuration: Configuration = Configuration()
    suppressed: int = 0
    is_whole: bool = True
    is_refused: bool = False

    @property
    def errors(self) -> int:
        """How many of the violations are errors."""
        return sum(one.severity == ERROR for one in self.violations)


def check(paths: Sequence[Path], texts: Mapping[Path, bytes] | None = None, *, remember: bool = False) -> Report:
    """Check the layers of the apps at some paths.

    Args:
        paths: folders and Python files.
        texts: what is in files instead of what the disk has, by their absolute paths.
        remember: whether what is found is kept in the project, and taken from there where nothing has changed.

    Raises:
        CheckError: there is nothing to check there.
    """
    texts = texts or {}
    chosen = [existing(path, texts) for path in paths]
    file = find_configuration(chosen)
    configuration, problems = read_configuration(file, CODES)
    if problems:
        return Report(tuple(sorted(problems)), (), 0, Path.cwd(), is_refused=True)
    found = survey(chosen, configuration.layout, texts)
    closed = [
        _closed(path, reason)
        for path, reason in found.closed
        if found.is_chosen(path) and not configuration.layout.excluding(path)
    ]
    root = configuration.layout.folder or found.roots[0]
    memory = Memory(root, found, file.text.encode() if file else b"") if remember else None
    try:
        analysis = analyse(found, configuration, texts, memory)
    except NothingLayered:
        if not closed:
            raise
        # What is layered may be in there.
        return Report(tuple(sorted(closed)), (), 0, root=root, configuration=configuration, is_whole=found.is_whole)
    problems = tuple(_unknown_names(configuration, file, analysis))
    if problems:
        return Report(tuple(sorted(problems)), analysis.apps, 0, Path.cwd(), is_refused=True)
    allowed = _Allowed(configuration, analysis.outcomes.values())
    kept, count = suppressed(_levelled(configuration, allowed.rest), _suppressions(configuration, analysis))
    kept += allowed.needless(file) if found.is_whole else []
    return Report(
        tuple(sorted({*_levelled(configuration, [*kept, *closed])})),
        analysis.apps,
        analysis.files,
        root=root,
        configuration=configuration,
        suppressed=count,
        is_whole=found.is_whole,
    )


def _closed(folder: Path, reason: str) -> Violation:
    return Violation(
        path=folder,
        line=1,
        column=1,
        code="L005",
        symbol=folder.name,
        target=folder.name,
        message=f"The folder cannot be looked into: {reason}.",
        hint="Let it be read, or exclude it; what is not read cannot be called clean.",
        severity=ERROR,
    )


def _suppressions(configuration: Configuration, analysis: Analysis) -> dict[Path, FileSuppressions]:
    today = datetime.now(UTC).date()
    return {
        source.path: FileSuppressions(source, outcome.suppressions, CODES, today)
        for source, outcome in analysis.outcomes.items()
        if outcome.suppressions and configuration.level_of(source.place.app) != OFF
    }


def _levelled(configuration: Configuration, violations: Iterable[Violation]) -> Iterator[Violation]:
    """Give violations the severity that the configuration says, and leave out what it switches off."""
    for one in violations:
        level = configuration.level_of(one.app) if one.app else ""
        severity = _severity(configuration, one)
        if OFF in (level, severity):
            continue
        if level == "warn":
            severity = WARNING
        elif level == "strict":
            severity = ERROR
        yield one if severity == one.severity else one._replace(severity=severity)


def _severity(configuration: Configuration, one: Violation) -> str:
    """Return what the configuration says of a rule, and of the way in which something is imported."""
    of_rule = configuration.severities.get(one.code)
    if of_rule == OFF:
        return OFF
    if one.context in IMPORT_CONTEXTS:
        # Unless something is said of them, imports for type checking stay warnings.
        default = one.severity if one.context == "type-checking" else of_rule or one.severity
        return configuration.severities.get(one.context, default)
    return of_rule or one.severity


class _Allowed:
    """Leaves out what the configuration allows by name, and knows what it allows for nothing."""

    def __init__(self, configuration: Configuration, outcomes: Iterable[Outcome]) -> None:
        self._configuration = configuration
        self._used: set[tuple[str, str]] = set()
        self.rest = [one for outcome in outcomes for one in outcome.violations if not self._is_allowed(one)]

    def needless(self, file: ConfigurationFile | None) -> list[Violation]:
        """Return a violation for every allowed name that nothing needs."""
        if file is None:
            return []
        problems = Problems(file)
        for layer, names in self._configuration.allowed.items():
            for name in names:
                if (layer, name) not in self._used:
                    message = f"{layer} may use {name}, and nothing there needs to."
                    problems.add("L015", ("allowed", layer, name), message, f"Take {name} out of allowed.{layer}.")
        return problems.found

    def _is_allowed(self, one: Violation) -> bool:
        if one.code not in _ABOUT_NAMES:
            return False
        hits = [
            name
            for name in self._configuration.allowed.get(one.part, ())
            if one.target == name or one.target.startswith(f"{name}.")
        ]
        self._used.update((one.part, name) for name in hits)
        return bool(hits)


def _unknown_names(
    configuration: Configuration, file: ConfigurationFile | None, analysis: Analysis
) -> Iterator[Violation]:
    """Walk the apps and the patterns of the configuration that match nothing."""
    if file is None:
        return
    problems = Problems(file)
    for key, pattern in analysis.tree.unmatched if analysis.tree else ():
        if analysis.tree and key == "apps":
            sources = analysis.tree.sources
            packages = {source.name for source in sources if source.is_package and not source.place.layer}
            problems.unknown("L013", "package", ("apps", pattern), packages)
        else:
            text = f"{pattern} excludes nothing: no Python file matches it."
            problems.add("L015", (key, pattern), text, f"Take it out of {key}, or mend it.")
    for pattern in configuration.levels:
        if any(names_app(pattern, app) for app in analysis.apps):
            continue
        if any(one in pattern for one in "*?["):
            text = f"{pattern} matches no layered app."
            problems.add("L015", ("levels", pattern), text, "Take it out of levels, or mend it.")
        else:
            problems.unknown("L013", "layered app", ("levels", pattern), analysis.apps)
    yield from problems.found
