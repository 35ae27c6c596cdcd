"""A parser for commands whose positional arguments may come after options."""

from argparse import Namespace
from collections.abc import Sequence

from django.core.management.base import CommandParser

__all__ = ["IntermixedParser"]


class IntermixedParser(CommandParser):
    """Accepts positional arguments after options too: `addentity Recipe --app recipes title:str`."""

    _is_second_pass = False

    def parse_known_args(  # type: ignore[override]  # argparse has overloads for its namespace types
        self, args: Sequence[str] | None = None, namespace: Namespace | None = None
    ) -> tuple[Namespace, list[str]]:
        """Parse the options first and the positional arguments from what is left."""
        if self._is_second_pass:
            return super().parse_known_args(args, namespace)
        self._is_second_pass = True
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._is_second_pass = False
