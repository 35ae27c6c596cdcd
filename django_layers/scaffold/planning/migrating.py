"""Runs `migrate` in a process of its own, with the checks that are about tables and databases only.

Django lets `migrate` run every check, for which it loads the whole API of the project. What the run has written was checked
before it was written; what only the database can tell was not.
"""

import gc
import sys
from io import StringIO

__all__ = ["main", "migrate"]


def main() -> None:
    """Load the project and migrate it."""
    # The process is short, and looking for garbage goes through all that Django has loaded.
    gc.disable()
    import django

    django.setup()
    migrate()


def migrate(*labels: str) -> None:
    """Check the models and the database of a project that is loaded, and migrate it, after which the process ends.

    Args:
        labels: the apps whose models are still to be checked; none for all of them.

    Raises:
        SystemExit: that fails; what comes of it is a sentence on standard error.
    """
    from django.core.checks import Tags
    from django.core.management import CommandError, call_command

    try:
        call_command("check", *labels, tags=[Tags.models, Tags.database], databases=["default"], stdout=StringIO())
        call_command("migrate", interactive=False, skip_checks=True)
    except CommandError as error:
        # What failed checks say goes over many lines, of which the last one only counts them.
        sys.exit(f"CommandError: {' '.join(str(error).split())}")
    finally:
        # At its end too, a process would go through all that is loaded.
        gc.freeze()


if __name__ == "__main__":
    main()
