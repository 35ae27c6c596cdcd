"""Runs `migrate` in a process of its own, with the checks that are about tables and databases only.

Django lets `migrate` run every check, for which it loads the whole API of the project. What the run has written was checked
before it was written; what only the database can tell was not.
"""

import gc
import sys
from io import StringIO

__all__ = ["main"]


def main() -> None:
    """Check the models and the database, and migrate it; end with a sentence on standard error where that fails."""
    # The process is short, and looking for garbage goes through all that Django has loaded.
    gc.disable()
    import django
    from django.core.checks import Tags
    from django.core.management import CommandError, call_command

    django.setup()
    try:
        call_command("check", tags=[Tags.models, Tags.database], databases=["default"], stdout=StringIO())
        call_command("migrate", interactive=False, skip_checks=True)
    except CommandError as error:
        # What failed checks say goes over many lines, of which the last one only counts them.
        sys.exit(f"CommandError: {' '.join(str(error).split())}")


if __name__ == "__main__":
    main()
