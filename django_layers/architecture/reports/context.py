"""What is to be known of a file, for people."""

from pathlib import Path

from django_layers.architecture.context import Context
from django_layers.architecture.reports.paths import shown

__all__ = ["context_as_text"]


def context_as_text(context: Context, folder: Path) -> str:
    """Return what is to be known of a file as lines for a terminal.

    Args:
        context: what is to be known.
        folder: paths are shown relative to it.
    """
    path = shown(context.path, folder)
    if not context.place.app:
        return f"{path} is in no layered app; there are: {', '.join(context.apps)}.\n"
    width = max(len(one.layer) for one in context.homes)
    return "".join(
        [
            f"{path} is of {context.place.part} in {context.place.app}.\n",
            f"It may import of its own app: {_listed(context.may_import)}.\n",
            f"It may import of other apps: {_listed(context.of_other_apps)}.\n",
            "What belongs where:\n",
            *(f"    {one.layer:<{width}}  {one.holds}: {shown(one.path, folder)}\n" for one in context.homes),
        ]
    )


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names) or "nothing"
