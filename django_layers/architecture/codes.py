"""The codes that are no rule's: whatever would otherwise pass in silence."""

from typing import NamedTuple

__all__ = ["REFUSALS", "TOOL_CODES", "ToolCode"]


class ToolCode(NamedTuple):
    """A code of the checker itself.

    Attributes:
        code: "L001"; it never changes.
        name: what it says, in a few words.
        severity: "error" or "warning".
        why: why it is not passed over, and the way out; one paragraph.
    """

    code: str
    name: str
    severity: str
    why: str


TOOL_CODES: tuple[ToolCode, ...] = (
    ToolCode("L001", "a file does not parse", "error", "What is not read cannot be called clean. Mend the file."),
    ToolCode(
        "L002",
        "a file cannot be opened or decoded",
        "error",
        "What is not read cannot be called clean. Save the file in the encoding that it declares, which is UTF-8 unless it "
        "says otherwise, or exclude it.",
    ),
    ToolCode(
        "L003",
        "a file is nested too deeply to be read",
        "error",
        "What is not read cannot be called clean. Files like this are generated; exclude them.",
    ),
    ToolCode(
        "L004",
        "a module of a layered app is in no layer",
        "warning",
        "A module of no layer may import everything and be imported by everything. Move what it holds into the layers, or "
        "name it in `layers` of the configuration. The level `strict` makes this an error.",
    ),
    ToolCode(
        "L005",
        "a folder cannot be looked into",
        "error",
        "What is not read cannot be called clean. Give the one who checks the right to read the folder, or exclude it.",
    ),
    ToolCode(
        "L010",
        "the configuration cannot be read",
        "error",
        "`pyproject.toml` is no TOML, or a value of `[tool.django_layers]` is not of the kind that it must be. Nothing else "
        "is checked until it is.",
    ),
    ToolCode(
        "L011",
        "the configuration has an unknown key",
        "error",
        "A misspelt key would change nothing, in silence.",
    ),
    ToolCode(
        "L012",
        "the configuration names an unknown layer",
        "error",
        "A misspelt layer would change nothing, in silence.",
    ),
    ToolCode(
        "L013",
        "the configuration names an unknown app",
        "error",
        "A misspelt app would stay at the level that it has, in silence. An app is named by its dotted package.",
    ),
    ToolCode(
        "L014",
        "the configuration names an unknown rule",
        "error",
        "A misspelt code would change nothing, in silence.",
    ),
    ToolCode(
        "L015",
        "a pattern of the configuration matches nothing",
        "error",
        "It matched once, or is misspelt: an exclusion, a root, an app by pattern, or an allowed name that nothing needs. "
        "Take it out.",
    ),
    ToolCode(
        "L020",
        "a suppression gives no reason",
        "error",
        "Write why: `# layers: ignore[L402] reports read across apps`. Without a reason nobody can tell later whether it "
        "may go, and it suppresses nothing.",
    ),
    ToolCode(
        "L021",
        "a suppression suppresses nothing",
        "error",
        "What it was for is mended, or has moved. Take it out, or it hides the next violation.",
    ),
    ToolCode(
        "L022",
        "a suppression names an unknown rule",
        "error",
        "It suppresses nothing.",
    ),
    ToolCode(
        "L023",
        "a suppression has run out",
        "error",
        "The day of its `until=` has passed. Mend the violation, or agree on another day.",
    ),
    ToolCode(
        "L024",
        "a suppression cannot be read",
        "error",
        "Its form is `# layers: ignore[L402] reason`, with several codes apart by commas, `ignore-file` for the whole file, "
        "and `until=2027-01-31` before the reason where it is to run out.",
    ),
    ToolCode(
        "L030",
        "a baseline holds what is fixed",
        "warning",
        "Take it out with `--baseline prune`, or the same violation could come back unseen. In CI this is an error.",
    ),
    ToolCode(
        "L031",
        "a baseline cannot be read",
        "error",
        "The file is no baseline, names a rule or an app that there is not, or has been changed by hand. What it holds is "
        "not believed.",
    ),
)
"""In the order of the codes; L101 and up are rules."""

REFUSALS: tuple[ToolCode, ...] = (
    ToolCode(
        "L040",
        "a path is neither a folder nor a Python file",
        "error",
        "A misspelt path would check nothing, in silence.",
    ),
    ToolCode(
        "L041",
        "there is nothing to check",
        "error",
        "No layered app is at the paths. A layered app is a package with at least two of models, schemas, repositories, "
        "services and api, or one that `apps` of the configuration lists.",
    ),
    ToolCode(
        "L042",
        "a baseline cannot be written here",
        "error",
        "A baseline is written by a person, on their machine, and for the whole project: what it takes in is seen in the "
        "review of its files.",
    ),
    ToolCode(
        "L043",
        "the changes cannot be found",
        "error",
        "`--changed` asks git; it needs a repository, and a reference that there is. In CI, fetch enough of the history.",
    ),
    ToolCode("L044", "there is no such rule to explain", "error", "The codes are in the table of the documentation."),
    ToolCode(
        "L045",
        "a map cannot be drawn",
        "error",
        "The configuration is wrong, and a map would show other layers than the project has. A check says what is wrong.",
    ),
)
"""What the checker refuses before it checks; these end with 2, and cannot be switched off."""
