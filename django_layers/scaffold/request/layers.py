"""Whether the layers that are asked for can be imported: what each stands on has to be there, or to be written too."""

from django_layers.layers import LAYERS
from django_layers.scaffold.language.spec import EntitySpec
from django_layers.scaffold.language.suggestions import did_you_mean
from django_layers.scaffold.project.facts import ProjectFacts
from django_layers.scaffold.request.findings import Findings

__all__ = ["LAYER_NAMES", "check_layers"]

# Gateways are written by hand, and no entity has any.
_GATEWAYS = "gateways"
# What generated tests work through; what that stands on in turn follows from the table of layers.
_STANDS_ON = {
    **{layer.name: tuple(name for name in layer.may_import if name != _GATEWAYS) for layer in LAYERS},
    "tests": ("services", "repositories.orm"),
}
LAYER_NAMES = tuple(name for name in _STANDS_ON if name != _GATEWAYS)
"""The layers that an entity can have, and its tests, what is imported before what imports it."""


def check_layers(entity: EntitySpec, facts: ProjectFacts, findings: Findings) -> None:
    """Note layers that there are not, and layers that lack what they stand on."""
    unknown = sorted(entity.layers - {*LAYER_NAMES})
    for layer in unknown:
        everything = f"The layers are {', '.join(LAYER_NAMES)}."
        suggestion = did_you_mean(layer, LAYER_NAMES, otherwise=everything)
        findings.request("--only/--skip", f"{layer!r} is no layer.", suggestion)
    if not unknown:
        _check_needs(entity, facts, findings)
        _check_tests(entity, facts, findings)


def _check_needs(entity: EntitySpec, facts: ProjectFacts, findings: Findings) -> None:
    there = entity.layers | facts.present
    # An entity without choices has nothing in the types of its app.
    if all(field.type != "choice" for field in entity.fields):
        there |= {"types"}
    lacking = {layer: _needed(layer) - there for layer in LAYER_NAMES if layer in entity.layers}
    broken = [layer for layer, missing in lacking.items() if missing]
    if not broken:
        return
    missing = [layer for layer in LAYER_NAMES if any(layer in each for each in lacking.values())]
    kept = [layer for layer in LAYER_NAMES if layer in {*entity.layers, *missing}]
    rest = [layer for layer in LAYER_NAMES if layer in entity.layers and layer not in broken]
    way_out = f"Write everything that is needed: --only {','.join(kept)}"
    findings.request(
        "--only/--skip",
        f"{_listed(broken)} can't be imported without {_listed(missing)}.",
        f"{way_out}; or less: --only {','.join(rest)}." if rest else f"{way_out}.",
    )


def _check_tests(entity: EntitySpec, facts: ProjectFacts, findings: Findings) -> None:
    """Note references to what has no factory of its own, which the tests of the entity would take its rows from."""
    if entity.layers and "tests" not in entity.layers:
        return
    for field in entity.fields:
        for label in facts.untested.intersection(field.argument):
            message = f"its tests would need those of {label}, which were left out."
            findings.field(field, "argument", message, "Write those first, or add --skip tests.")


def _needed(layer: str) -> frozenset[str]:
    """Return everything that a layer stands on, directly or not."""
    needed: set[str] = set()
    waiting = [layer]
    while waiting:
        fresh = set(_STANDS_ON[waiting.pop()]) - needed
        needed |= fresh
        waiting += fresh
    return frozenset(needed)


def _listed(layers: list[str]) -> str:
    *head, last = layers
    return f"{', '.join(head)} and {last}" if head else last
