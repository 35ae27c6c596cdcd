"""The files of a baseline, one for each app, so that branches that mend different apps do not meet in one."""

import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from django_layers.architecture.baseline.entries import Entry, Known
from django_layers.architecture.spelling import did_you_mean
from django_layers.architecture.violations import ERROR, Violation

__all__ = ["Baseline", "path_of", "read_baseline", "write_baseline"]

FOLDER = Path(".layers") / "baseline"
VERSION = 1


class Baseline:
    """What is known of a project.

    Attributes:
        known: how often each violation is known.
        apps: the apps that have a file, however little it holds.
        problems: what is wrong with the files.
    """

    def __init__(self) -> None:
        self.known: dict[Entry, int] = {}
        self.apps: set[str] = set()
        self.problems: list[Violation] = []


def path_of(root: Path, app: str) -> Path:
    """Return the file of an app."""
    return root / FOLDER / f"{app}.json"


def read_baseline(root: Path, codes: Collection[str], apps: Collection[str]) -> Baseline:
    """Return what is known of a project.

    Args:
        root: the folder of the project.
        codes: the codes that there are.
        apps: the layered apps that there are.
    """
    baseline = Baseline()
    for file in sorted((root / FOLDER).glob("*.json")):
        app = file.stem
        if app not in apps:
            message = f"This baseline is of {app}, and there is no such layered app."
            baseline.problems.append(_problem(file, 1, app, message, did_you_mean(app, apps)))
            continue
        baseline.apps.add(app)
        try:
            text = file.read_bytes().decode()
            found = dict(_entries(json.loads(text), app))
        except (OSError, ValueError, RecursionError) as error:
            message = f"This baseline cannot be read: {error}."
            hint = "Take the file from version control again, or delete it and create it anew."
            baseline.problems.append(_problem(file, 1, app, message, hint))
            continue
        for entry, count in found.items():
            if entry.code in codes:
                baseline.known[entry] = count
            else:
                message = f"This baseline names {entry.code}, and there is no such rule."
                hint = did_you_mean(entry.code, codes)
                baseline.problems.append(_problem(file, line_of(text, entry), app, message, hint))
    return baseline


def write_baseline(root: Path, app: str, known: Known) -> Path:
    """Write what is known of one app, or remove its file where that is nothing, and return the file."""
    path = path_of(root, app)
    own = sorted((entry, count) for entry, count in known.items() if entry.app == app)
    if not own:
        path.unlink(missing_ok=True)
        return path
    rows = [json.dumps(_row(entry, count), ensure_ascii=False) for entry, count in own]
    lines = ",\n    ".join(rows)
    head = f'{{\n  "version": {VERSION},\n  "app": {json.dumps(app, ensure_ascii=False)},\n  "violations": [\n    '
    # Most runs write none, and read one.
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="\n", dir=path.parent, delete=False) as file:
        file.write(f"{head}{lines}\n  ]\n}}\n")
    # A temporary file is its owner's alone, and this one is for the whole team.
    written = Path(file.name)
    written.chmod(0o644)
    written.replace(path)
    return path


def line_of(text: str, entry: Entry) -> int:
    """Return the line that an entry stands in; 1 where somebody has formatted the file otherwise."""
    row = [json.dumps(one, ensure_ascii=False) for one in entry[1:]]
    lines = text.split("\n")
    return next((number for number, line in enumerate(lines, 1) if all(one in line for one in row)), 1)


def _row(entry: Entry, count: int) -> Mapping[str, str | int]:
    return {"code": entry.code, "symbol": entry.symbol, "target": entry.target, "count": count}


def _entries(data: object, app: str) -> Iterator[tuple[Entry, int]]:
    """Walk the entries of a file.

    Raises:
        ValueError: it is no baseline of this version and this app.
    """
    if not isinstance(data, dict) or data.get("version") != VERSION:
        raise ValueError(f"it is no object with version {VERSION}")
    if data.get("app") != app:
        raise ValueError(f"it says that it is of {data.get('app')}, and its name says {app}")
    rows = data.get("violations")
    seen = set()
    for row in rows if isinstance(rows, list) else [None]:
        values = [row.get(key) for key in ("code", "symbol", "target")] if isinstance(row, dict) else []
        count = row.get("count") if isinstance(row, dict) else None
        if not all(isinstance(one, str) for one in values) or not values or type(count) is not int or count < 1:
            raise ValueError("its violations must be objects with code, symbol, target and a count of at least 1")
        entry = Entry(app, *map(str, values))
        if entry in seen:
            raise ValueError(f"it names {entry.code} in {entry.symbol} twice")
        seen.add(entry)
        yield entry, count


def _problem(file: Path, line: int, app: str, message: str, hint: str) -> Violation:
    return Violation(
        path=file,
        line=line,
        column=1,
        code="L031",
        symbol=app,
        target=app,
        message=message,
        hint=hint,
        severity=ERROR,
    )
