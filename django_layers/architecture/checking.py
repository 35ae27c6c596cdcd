"""A whole check: from paths to violations."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from django_layers.architecture.analysis import analyse
from django_layers.architecture.codes import TOOL_CODES
from django_layers.architecture.configuration.configuration import OFF, Configuration, names_app
from django_layers.architecture.configuration.finding import find_configuration
from django_layers.architecture.configuration.problems import Problems
from django_layers.architecture.configuration.reading import read_configuration
from django_layers.architecture.rules import RULES
from django_layers.architecture.suppressions import FileSuppressions, suppressed
from django_layers.architecture.tree.discovery import Tree, discover, existing
from django_layers.architecture.violations import ERROR, WARNING, Violation

__all__ = ["CODES", "Report", "Violation", "check"]

CODES = frozenset({*(rule.code for rule in RULES), *(one.code for one in TOOL_CODES)})
"""Every code that a violation can have."""

_ABOUT_NAMES = frozenset({"L201", "L202", "L203", "L204", "L305", "L401", "L406", "L407"})
"""The rules about what is outside of the project, which a configuration can allow by name."""


@dataclass(frozen=True, slots=True)
class Report:
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
    root: Path = field(default_factory=Path.cwd)
    configuration: Configuration = field(default_factory=Configuration)
    suppressed: int = 0
    is_whole: bool = True
    is_refused: bool = False

    @property
    def errors(self) -> int:
        """How many of the violations are errors."""
        return sum(one.severity == ERROR for one in self.violations)


def check(paths: Sequence[Path], texts: Mapping[Path, bytes] | None = None) -> Report:
    """Check the layers of the apps at some paths.

    Args:
        paths: folders and Python files.
        texts: what is in files instead of what the disk has, by their absolute paths.

    Raises:
        CheckError: there is nothing to check there.
    """
    texts = texts or {}
    chosen = [existing(path, texts) for path in paths]
    configuration, problems = read_configuration(chosen, CODES)
    if problems:
        return Report(tuple(sorted(problems)), (), 0, is_refused=True)
    tree = discover(chosen, configuration.layout, texts)
    problems = tuple(_unknown_names(configuration, tree, chosen))
    if problems:
        return Report(tuple(sorted(problems)), tree.apps, 0, is_refused=True)
    replaced = {source: texts[source.path] for source in tree.sources if source.path in texts}
    analysis = analyse(tree, configuration, replaced)
    today = datetime.now(UTC).date()
    files = {
        source.path: FileSuppressions(source, comments, CODES, today)
        for source, comments in analysis.suppressions.items()
        if configuration.level_of(source.place.app) != OFF
    }
    allowed = _Allowed(configuration, analysis.violations)
    kept, count = suppressed(_levelled(configuration, allowed.rest), files)
    kept += allowed.needless(chosen) if tree.is_whole else []
    kept = sorted({*_levelled(configuration, kept)})
    return Report(
        tuple(kept),
        tree.apps,
        analysis.files,
        root=configuration.layout.folder or tree.roots[0],
        configuration=configuration,
        suppressed=count,
        is_whole=tree.is_whole,
    )


def _levelled(configuration: Configuration, violations: Iterable[Violation]) -> Iterator[Violation]:
    """Give violations the severity that the configuration says, and leave out what it switches off."""
    for one in violations:
        level = configuration.level_of(one.app) if one.app else ""
        severity = configuration.severities.get(one.code, one.severity)
        if OFF in (level, severity):
            continue
        if level == "warn":
            severity = WARNING
        elif level == "strict":
            severity = ERROR
        yield one if severity == one.severity else replace(one, severity=severity)


class _Allowed:
    """Leaves out what the configuration allows by name, and knows what it allows for nothing."""

    def __init__(self, configuration: Configuration, violations: Iterable[Violation]) -> None:
        self._configuration = configuration
        self._used: set[tuple[str, str]] = set()
        self.rest = [one for one in violations if not self._is_allowed(one)]

    def needless(self, paths: Sequence[Path]) -> list[Violation]:
        """Return a violation for every allowed name that nothing needs."""
        file = find_configuration(paths)
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


def _unknown_names(configuration: Configuration, tree: Tree, paths: Sequence[Path]) -> Iterator[Violation]:
    """Walk the apps and the patterns of the configuration that match nothing in the tree."""
    file = find_configuration(paths)
    if file is None:
        return
    problems = Problems(file)
    for key, pattern in tree.unmatched:
        if key == "apps":
            packages = {source.name for source in tree.sources if source.is_package and not source.place.layer}
            problems.unknown("L013", "package", ("apps", pattern), packages)
        else:
            text = f"{pattern} excludes nothing: no Python file matches it."
            problems.add("L015", (key, pattern), text, f"Take it out of {key}, or mend it.")
    for pattern in configuration.levels:
        if any(names_app(pattern, app) for app in tree.apps):
            continue
        if any(one in pattern for one in "*?["):
            text = f"{pattern} matches no layered app."
            problems.add("L015", ("levels", pattern), text, "Take it out of levels, or mend it.")
        else:
            problems.unknown("L013", "layered app", ("levels", pattern), tree.apps)
    yield from problems.found
