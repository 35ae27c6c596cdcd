"""A small project and a plan for it that holds every kind of write."""

from pathlib import Path, PurePosixPath

from django_layers.scaffold.plans.plan import Action, Change, Plan

FILES = {
    "manage.py": "#!/usr/bin/env python\n",
    "config/settings.py": "INSTALLED_APPS = []\n",
    "config/urls.py": "urlpatterns = []\n",
    "recipes/kept.py": "kept = True\n",
    "recipes/kept.txt": "kept\n",
    "old/thing.py": "thing = 1\n",
}


def change(
    action: Action,
    path: str,
    before: str | None,
    after: str | None,
    *,
    reason: str = "",
    paste: str = "",
    rank: int = 0,
) -> Change:
    """Make a change from texts."""
    return Change(
        action=action,
        path=PurePosixPath(path),
        before=None if before is None else before.encode(),
        after=None if after is None else after.encode(),
        reason=reason,
        paste=paste,
        rank=rank,
    )


def plan_below(root: Path, *, padding: int = 0) -> Plan:
    """Return the plan; `padding` makes its new files longer by that many characters."""
    more = "#" * padding
    urls = FILES["config/urls.py"]
    return Plan(
        root,
        (
            change(Action.EDIT, "config/urls.py", urls, "urlpatterns = [api.urls]\n", rank=9),
            change(Action.EDIT, "config/settings.py", FILES["config/settings.py"], "INSTALLED_APPS = [1]\n", rank=9),
            change(Action.CREATE, "recipes/models/rating.py", None, f"rating = 1\n{more}"),
            change(Action.CREATE, "recipes/deep/er/empty.py", None, more),
            change(Action.IDENTICAL, "recipes/kept.py", FILES["recipes/kept.py"], FILES["recipes/kept.py"]),
            change(Action.DELETE, "old/thing.py", FILES["old/thing.py"], None, rank=5),
        ),
    )
