"""Reads the page of a rule."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

__all__ = ["Explanation", "explain"]

_BLOCK = re.compile(r"```python\n# (\S+)\n(.*?)```\n", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What a rule is about.

    Attributes:
        code: the code of the rule.
        title: what it forbids, in a few words.
        why: why it does, a paragraph.
        way_out: what to do instead, a paragraph.
        wrong: files that break it, and nothing else, by their paths; the others of their project are those of `SHOP`.
        right: files that do the same and break nothing.
        text: the whole page, as Markdown.
    """

    code: str
    title: str
    why: str
    way_out: str
    wrong: Mapping[str, str]
    right: Mapping[str, str]
    text: str


def explain(code: str) -> Explanation:
    """Return what the page of a rule says.

    Raises:
        FileNotFoundError: there is no rule with that code.
    """
    text = files(__package__).joinpath(f"{code}.md").read_text("utf-8")
    head, why, way_out, wrong, right = re.split(r"\n## .+\n\n", text)
    return Explanation(
        code=code,
        title=head.strip().removeprefix(f"# {code}: "),
        why=why.strip(),
        way_out=way_out.strip(),
        wrong=dict(_BLOCK.findall(wrong)),
        right=dict(_BLOCK.findall(right)),
        text=text,
    )
