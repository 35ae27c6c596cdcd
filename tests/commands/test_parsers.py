"""What the commands accept on their command line."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from django_layers.management.commands.addentity import Command as AddEntity
from django_layers.management.commands.startlayer import Command as StartLayer

MESSY = ["Recipe", "--app", "recipes", "title:str", "--unique", "a,b", "stars:int", "--unique", "c", "--dry-run"]


def parsed(arguments: list[str]) -> dict[str, object]:
    """What `addentity` makes of arguments, with errors as exceptions."""
    return vars(AddEntity().create_parser("manage.py", "addentity").parse_args(arguments))


def test_fields_may_come_after_options() -> None:
    options = parsed(MESSY)

    assert (options["name"], options["fields"]) == ("Recipe", ["title:str", "stars:int"])
    assert (options["app"], options["unique"], options["dry_run"]) == ("recipes", ["a,b", "c"], True)


def test_nothing_is_asked_for_by_default() -> None:
    options = parsed(["Recipe"])

    switches = ("dry_run", "check", "diff", "json", "migrate", "versioned", "asynchronous")
    assert {name for name in switches if options[name]} == set()
    assert (options["fields"], options["pk"], options["public"], options["timestamps"]) == ([], "auto", "none", True)
    assert options["interactive"] is True


@pytest.mark.parametrize(
    "arguments",
    [
        ["R", "--pk", "serial"],
        ["R", "--public", "write"],
        ["R", "--write", "staff"],
        ["R", "--mgirate"],
        ["R", "--app"],
    ],
)
def test_an_option_that_there_is_not_is_refused(arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        parsed(arguments)


@pytest.mark.parametrize("arguments", [[], ["--split"], ["--agents", "--path", "apps"]])
def test_startlayer_needs_a_label_for_all_but_the_section_for_agents(arguments: list[str]) -> None:
    with pytest.raises(CommandError, match="Name the app") as caught:
        call_command(StartLayer(), *arguments)

    assert caught.value.returncode == 2


def test_the_parser_can_be_used_twice() -> None:
    parser = AddEntity().create_parser("manage.py", "addentity")

    assert vars(parser.parse_args(MESSY)) == vars(parser.parse_args(MESSY))


@pytest.mark.parametrize("command", [AddEntity(), StartLayer()])
def test_every_option_says_what_it_is_for(command: AddEntity | StartLayer) -> None:
    parser = command.create_parser("manage.py", "command")

    assert all(action.help for action in parser._actions)
    assert "--dry-run" in parser.format_help()
