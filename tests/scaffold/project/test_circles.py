"""References that lead in a circle."""

import pytest

from django_layers.scaffold.language.grammar import parse_field
from django_layers.scaffold.language.spec import EntitySpec
from django_layers.scaffold.project.circles import asks_service, leading_back, leading_to, needs_row


def entity(name: str, *fields: str) -> EntitySpec:
    """An entity of the app `a`."""
    return EntitySpec(name=name, app_label="a", fields=tuple(map(parse_field, fields)))


OTHERS = {
    "a.B": entity("B", "c:fk=a.C", "b:fk=self:optional"),
    "a.C": entity("C", "a:fk=a.A:optional", "user:owner"),
    "a.D": entity("D", "a:fk=a.A:unchecked", "b:fk=a.B:readonly:optional"),
    "a.E": entity("E", "f:fk=a.F"),
    "a.F": entity("F", "e:fk=a.E"),
}


@pytest.mark.parametrize(
    ("fields", "services", "rows"),
    [
        (["b:fk=a.B"], {"a.B"}, set()),
        (["b:fk=a.B:unchecked"], set(), set()),
        (["b:fk=a.B:readonly:optional"], set(), set()),
        (["c:m2m=a.C"], {"a.C"}, set()),
        (["d:fk=a.D"], set(), {"a.D"}),
        (["e:fk=a.E", "me:fk=self:optional", "user:owner", "x:fk=auth.User"], set(), set()),
    ],
)
def test_what_leads_back_is_found_through_others(fields: list[str], services: set[str], rows: set[str]) -> None:
    spec = entity("A", *fields)

    assert leading_back(spec, OTHERS.get, asks_service) == services
    assert leading_back(spec, OTHERS.get, needs_row) == rows


@pytest.mark.parametrize(
    ("fields", "leading"),
    [
        (["b:fk=a.B", "e:fk=a.E"], {"a.B"}),
        (["c:fk=a.C"], {"a.C"}),
        (["b:fk=a.B:unchecked", "d:fk=a.D:optional"], set()),
        (["x:fk=a.X"], set()),
    ],
)
def test_what_leads_to_wanted_models_is_found_through_those_that_have_entities(
    fields: list[str], leading: set[str]
) -> None:
    assert leading_to(entity("A", *fields), OTHERS.get, asks_service, {"a.C", "a.X"}.__contains__) == leading
