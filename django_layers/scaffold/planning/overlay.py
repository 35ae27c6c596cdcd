"""An import hook that serves planned files from memory, in front of what is on the disk."""

import sys
from collections.abc import Mapping, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

__all__ = ["OverlayFinder", "OverlayLoader"]


class OverlayLoader(SourceFileLoader):
    """Loads a module whose source is held in memory; neither reads nor leaves byte code."""

    def __init__(self, name: str, path: str, source: bytes) -> None:
        super().__init__(name, path)
        self._source = source

    def get_data(self, path: str) -> bytes:
        """Return the planned source, or the content of any other file that the module reads beside itself."""
        return self._source if path == self.path else super().get_data(path)

    def path_stats(self, path: str) -> Mapping[str, float]:
        """Refuse, which tells the import system that there is no byte code of this source."""
        raise OSError(f"{path} is not on the disk yet")


class OverlayFinder(MetaPathFinder):
    """Finds planned modules before those on the disk, and hides the ones that a plan deletes.

    Args:
        files: planned content by absolute path; None for a file that goes.
    """

    def __init__(self, files: Mapping[Path, bytes | None]) -> None:
        self._files = dict(files)
        self._names = {path.parent.name if path.name == "__init__.py" else path.stem for path in files}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where a module is, if the plan touches it; None leaves it to the other finders.

        Raises:
            ModuleNotFoundError: the plan deletes the module.
        """
        name = fullname.rpartition(".")[2]
        if name not in self._names:
            return None
        for entry in sys.path if path is None else path:
            folder = Path(entry).resolve()
            package, module = folder / name / "__init__.py", folder / f"{name}.py"
            for file in (package, module):
                source = self._files.get(file)
                if source is not None:
                    return _spec(fullname, file, source)
                if file not in self._files and file.is_file():
                    return None
            if module in self._files:
                raise ModuleNotFoundError(f"No module named {fullname!r}: the plan deletes it", name=fullname)
        return None


def _spec(fullname: str, file: Path, source: bytes) -> ModuleSpec | None:
    return spec_from_file_location(
        fullname,
        file,
        loader=OverlayLoader(fullname, str(file), source),
        submodule_search_locations=[str(file.parent)] if file.name == "__init__.py" else None,
    )
