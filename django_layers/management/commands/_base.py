"""What the writing commands share: their options, what they print, and what they exit with."""

import gc
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, DjangoHelpFormatter, no_translations

from django_layers.management.commands._git import asking_git, is_dirty
from django_layers.management.commands._parser import IntermixedParser

if TYPE_CHECKING:
    from django_layers.scaffold.planning.decisions import Decisions
    from django_layers.scaffold.plans.plan import Plan

__all__ = ["WritingCommand"]


_DECISIONS = ("force", "ours", "theirs", "markers")


class WritingCommand(BaseCommand):
    """A command that makes a plan, shows it, and carries it out.

    Attributes:
        force_help: what `--force` does.
        merges: whether it merges what it generates with what was edited, and so has options to decide conflicts.
        tells_of_templates: whether it says which of the project's templates are out of date.
    """

    merges = False
    tells_of_templates = True
    force_help = "Overwrite this file whatever is in it."

    # It has to work in a project that is broken, or half written by an interrupted run.
    requires_system_checks = ()

    def run_from_argv(self, argv: list[str]) -> None:
        """Run as the command line asks, after which the process ends."""
        try:
            super().run_from_argv(argv)
        finally:
            # To look for garbage and take hundreds of models apart takes longer than the process needs to end.
            gc.freeze()

    def make_plan(self, options: dict[str, Any], decisions: "Decisions") -> "Plan":
        """Return what the command would do."""
        raise NotImplementedError

    def after_writing(self, plan: "Plan", options: dict[str, Any]) -> None:
        """Do what comes after the files are written."""

    def say(self, text: str) -> None:
        """Talk to the reader, on standard error and not as an error."""
        self.stderr.write(text, style_func=str)

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Return Django's parser of this command, made to accept fields after options."""
        plain = super().create_parser(prog_name, subcommand, **kwargs)
        return IntermixedParser(
            parents=[plain],
            add_help=False,
            prog=plain.prog,
            description=plain.description,
            epilog=plain.epilog,
            formatter_class=DjangoHelpFormatter,
            missing_args_message=plain.missing_args_message,
            called_from_command_line=plain.called_from_command_line,
        )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the options that every writing command has."""
        group = parser.add_argument_group("what to do with the plan")
        group.add_argument("--dry-run", action="store_true", help="Show what would be done, and write nothing.")
        group.add_argument("--check", action="store_true", help="Write nothing; exit with 1 if anything would change.")
        group.add_argument("--diff", action="store_true", help="Show a unified diff instead of a list of files.")
        group.add_argument("--json", action="store_true", help="Show the plan as JSON, with diffs if --diff is given.")
        group.add_argument("--force", action="append", default=[], metavar="PATH", help=self.force_help)
        if self.merges:
            place = "PATH[::MEMBER]"
            group.add_argument(
                "--ours", action="append", default=[], metavar=place, help="Keep your version where both changed."
            )
            group.add_argument(
                "--theirs", action="append", default=[], metavar=place, help="Take the generated version there."
            )
            group.add_argument("--markers", action="store_true", help="Write conflict markers where both changed.")
        group.add_argument("--no-input", "--noinput", action="store_false", dest="interactive", help="Ask nothing.")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        """Make the plan, show it, carry it out.

        Raises:
            CommandError: with the exit code as its returncode.
        """
        from django_layers.scaffold.errors import ScaffoldError
        from django_layers.scaffold.planning.decisions import read_decisions
        from django_layers.scaffold.planning.ejecttemplates import template_notices
        from django_layers.scaffold.project.discovery import project_root
        from django_layers.scaffold.refusals import InvalidRequest, ToolsMissing

        try:
            self._recover()
            if options.get("markers") and options.get("migrate"):
                raise InvalidRequest(["--markers leaves files that can't be loaded: leave out --migrate."])
            decisions = read_decisions(**{name: options[name] for name in _DECISIONS if name in options})
            with _uncollected(), asking_git(project_root()) as git:
                plan = self.make_plan(options, decisions)
                if self.tells_of_templates:
                    plan = replace(plan, notices=(*plan.notices, *template_notices(plan.root)))
                self._carry_out(plan, options, git)
        except ScaffoldError as error:
            raise CommandError(str(error), returncode=error.exit_code) from error
        except ModuleNotFoundError as error:
            if error.name not in {"jinja2", "inflection"}:
                raise
            missing = ToolsMissing(error.name)
            raise CommandError(str(missing), returncode=missing.exit_code) from error

    def _recover(self) -> None:
        """Put back what a killed run left, and start over, since half of it may be loaded in this process."""
        from django_layers.scaffold.errors import InterruptedRunRolledBack
        from django_layers.scaffold.project.discovery import project_root
        from django_layers.scaffold.writing.recovery import recover

        if not recover(project_root()).interrupted:
            return
        if not getattr(self, "_called_from_command_line", False):
            raise InterruptedRunRolledBack
        self.say("An earlier run was interrupted; what it had written has been put back.")
        sys.exit(subprocess.run([sys.executable, *sys.orig_argv[1:]], check=False).returncode)

    def _carry_out(self, plan: "Plan", options: dict[str, Any], git: "subprocess.Popen[bytes] | None") -> None:
        from django_layers.scaffold.plans.report import as_diff, as_json, as_text
        from django_layers.scaffold.writing.apply import apply

        writes = not (options["dry_run"] or options["check"] or plan.conflicts)
        if writes and plan.changes_something and is_dirty(git):
            self.say("There are changes that are not committed, which `git diff` will show together with this run's.")
        if writes:
            apply(plan)
        if options["json"]:
            text = as_json(plan, diff=options["diff"])
        elif options["diff"]:
            text = as_diff(plan, colour=self.style.SUCCESS("x") != "x")
            by_hand = replace(plan, changes=(*plan.manual, *plan.conflicts))
            self.stderr.write(as_text(by_hand), style_func=str, ending="")
        else:
            text = as_text(plan)
        self.stdout.write(text, ending="")
        if plan.conflicts:
            raise CommandError("Nothing was written, because of the conflicts above.", returncode=1)
        if options["check"] and (plan.changes_something or plan.manual):
            raise CommandError("The project is not as this command would leave it.", returncode=1)
        if writes and plan.marked:
            files = ", ".join(str(change.path) for change in plan.marked)
            raise CommandError(f"All is written, with conflict markers for you to resolve in {files}.", returncode=1)
        if writes:
            self.after_writing(plan, options)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Collect no garbage meanwhile: there is little, and looking for it goes through all that Django has loaded."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
