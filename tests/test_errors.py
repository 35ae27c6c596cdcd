"""What can go wrong, as values."""

import pickle

import pytest

from django_layers.errors import Conflict, DomainError, Forbidden, NotAuthenticated, NotFound, RuleViolated, Stale


@pytest.mark.parametrize("kind", DomainError.__subclasses__())
def test_every_error_can_be_raised_without_arguments(kind: type[DomainError]) -> None:
    with pytest.raises(kind) as caught:
        raise kind
    assert (str(caught.value), caught.value.detail, caught.value.fields) == (kind.title, "", ())


def test_every_error_has_a_code_of_its_own() -> None:
    codes = [kind.code for kind in DomainError.__subclasses__()]
    assert len(set(codes)) == len(codes)


def test_not_found_says_what_was_looked_for() -> None:
    error = NotFound("recipe")
    assert (error.what, error.detail, str(error)) == (
        "recipe",
        "There is no such recipe.",
        "There is no such recipe.",
    )


def test_an_error_names_fields_and_constraint() -> None:
    error = Conflict("Taken.", fields=("name",), constraint="shop_tag_name")
    assert (error.detail, error.fields, error.constraint, error.code) == (
        "Taken.",
        ("name",),
        "shop_tag_name",
        "conflict",
    )


def test_a_code_can_be_given_for_one_error_alone() -> None:
    assert (RuleViolated(code="check").code, RuleViolated().code) == ("check", "rule_violated")


def test_a_project_adds_errors_of_its_own() -> None:
    class RecipeLocked(Conflict):
        code = "recipe_locked"
        title = "The recipe is locked"

    error = RecipeLocked()
    assert isinstance(error, Conflict)
    assert (error.code, str(error)) == ("recipe_locked", "The recipe is locked")


@pytest.mark.parametrize(
    "error",
    [NotFound("recipe"), Conflict("Taken.", fields=("name",), constraint="c", code="unique"), Forbidden(), Stale("x")],
)
def test_an_error_survives_the_way_to_another_process(error: DomainError) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), vars(copy), str(copy)) == (type(error), vars(error), str(error))


def test_not_authenticated_is_not_forbidden() -> None:
    assert not issubclass(NotAuthenticated, Forbidden)
