"""L101, L102, L103, L105: which modules a module of an app may import."""

from collections.abc import Iterator

from django_layers.architecture.facts.statements import Import
from django_layers.architecture.names.reach import is_no_layer
from django_layers.architecture.names.symbols import ClassSymbol, Module
from django_layers.architecture.rules.finding import Finding, Subject
from django_layers.architecture.rules.targets import Target
from django_layers.architecture.tree.places import WAYS_IN, Place, is_layer, may_import

__all__ = ["OPEN_TO_OTHER_APPS", "across_apps", "direct", "past_dependencies", "through_others"]

OPEN_TO_OTHER_APPS = frozenset({"services", "schemas", "types", "dependencies"})

_WAYS_OUT = {
    "models": "Ask for the rows through a service; only repositories know the model.",
    "repositories": "Ask a service, which is where the repository is used.",
    "repositories.orm": "Take the abstraction as a parameter, and let dependencies choose the implementation.",
    "services": "Turn the dependency around: services use this layer, and not the other way round.",
    "api": "Move what is shared down into a layer that both may import.",
    "dependencies": "Take what is needed as a parameter; dependencies is what puts it together.",
    "schemas": "Keep DTOs out of this layer; the repository turns rows into them.",
    "gateways": "Use the gateway from a service.",
    "types": "Move what is needed out of types.",
}


def direct(subject: Subject) -> Iterator[Finding]:
    """L101: a layer imports a layer that it may not."""
    for target in _once(subject):
        if _is_forbidden(subject, target.module) and not _is_softer(subject, target.module):
            yield _direct_finding(subject, target)


def past_dependencies(subject: Subject) -> Iterator[Finding]:
    """L105: an endpoint imports a service past the composition root."""
    for target in _once(subject):
        if _is_forbidden(subject, target.module) and _is_softer(subject, target.module):
            yield _finding(
                target.one,
                target.name,
                f"api imports the service {target.name}; an endpoint asks dependencies for its services.",
                "Import dependencies as a module, and call the function in it that returns the service.",
            )


def through_others(subject: Subject) -> Iterator[Finding]:
    """L102: a layer reaches one that it may not through modules that belong to no layer."""
    told = set()
    for target in subject.targets:
        start = target.module
        if target.is_handed_on or not is_no_layer(start) or (target.one.line, start.name) in told:
            continue
        chain = _way_to_forbidden(subject, target)
        if chain:
            told.add((target.one.line, start.name))
            shown = " -> ".join([subject.module.name, *chain])
            place = subject.project.modules[chain[-1]].source.place
            yield _finding(
                target.one,
                chain[-1],
                f"{subject.part} reaches {place.part} of {place.app} through a module of no layer: {shown}.",
                f"{_WAYS_OUT[place.part]} Or move what is needed of {start.name} into the layer that it belongs to.",
            )


def across_apps(subject: Subject) -> Iterator[Finding]:
    """L103: an app reaches into another app past its services, schemas and types."""
    for target in _once(subject):
        place, own = target.module.source.place, subject.module.source.place
        if place.app in {"", own.app} or not place.layer or place.layer in OPEN_TO_OTHER_APPS:
            continue
        if own.part == "models" and _is_built_upon(target, subject):
            continue
        label = place.app.rpartition(".")[2]
        if own.part == "models":
            way_out = f'Name the model by string: "{label}.{target.name.rpartition(".")[2]}".'
        else:
            way_out = f"Use a service of {label}; it is the only way into {label} for other apps."
        yield _finding(
            target.one,
            target.name,
            f"{own.app} reaches into {place.part} of another app: {_shown(target)}.",
            way_out,
        )


def _is_built_upon(target: Target, subject: Subject) -> bool:
    """Tell whether a class is there for the models of other apps: an abstract model, or a class of fields."""
    if not isinstance(target.symbol, ClassSymbol):
        return False
    model = subject.models.by_name.get(target.symbol.name)
    return model is None or model.is_abstract


def _direct_finding(subject: Subject, target: Target) -> Finding:
    layer = target.module.source.place.part
    return _finding(
        target.one,
        target.name,
        f"{subject.part} imports {_shown(target)}, which is of {layer}; {subject.part} may not know {layer}.",
        _way_out(subject, target),
    )


def _way_out(subject: Subject, target: Target) -> str:
    layer = target.module.source.place.part
    if layer == "models" and subject.part == "services" and isinstance(target.symbol, ClassSymbol):
        name = target.symbol.facts.name
        return f"Move the queries of {name} to methods of {name}Repository, and take that as a parameter."
    return _WAYS_OUT.get(layer, f"Move what is needed of {layer} down into a layer; {layer} is a way in and no more.")


def _once(subject: Subject) -> Iterator[Target]:
    """Walk the targets of the imports, one for each import and layer: the one that defines what is imported last."""
    found: dict[tuple[int, int, str, str], Target] = {}
    for target in subject.targets:
        place = target.module.source.place
        key = (target.one.line, target.one.column, place.app, place.part)
        found[key] = target
    yield from found.values()


def _is_forbidden(subject: Subject, module: Module) -> bool:
    """Tell whether the module's own layer table forbids a module, of its own app or of what other apps open."""
    place, own = module.source.place, subject.module.source.place
    if place.part in WAYS_IN and own.layer:
        # A field of a model says which field of a form it is shown by.
        return place.app == own.app and (own.part, place.part) != ("models", "forms")
    if not is_layer(place.part) or module is subject.module:
        return False
    if place.app != own.app and place.layer not in OPEN_TO_OTHER_APPS:
        return False
    return not may_import(_effective_part(subject), place.part)


def _effective_part(subject: Subject) -> str:
    """Return the part whose rights a module has: where an app keeps no `orm` apart, its repositories are concrete."""
    own = subject.module.source.place
    if own.part != "repositories":
        return own.part
    apart = Place(own.app, "repositories.orm") in subject.project.named_at
    return "repositories" if apart else "repositories.orm"


def _is_softer(subject: Subject, module: Module) -> bool:
    return subject.part == "api" and module.source.place.part == "services"


def _way_to_forbidden(subject: Subject, target: Target) -> tuple[str, ...]:
    """Return the shortest way from a module of no layer to a layer that may not be reached; empty for none."""
    names_all = target.one.name in {"", "*"} or isinstance(target.symbol, Module)
    reached = subject.inference.reach.layered(target.module, "" if names_all else target.one.name)
    return next((way for module, way in reached if _is_out_of_reach(subject, module)), ())


def _is_out_of_reach(subject: Subject, module: Module) -> bool:
    place, own = module.source.place, subject.module.source.place
    if not is_layer(place.part) or _is_softer(subject, module):
        return False
    if place.app != own.app and place.layer not in OPEN_TO_OTHER_APPS:
        return True
    return not may_import(_effective_part(subject), place.part)


def _shown(target: Target) -> str:
    if len(target.chain) > 1:
        return f"{target.name} ({' -> '.join(target.chain)})"
    return target.name


def _finding(one: Import, target: str, message: str, hint: str) -> Finding:
    suffix = {
        "function": " The import stands in a function, which hides it and changes nothing.",
        "dynamic": " The module is imported by a string, which hides it and changes nothing.",
        "type-checking": " It is imported for type checking only.",
    }
    return Finding(
        line=one.line,
        column=one.column,
        symbol=one.scope,
        target=target,
        message=message + suffix.get(one.context, ""),
        hint=hint,
        context=one.context,
    )
