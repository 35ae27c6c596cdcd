"""Small projects whose modules import each other, and plans that change some of them."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from textwrap import dedent

from django_layers.scaffold.plans.plan import Action, Change, Plan
from django_layers.scaffold.project.discovery import Project
from django_layers.scaffold.project.layout import AppLayout, KeyType, ProjectLayout


def project_of(root: Path, files: Mapping[str, str], *, apps: tuple[str, ...] = ("recipes", "pantry")) -> Project:
    """Write files, and return the project that they are; its apps are packages in its root."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    return Project(
        layout=ProjectLayout(
            root=root,
            package="config",
            package_path=PurePosixPath("config"),
            title="Example",
            api_prefix="api/",
            user_model="auth.User",
            user_key=KeyType("int"),
        ),
        settings_file=None,
        urls_file=PurePosixPath("config/urls.py"),
        sources=PurePosixPath(),
        apps=tuple(AppLayout(label=app, package=app, path=PurePosixPath(app)) for app in apps),
        layered=frozenset(apps),
        installed={app: app for app in apps},
        first_party=frozenset({"config", *apps}),
    )


def plan_of(root: Path, files: Mapping[str, str | None]) -> Plan:
    """Return a plan that writes files, and deletes those with None."""
    changes = []
    for name, text in files.items():
        before = (root / name).read_bytes() if (root / name).exists() else None
        after = None if text is None else dedent(text).lstrip("\n").encode()
        action = Action.DELETE if after is None else Action.CREATE if before is None else Action.EDIT
        changes.append(Change(action=action, path=PurePosixPath(name), before=before, after=after))
    return Plan(root=root, changes=tuple(changes))
