"""The plan of `ejecttemplates`: shipped templates copied into the project, and copies brought up to date."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath

from django_layers.scaffold.language.suggestions import did_you_mean
from django_layers.scaffold.merging import Choice, merge_lines
from django_layers.scaffold.planning.decisions import Decisions
from django_layers.scaffold.planning.draft import Draft
from django_layers.scaffold.plans.plan import Action, Plan
from django_layers.scaffold.plans.template_record import read_template_record, record_texts
from django_layers.scaffold.refusals import InvalidRequest
from django_layers.scaffold.rendering.environment import OVERRIDES, shipped_templates

__all__ = ["plan_ejecttemplates", "template_notices"]


def plan_ejecttemplates(root: Path, names: Sequence[str], *, decisions: Decisions) -> Plan:
    """Plan copies of templates.

    A copy that nobody changed follows the shipped template. One that was changed is merged with it, line by line.

    Args:
        root: the root of the project.
        names: templates, "entity/services.py", or folders of them, "entity"; all where there is none.
        decisions: what the reader decided about copies that both sides changed.

    Raises:
        InvalidRequest: there is no such template.
        LedgerUnreadable: what was copied earlier can't be known.
    """
    shipped, record = shipped_templates(), read_template_record(root)
    draft = Draft(root, decisions)
    copied = dict(record)
    for name in _selected(names, shipped):
        _copy(draft, name, shipped[name], record.get(name))
        copied[name] = shipped[name]
    for path, content in record_texts(copied).items():
        draft.write(path, content, rank=1)
    return draft.plan()


def template_notices(root: Path) -> tuple[str, ...]:
    """Return a sentence for each copied template that has changed in the package since.

    Raises:
        LedgerUnreadable: what was copied can't be known.
    """
    record = read_template_record(root)
    shipped = shipped_templates() if record else {}
    return tuple(
        f"{_place(name)} was copied from a template that has changed since: manage.py ejecttemplates {name} --dry-run "
        "--diff shows how, and without these options brings it in."
        for name, text in record.items()
        if shipped.get(name, text) != text and (root / _place(name)).is_file()
    )


def _selected(names: Iterable[str], shipped: Mapping[str, str]) -> list[str]:
    wanted = [name.removesuffix(".jinja").strip("/") for name in names]
    folders = {str(parent) for name in shipped for parent in PurePosixPath(name).parents} - {"."}
    unknown = [name for name in wanted if name not in shipped and name not in folders]
    if unknown:
        everything = f"There are {', '.join(sorted(shipped))}."
        raise InvalidRequest(
            [
                f"{name}: there is no such template. {did_you_mean(name, {*shipped, *folders}, otherwise=everything)}"
                for name in unknown
            ]
        )
    return [
        name
        for name in sorted(shipped)
        if not wanted or name in wanted or any(str(parent) in wanted for parent in PurePosixPath(name).parents)
    ]


def _copy(draft: Draft, name: str, shipped: str, base: str | None) -> None:
    path = _place(name)
    content = draft.read(path)
    choice = draft.decisions.about(path)
    own = None if content is None else content.decode().replace("\r\n", "\n")
    if content is None or own is None:
        draft.write(path, shipped.encode(), rank=0)
    elif choice is Choice.OURS or own == shipped or base == shipped:
        draft.keep(path)
    elif choice is Choice.THEIRS or own == base:
        draft.write(path, shipped.encode(), rank=0, action=Action.MERGE)
    elif base is None:
        draft.conflict(path, f"It is there already, and was not copied by this command. {_way_out(path)}")
    else:
        _merge(draft, path, base, own, shipped)


def _merge(draft: Draft, path: PurePosixPath, base: str, own: str, shipped: str) -> None:
    merged = merge_lines(base, own, shipped)
    if merged is None:
        draft.conflict(path, f"Both you and django-layers changed the same lines of it since. {_way_out(path)}")
    else:
        draft.write(path, merged.encode(), rank=0, action=Action.MERGE)


def _place(name: str) -> PurePosixPath:
    return PurePosixPath(OVERRIDES, f"{name}.jinja")


def _way_out(path: PurePosixPath) -> str:
    return f"Keep yours with --ours {path}, or take the shipped one with --theirs {path}."
