"""The map that an earlier run has drawn, shown again where every file holds what it held then."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django_layers.architecture.cache.digests import digest, digest_of_file, digest_of_tool
from django_layers.architecture.cache.folder import FOLDER, keep_file
from django_layers.architecture.map.atlas import Atlas, Endpoint, Entity, File, Query, Relation, Use, Wrong
from django_layers.architecture.tree.surveying import Survey
from django_layers.architecture.violations import Violation

__all__ = ["MapMemory"]


class MapMemory:
    """Keeps the last map of some folders, beside what checks keep.

    Args:
        root: the folder of the project.
        found: the files that the map is drawn from.
        configuration: the text of the configuration.
        violations: what a check says today, which need not be what it said yesterday: suppressions run out.
    """

    def __init__(self, root: Path, found: Survey, configuration: str, violations: Sequence[Violation]) -> None:
        where = digest(*(os.fsencode(one) for one in (*found.roots, *found.chosen)))
        self._path = root / FOLDER / f"{where}.map.json"
        texts = [f"{file}\0{digest_of_file(file)}" for file in found.files]
        parts = [digest_of_tool(), configuration, *texts, *map(repr, violations)]
        self._key = digest(*(part.encode(errors="surrogateescape") for part in parts))

    def recall(self) -> Atlas | None:
        """Return the map that was drawn of the very same files; None where there is none."""
        try:
            kept = json.loads(self._path.read_bytes())
            return _atlas(kept["atlas"]) if kept["key"] == self._key else None
        except (OSError, ValueError, RecursionError, KeyError, TypeError):
            # There is none yet, or it is damaged: the map is drawn anew.
            return None

    def keep(self, atlas: Atlas) -> None:
        """Remember a map."""
        text = json.dumps({"key": self._key, "atlas": asdict(atlas)}, separators=(",", ":"))
        keep_file(self._path, [text.encode()])


def _atlas(data: Mapping[str, Any]) -> Atlas:
    entities = [
        Entity(
            **{**one, "fields": tuple(one["fields"]), "relations": tuple(Relation(**each) for each in one["relations"])}
        )
        for one in data["entities"]
    ]
    return Atlas(
        title=data["title"],
        apps=tuple(data["apps"]),
        files=tuple(File(**{**one, "entities": tuple(one["entities"])}) for one in data["files"]),
        entities=tuple(entities),
        endpoints=tuple(Endpoint(**one) for one in data["endpoints"]),
        queries=tuple(Query(**{**one, "asks": tuple(one["asks"])}) for one in data["queries"]),
        uses=tuple(Use(**{**one, "codes": tuple(one["codes"])}) for one in data["uses"]),
        wrong=tuple(Wrong(**one) for one in data["wrong"]),
    )
