"""The modules of a project as a plan leaves them, by their dotted names."""

import ast
import os
from collections.abc import Iterator
from io import FileIO
from pathlib import Path, PurePosixPath
from types import CodeType

from django_layers.scaffold.planning.reach.importing import Import, imports_of, may_import_relatively
from django_layers.scaffold.plans.plan import Plan
from django_layers.scaffold.project.discovery import Project
from django_layers.scaffold.project.files import is_written_folder

__all__ = ["Modules", "UnknowableError"]


class UnknowableError(Exception):
    """What a module imports can't be known, since it can't be read or parsed."""


class Modules:
    """The modules of a project, without the tests of its apps, which nothing loads that serves requests.

    Args:
        project: the project.
        plan: what becomes of its files.

    Attributes:
        contents: what each holds, by its dotted name.
        relative: the names of those with a relative import, which does not say the whole name of what it imports.

    Raises:
        UnknowableError: one can't be read, or a folder is a link out of the project.
    """

    def __init__(self, project: Project, plan: Plan) -> None:
        self._root = str(plan.root.resolve())
        self._tests = frozenset(str(app.path / app.tests) for app in project.apps)
        self._apps = {app.path.parts: app.package for app in project.apps}
        self._sources = project.sources.parts
        self._planned = {str(change.path): change.after for change in plan.writes if change.path.suffix == ".py"}
        self._trees: dict[str, ast.Module] = {}
        self._codes: dict[str, CodeType] = {}
        self._imports: dict[str, tuple[Import, ...]] = {}
        self._saying: dict[str, tuple[str, ...]] = {}
        self._packages: dict[str, str] = {}
        self._paths: dict[str, str] = {}
        self.contents: dict[str, bytes] = {}
        unplanned = {*_files(self._root, "", self._tests)} - self._planned.keys()
        planned = {path: content for path, content in self._planned.items() if not self.is_test(path)}
        for path, content in (*((path, self._read(path)) for path in unplanned), *planned.items()):
            if content is not None:
                name = self.name_of(path)
                self._paths[name], self.contents[name] = path, content
        self.relative = frozenset(name for name, content in self.contents.items() if may_import_relatively(content))

    def name_of(self, path: str) -> str:
        """Return the dotted name of the module that a file is."""
        folder, _, file = path.removesuffix(".py").rpartition("/")
        if folder not in self._packages:
            self._packages[folder] = self._package_of(tuple(folder.split("/")) if folder else ())
        package = self._packages[folder]
        return package if file == "__init__" else f"{package}.{file}" if package else file

    def _package_of(self, parts: tuple[str, ...]) -> str:
        for length in range(len(parts), 0, -1):
            if parts[:length] in self._apps:
                return ".".join((self._apps[parts[:length]], *parts[length:]))
        inside = len(self._sources) if parts[: len(self._sources)] == self._sources else 0
        return ".".join(parts[inside:])

    def saying(self, word: str) -> tuple[str, ...]:
        """Return the names of the modules whose text has a word in it; the layers of an entity have modules of one name."""
        if word not in self._saying:
            said = word.encode()
            self._saying[word] = tuple(name for name, content in self.contents.items() if said in content)
        return self._saying[word]

    def path_of(self, name: str) -> PurePosixPath:
        """Return the file that a module is, relative to the root."""
        return PurePosixPath(self._paths[name])

    def is_test(self, path: str) -> bool:
        """Tell whether a file is of the tests of an app."""
        return any(path.startswith(f"{folder}/") for folder in self._tests)

    def is_planned(self, name: str) -> bool:
        """Tell whether the plan writes a module."""
        return self._paths.get(name) in self._planned

    def package_of(self, name: str) -> str:
        """Return the package that a module is in; a package is in itself."""
        return name if self._paths[name].rpartition("/")[2] == "__init__.py" else name.rpartition(".")[0]

    def tree(self, name: str) -> ast.Module:
        """Return the syntax tree of a module, which is not to be changed.

        Raises:
            UnknowableError: it doesn't decode or parse.
        """
        if name not in self._trees:
            try:
                self._trees[name] = ast.parse(self.contents[name])
            except (SyntaxError, ValueError) as error:
                raise UnknowableError(name) from error
        return self._trees[name]

    def code(self, name: str) -> CodeType:
        """Return a module as it is compiled, which tells what its functions read without a look at every expression.

        Raises:
            UnknowableError: it doesn't decode or compile.
        """
        if name not in self._codes:
            try:
                self._codes[name] = compile(self.contents[name], name, "exec", dont_inherit=True, optimize=0)
            except (SyntaxError, ValueError) as error:
                raise UnknowableError(name) from error
        return self._codes[name]

    def imports(self, name: str) -> tuple[Import, ...]:
        """Return what a module imports.

        Raises:
            UnknowableError: it doesn't decode or parse.
        """
        if name not in self._imports:
            self._imports[name] = (*imports_of(self.tree(name), self.code(name), self.package_of(name)),)
        return self._imports[name]

    def _read(self, path: str) -> bytes:
        try:
            with FileIO(f"{self._root}/{path}") as opened:
                return opened.readall()
        except OSError as error:
            raise UnknowableError(path) from error


def _files(root: str, folder: str, left_out: frozenset[str]) -> Iterator[str]:
    """Give the modules below a folder relative to the root, as texts: a `Path` of each takes as long as reading it.

    Raises:
        UnknowableError: a folder can't be read, or is a link out of the root.
    """
    try:
        with os.scandir(f"{root}/{folder}") as entries:
            found = [*entries]
    except OSError as error:
        raise UnknowableError(folder) from error
    for entry in found:
        path = f"{folder}/{entry.name}" if folder else entry.name
        if entry.name.endswith(".py") and entry.is_file():
            yield path
        elif path not in left_out and entry.is_dir() and is_written_folder(entry.path):
            if not entry.is_symlink():
                yield from _files(root, path, left_out)
            elif not Path(entry.path).resolve().is_relative_to(root):
                raise UnknowableError(path)
