"""L411: two writes of one method that are not kept together by a unit of work."""

from collections.abc import Iterator

from django_layers.architecture.rules.finding import Finding, Subject
from django_layers.architecture.rules.wording import spelled
from django_layers.architecture.rules.write_paths import WritePath, WritePaths

__all__ = ["check"]


def check(subject: Subject) -> Iterator[Finding]:
    """Find public methods with two writes on one way through them, of which not both are within a unit of work."""
    known: dict[int, WritePath] = {}
    for trace in subject.traces:
        function = trace.function
        if function is None or not function.is_public:
            continue
        worst = WritePaths(subject, trace, known).worst(function)
        if worst.is_torn:
            at = worst.writes[-1]
            yield Finding(
                line=at.line,
                column=at.column,
                symbol=function.qualname,
                target=spelled(at.function),
                message=_message(function.qualname, worst),
                hint="Put both inside of one `with self._unit_of_work():`.",
            )


def _message(qualname: str, path: WritePath) -> str:
    if len(path.writes) == 1:
        within, outside = spelled(path.within[0]), spelled(path.writes[0])
        return (
            f"{qualname} writes {within} within a unit of work and {outside} outside of it, so one may be kept without the "
            "other."
        )
    first, second = path.writes
    if first is second:
        return f"{qualname} writes more than once, by {spelled(first)}, outside of a unit of work."
    return (
        f"{qualname} writes twice, {spelled(first)} and {spelled(second)}, outside of a unit of work, so one may be kept "
        "without the other."
    )
