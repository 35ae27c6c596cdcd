"""The last look at a plan."""

from pathlib import Path, PurePosixPath

import pytest

from django_layers.scaffold.planning.verify import unbound_names, verify
from django_layers.scaffold.plans.plan import Action, Change, Plan
from django_layers.scaffold.refusals import UnboundNames


def plan_of(path: str, after: str, before: str | None = None) -> Plan:
    """A plan of one change."""
    change = Change(
        action=Action.CREATE if before is None else Action.EDIT,
        path=PurePosixPath(path),
        before=None if before is None else before.encode(),
        after=after.encode(),
    )
    return Plan(root=Path("/project"), changes=(change,))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = y\n", {"y"}),
        ("import os.path as p\nx = p.join, os\n", {"os"}),
        ("def f(a: B) -> C:\n    return a, d\n", {"B", "C", "d"}),
        ("class A:\n    x: int = 1\n    y = x\n\n    def f(self):\n        return x, __class__\n", {"x"}),
        ("x = [y for y in z]\n", {"z"}),
        ("def f():\n    global g\n    g = 1\n\n\nh = g, __file__, __name__, len\n", set()),
        ("try:\n    import a\nexcept ImportError as e:\n    a = e\n", set()),
        ("from a import *\nx = y\n", set()),
    ],
)
def test_names_that_nothing_binds_are_found(source: str, expected: set[str]) -> None:
    assert unbound_names(source.encode(), "m.py") == expected


def test_a_file_that_is_no_python_is_refused_with_its_name() -> None:
    with pytest.raises(UnboundNames, match=r"recipes/api\.py: .*line 1"):
        verify(plan_of("recipes/api.py", "def\n"))


def test_a_new_unbound_name_is_refused() -> None:
    with pytest.raises(UnboundNames, match=r"recipes/api\.py: reads router, which nothing binds"):
        verify(plan_of("recipes/api.py", "router.x()\n"))


def test_what_a_users_file_read_before_is_the_users_business() -> None:
    verify(plan_of("config/settings.py", "A = [injected, 1]\n", before="A = [injected]\n"))


def test_what_an_edit_adds_to_a_users_file_has_to_be_bound() -> None:
    with pytest.raises(UnboundNames, match="reads path"):
        verify(plan_of("config/urls.py", "u = [x, path()]\n", before="u = [x]\n"))


def test_other_files_than_python_are_not_looked_at() -> None:
    verify(plan_of("pytest.ini", "[pytest]\n"))
