"""L106: what the configuration forbids a layer to import."""

from collections.abc import Iterator

from django_layers.architecture.rules.finding import Finding, Subject

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Find imports of what the configuration forbids the layer, or what is inside of that."""
    names = subject.forbidden.get(subject.part, ())
    if not names:
        return
    for one, imported in subject.externals:
        if any(imported == name or imported.startswith(f"{name}.") for name in names):
            yield Finding(
                line=one.line,
                column=one.column,
                symbol=one.scope,
                target=imported,
                message=f"{subject.part} imports {imported}, which the configuration forbids {subject.part}.",
                hint="Hide it behind a gateway, whose protocol services know, or take it out of forbidden.",
            )
