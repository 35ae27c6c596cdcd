"""Three-way merge of texts that are no Python, by line."""

from django_layers.scaffold.merging.diff3 import regions

__all__ = ["merge_lines"]


def merge_lines(base: str, mine: str, theirs: str) -> str | None:
    """Bring what changed between two texts into one that was edited since.

    Args:
        base: what there was before.
        mine: what was made of it.
        theirs: what there is now.

    Returns:
        The text; None where both sides changed the same lines.
    """
    old, own, new = (text.splitlines(keepends=True) for text in (base, mine, theirs))
    merged: list[str] = []
    for region in regions(old, own, new):
        before, ours, others = old[region.base], own[region.mine], new[region.theirs]
        if ours not in (before, others) and others != before:
            return None
        merged += others if ours == before else ours
    return "".join(merged)
