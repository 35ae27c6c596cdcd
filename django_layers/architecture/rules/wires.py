"""L601, L602, L603: receivers of signals and tasks, which Django and task queues call, in places of their own."""

from collections.abc import Iterator

from django_layers.architecture.facts.expressions import Attribute, Call, Expression, Text
from django_layers.architecture.facts.statements import ClassFacts, FunctionFacts, Statement
from django_layers.architecture.inference.trace import Called
from django_layers.architecture.names.symbols import Alias, External
from django_layers.architecture.rules.finding import Finding, Subject
from django_layers.architecture.rules.wording import spelled

__all__ = ["receivers", "senders", "task_declarations"]

_TO_SIGNALS = "Move the receiver to signals, where it calls a service, and have apps import that."
_RECEIVER = "django.dispatch.receiver"
_RECEIVERS = frozenset({_RECEIVER, "django.dispatch.dispatcher.receiver"})
_TASKS = frozenset({"shared_task", "task", "db_task", "periodic_task", "db_periodic_task", "actor"})
_TASK_PACKAGES = ("celery", "django.tasks", "django_tasks", "huey", "dramatiq", "django_rq", "procrastinate")


def receivers(subject: Subject) -> Iterator[Finding]:
    """L601: a function of a layer receives a signal."""
    for function in _functions(subject.module.facts.body):
        for decorator in function.decorators:
            if _external(subject, decorator) in _RECEIVERS:
                yield _finding(
                    decorator.line,
                    decorator.column,
                    function.qualname,
                    _RECEIVER,
                    f"{function.qualname} receives a signal in {subject.part}, where nobody looks for it.",
                    _TO_SIGNALS,
                )
    for called, symbol in _connections(subject):
        yield _finding(
            called.at.line,
            called.at.column,
            symbol,
            spelled(called.at.function),
            f"{symbol or 'The module'} connects a receiver in {subject.part}, where nobody looks for it.",
            _TO_SIGNALS,
        )


def senders(subject: Subject) -> Iterator[Finding]:
    """L602: a receiver listens to the model of another app, whose name stands in a string."""
    for function in _functions(subject.module.facts.body):
        for decorator in function.decorators:
            if isinstance(decorator, Call) and _external(subject, decorator) in _RECEIVERS:
                yield from _sender(subject, decorator, function.qualname)
    for called, symbol in _connections(subject):
        yield from _sender(subject, called.at, symbol)


def task_declarations(subject: Subject) -> Iterator[Finding]:
    """L603: a function of a layer is declared as a task."""
    for function in _functions(subject.module.facts.body):
        for decorator in function.decorators:
            name = _external(subject, decorator)
            if name.rpartition(".")[2] in _TASKS and name.startswith(_TASK_PACKAGES):
                yield _finding(
                    decorator.line,
                    decorator.column,
                    function.qualname,
                    name,
                    f"{function.qualname} is a task in {subject.part}; a task is a way in, like an endpoint.",
                    "Move it to tasks, and have it call a service.",
                )


def _sender(subject: Subject, call: Call, symbol: str) -> Iterator[Finding]:
    label = next((one.value for one in call.keywords if one.name == "sender"), None)
    if not isinstance(label, Text):
        return
    model = subject.models.by_name.get(subject.models.labelled(label.value))
    own = subject.module.source.place.app
    if model is None or model.symbol.module.source.place.app in {"", own}:
        return
    app = model.symbol.module.source.place.app
    yield _finding(
        call.line,
        call.column,
        symbol,
        model.name,
        f"{symbol or 'The module'} receives a signal of {model.name}, which is a model of another app, by its label.",
        f"Have a service of {app} tell what happened: with a signal of its own, or by calling a service of {own}.",
    )


def _connections(subject: Subject) -> Iterator[tuple[Called, str]]:
    """Walk the calls of `connect` of signals of Django, with the functions that they stand in."""
    for trace in subject.traces:
        for called in trace.calls:
            function = called.at.function
            if isinstance(function, Attribute) and function.name == "connect" and ".signals." in called.function.of:
                yield called, trace.qualname


def _functions(body: tuple[Statement, ...]) -> Iterator[FunctionFacts]:
    for statement in body:
        if isinstance(statement, FunctionFacts):
            yield statement
        elif isinstance(statement, ClassFacts):
            yield from _functions(statement.body)


def _external(subject: Subject, decorator: Expression) -> str:
    """Return the dotted name of a decorator from outside of the project; empty for any other."""
    called = decorator.function if isinstance(decorator, Call) else decorator
    symbol = subject.project.symbol(called, subject.module)
    if symbol is None and isinstance(called, Attribute):
        # `@app.task`, where the project says `app = Celery(...)`.
        made = subject.project.symbol(called.value, subject.module)
        if isinstance(made, Alias) and isinstance(made.value, Call):
            maker = subject.project.symbol(made.value.function, made.module)
            return f"{maker.name}.{called.name}" if isinstance(maker, External) else ""
    return symbol.name if isinstance(symbol, External) else ""


def _finding(line: int, column: int, symbol: str, target: str, message: str, hint: str) -> Finding:
    return Finding(line=line, column=column, symbol=symbol, target=target, message=message, hint=hint)
