"""Three-way merge of Python files by member of the syntax tree: texts in, a text or conflicts out.

The base is what was generated before, mine what the user made of it, theirs what is generated now. Nothing here reads or
writes a file.
"""

from django_layers.scaffold.merging.lines import merge_lines
from django_layers.scaffold.merging.markers import first_marker, with_markers
from django_layers.scaffold.merging.merge import member_paths, merge, says_the_same
from django_layers.scaffold.merging.result import Choice, Conflict, Merged, Skipped, Unmergeable
from django_layers.scaffold.merging.unedited import is_unedited, is_unedited_member

__all__ = [
    "Choice",
    "Conflict",
    "Merged",
    "Skipped",
    "Unmergeable",
    "first_marker",
    "is_unedited",
    "is_unedited_member",
    "member_paths",
    "merge",
    "merge_lines",
    "says_the_same",
    "with_markers",
]
