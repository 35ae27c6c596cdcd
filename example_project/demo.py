"""Show the main job on a copy of this project: a new entity by one command, and what it answers over HTTP.

    python example_project/demo.py

Needs the extra `tools`. Leaves nothing behind; ends with 0 if everything was as it should be.
"""

import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

HERE = Path(__file__).resolve().parent
IGNORED = shutil.ignore_patterns("__pycache__", "*_cache", "db.sqlite3", "media")
COMMAND = (
    "addentity MealPlan --app recipes recipe:fk=recipes.Recipe:related=planned user:owner day:date "
    "servings:int:min=1:default=2 --unique user,day --migrate"
)
STARTUP_SECONDS = 60


def main() -> None:
    """Copy the project, add an entity to it, run its tests, serve it and ask it."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "mealgenie"
        shutil.copytree(HERE, project, ignore=IGNORED)
        say("A new entity: a private plan of meals, one a day")
        run(project, "manage.py", *shlex.split(COMMAND))
        say("Some data")
        run(project, "manage.py", "seed")
        say("The tests that came with it")
        tests = (
            "recipes/tests/services/test_meal_plan.py",
            "recipes/tests/api/test_meal_plan.py",
        )
        run(project, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests)
        say("The API, asked over HTTP")
        with server(project) as address:
            ask(address)
    say("Done: nothing was written by hand, and the copy is gone")


def say(text: str) -> None:
    """Print a heading."""
    print(f"\n== {text}", flush=True)


def environment() -> dict[str, str]:
    """Return the environment of the project's processes, without another project's settings."""
    inherited = {
        name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"
    }
    return {**inherited, "PYTHONDONTWRITEBYTECODE": "1", "DEBUG": "1"}


def run(project: Path, *arguments: str) -> None:
    """Run Python in the project, and stop the demonstration where that fails."""
    print(f"$ python {shlex.join(arguments)}", flush=True)
    ended = subprocess.run(
        [sys.executable, *arguments], cwd=project, env=environment(), check=False
    )
    if ended.returncode:
        raise SystemExit(f"The command ended with {ended.returncode}.")


@contextmanager
def server(project: Path) -> Iterator[str]:
    """Serve the project, and yield its address once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = ["manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
    print(f"$ python {shlex.join(arguments)}", flush=True)
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=project,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until the server takes connections."""
    deadline = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The server did not start.")


class Browser:
    """Sends requests to the server, as a user or as nobody, and prints what comes back."""

    def __init__(self, address: str, name: str = "nobody") -> None:
        self._address = address
        self._name = name
        self._cookies = CookieJar()
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor(self._cookies))
        if name != "nobody":
            self._sign_in()

    def send(
        self, method: str, path: str, body: Mapping[str, object] | None = None, *, expected: int
    ) -> dict[str, object]:
        """Send a request, print it with its answer, and return the answer's body."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", "X-CSRFToken": self._csrf_token()}
        request = Request(self._address + path, data, headers, method=method)
        try:
            with self._opener.open(request, timeout=30) as answer:
                status, text = answer.status, answer.read().decode()
        except HTTPError as error:
            status, text = error.code, error.read().decode()
        sent = "" if body is None else f" {json.dumps(body)}"
        print(f"\n{self._name}: {method} {path}{sent}")
        print(f"  {status} {shortened(text)}".rstrip(), flush=True)
        if status != expected:
            raise SystemExit(f"Expected {expected}, got {status}: {text}")
        result: dict[str, object] = json.loads(text) if text else {}
        return result

    def _csrf_token(self) -> str:
        return next((str(each.value) for each in self._cookies if each.name == "csrftoken"), "")

    def _sign_in(self) -> None:
        with self._opener.open(f"{self._address}/login/", timeout=30) as page:
            (token,) = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())
        form = {"username": self._name, "password": "mealgenie", "csrfmiddlewaretoken": token}
        headers = {"Referer": f"{self._address}/login/"}
        request = Request(f"{self._address}/login/", urlencode(form).encode(), headers)
        with self._opener.open(request, timeout=30):
            pass


def shortened(text: str) -> str:
    """Return a text that fits on a line or two."""
    return text if len(text) <= 160 else f"{text[:157]}..."


def ask(address: str) -> None:
    """Create, list, change and be refused."""
    tom, aisha, nobody = Browser(address, "tom"), Browser(address, "aisha"), Browser(address)
    plan = {"recipe_id": 1, "day": "2030-01-01", "servings": 4}
    created = tom.send("POST", "/api/meal-plans", plan, expected=201)
    own = f"/api/meal-plans/{created['id']}"
    tom.send("PATCH", own, {"servings": 6}, expected=200)
    tom.send("GET", "/api/meal-plans?recipe_id=1", expected=200)
    tom.send("POST", "/api/meal-plans", plan, expected=409)
    tom.send("POST", "/api/meal-plans", {"recipe_id": 1, "day": "tomorrow"}, expected=422)
    aisha.send("GET", own, expected=404)
    nobody.send("GET", own, expected=401)
    aisha.send("GET", "/api/recipes/1/rating-summary", expected=200)
    aisha.send("GET", "/api/recipes/search?ingredient_id=5&ingredient_id=13&limit=1", expected=200)
    tom.send("DELETE", own, expected=204)


if __name__ == "__main__":
    try:
        main()
    except URLError as error:
        raise SystemExit(f"The server was not to be reached: {error.reason}") from error
