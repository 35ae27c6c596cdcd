"""`manage.py addentity` with only a name, on a real terminal."""

import os
import pty
import subprocess
import sys

from tests.scaffold.projects import TestProject


def test_fields_are_asked_for_one_at_a_time_until_an_empty_answer(layered: TestProject) -> None:
    ours, theirs = pty.openpty()
    try:
        with subprocess.Popen(
            [sys.executable, "manage.py", "addentity", "Rating"],
            cwd=layered.root,
            env=layered.variables(),
            stdin=theirs,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        ) as process:
            # A terminal keeps lines until they are read.
            os.write(ours, b"stars:intt\nstars:int:min=1\ncomment:text:optional\n\n")
            assert process.stdout is not None
            said = process.stdout.read().decode()
    finally:
        os.close(ours)
        os.close(theirs)

    assert process.returncode == 0, said
    assert said.count("Field (empty to end): ") == 4
    assert said.index("Did you mean int?") < said.index("create")
    model = layered.tree()["recipes/models/rating.py"]
    assert b"stars = models.IntegerField()" in model
    assert b"comment = models.TextField(" in model
