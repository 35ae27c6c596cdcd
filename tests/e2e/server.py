"""A development server in a process of its own, and a browser's worth of HTTP."""

import http.client
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.scaffold.projects import TestProject

_STARTUP_SECONDS = 60
_SIGN_IN = """
import django.test
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
user, created = get_user_model().objects.get_or_create(username=sys.argv[1])
for permission in sys.argv[2:]:
    label, codename = permission.split(".")
    user.user_permissions.add(Permission.objects.get(content_type__app_label=label, codename=codename))
client = django.test.Client()
client.force_login(user)
print(client.cookies["sessionid"].value)
"""
_CSRF_TOKEN = "a" * 32


@dataclass(frozen=True)
class Answer:
    """What the server answers."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def json(self) -> dict[str, object]:
        """The body as a JSON object."""
        data: dict[str, object] = json.loads(self.text)
        return data


@dataclass
class Browser:
    """Sends requests, as a user or as nobody."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def send(self, method: str, path: str, body: object = None, *, csrf: bool = True) -> Answer:
        """Send a request with a JSON body, and the token against forgery unless told otherwise."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        cookies = {**self.cookies, "csrftoken": _CSRF_TOKEN}
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
        if csrf:
            headers["X-CSRFToken"] = _CSRF_TOKEN
        content = None if body is None else json.dumps(body).encode()
        if content is not None:
            headers["Content-Type"] = "application/json"
        connection.request(method, path, content, headers)
        response = connection.getresponse()
        text = response.read().decode(errors="replace")
        connection.close()
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, text)


@contextmanager
def running_server(project: TestProject) -> Iterator[int]:
    """Run `runserver` and yield its port, once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"],
        cwd=project.root,
        env=project.variables(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


def sign_in(project: TestProject, port: int, name: str, *permissions: str) -> Browser:
    """Make a user with permissions, if there is none of the name yet, and return a browser with a session of his."""
    ran = project.django(_SIGN_IN, name, *permissions)
    assert ran.code == 0, ran.err
    return Browser(port, {"sessionid": ran.out.strip()})


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _STARTUP_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise AssertionError(f"runserver ended with {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            continue
        return
    raise AssertionError("runserver did not start in time")
