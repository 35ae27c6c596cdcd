"""Requests, and the two ways to put them to an application in this process: WSGI and ASGI; no network for anybody."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from time import perf_counter_ns, process_time_ns
from typing import Any, Protocol

__all__ = ["Asgi", "Caller", "Request", "Sample", "Wsgi"]


@dataclass(frozen=True)
class Request:
    """What is asked for.

    Attributes:
        path: without the prefix of a competitor.
        query: what follows the question mark.
        method: in capitals.
        body: JSON.
    """

    path: str
    query: str = ""
    method: str = "GET"
    body: bytes = b""


@dataclass(frozen=True)
class Sample:
    """What one request took, in nanoseconds.

    Attributes:
        wall: by the clock on the wall.
        cpu: of this process, on all of its threads.
    """

    wall: int
    cpu: int


class Caller(Protocol):
    """Puts requests to an application."""

    def answer(self, request: Request) -> bytes:
        """Return the body of the response.

        Raises:
            RuntimeError: the response is no success.
        """
        ...

    def timed(self, request: Request, times: int) -> list[Sample]:
        """Return what the request took, each time."""
        ...

    def close(self) -> None:
        """Tell the application that its server stops."""
        ...


class Wsgi:
    """Calls a WSGI application as a server does: a fresh environment, the whole body, and the response closed."""

    def __init__(self, application: Callable[..., Iterable[bytes]], *, prefix: str, authorization: str) -> None:
        self._application = application
        self._prefix = prefix
        self._authorization = authorization

    def answer(self, request: Request) -> bytes:
        """Return the body of the response."""
        status, body = self._called(request)
        return _checked(self._prefix + request.path, int(status.split()[0]), body)

    def timed(self, request: Request, times: int) -> list[Sample]:
        """Return what the request took, each time."""
        samples = []
        for _ in range(times):
            wall, cpu = perf_counter_ns(), process_time_ns()
            self._called(request)
            samples.append(Sample(perf_counter_ns() - wall, process_time_ns() - cpu))
        return samples

    def close(self) -> None:
        """Do nothing: WSGI has no word for it."""

    def _called(self, request: Request) -> tuple[str, bytes]:
        started: list[str] = []
        response = self._application(self._environment(request), lambda status, headers: started.append(status))
        body = b"".join(response)
        response.close()  # type: ignore[attr-defined]  # of Django's responses, as of the protocol
        return started[0], body

    def _environment(self, request: Request) -> dict[str, object]:
        return {
            "REQUEST_METHOD": request.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": self._prefix + request.path,
            "QUERY_STRING": request.query,
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "testserver",
            "HTTP_ACCEPT": "application/json",
            "HTTP_AUTHORIZATION": self._authorization,
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(request.body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(request.body),
            "wsgi.errors": BytesIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }


class Asgi:
    """Calls an ASGI application on an event loop that goes on running between the requests."""

    def __init__(self, application: Callable[..., Any], *, authorization: str) -> None:
        self._application = application
        self._headers = [
            (b"host", b"testserver"),
            (b"accept", b"application/json"),
            (b"authorization", authorization.encode()),
            (b"content-type", b"application/json"),
        ]
        self._loop = asyncio.new_event_loop()
        self._loop.run_until_complete(self._started())

    def answer(self, request: Request) -> bytes:
        """Return the body of the response."""
        status, body = self._loop.run_until_complete(self._called(request))
        return _checked(request.path, status, body)

    def timed(self, request: Request, times: int) -> list[Sample]:
        """Return what the request took, each time; the loop is running already."""
        return self._loop.run_until_complete(self._timed(request, times))

    def close(self) -> None:
        """Tell the application that its server stops."""
        self._loop.run_until_complete(self._stopped())
        self._loop.close()

    async def _timed(self, request: Request, times: int) -> list[Sample]:
        samples = []
        for _ in range(times):
            wall, cpu = perf_counter_ns(), process_time_ns()
            await self._called(request)
            samples.append(Sample(perf_counter_ns() - wall, process_time_ns() - cpu))
        return samples

    async def _called(self, request: Request) -> tuple[int, bytes]:
        status = 0
        body: list[bytes] = []

        async def receive() -> dict[str, object]:
            return {"type": "http.request", "body": request.body, "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            else:
                body.append(message.get("body", b""))

        await self._application(self._scope(request), receive, send)
        return status, b"".join(body)

    async def _started(self) -> None:
        """Tell the application that its server has started."""
        self._told: asyncio.Queue[dict[str, str]] = asyncio.Queue()
        self._said: asyncio.Queue[str] = asyncio.Queue()

        async def send(message: dict[str, Any]) -> None:
            self._said.put_nowait(message["type"])

        scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
        self._life = asyncio.ensure_future(self._application(scope, self._told.get, send))
        await self._told_and_done("startup")

    async def _stopped(self) -> None:
        await self._told_and_done("shutdown")
        await self._life

    async def _told_and_done(self, event: str) -> None:
        self._told.put_nowait({"type": f"lifespan.{event}"})
        said = await self._said.get()
        if said != f"lifespan.{event}.complete":
            raise RuntimeError(f"The application answered its {event} with {said}.")

    def _scope(self, request: Request) -> dict[str, object]:
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": request.method,
            "scheme": "http",
            "path": request.path,
            "raw_path": request.path.encode(),
            "query_string": request.query.encode(),
            "root_path": "",
            "headers": list(self._headers),
            "client": ("127.0.0.1", 50000),
            "server": ("testserver", 80),
            "state": {},
        }


def _checked(path: str, status: int, body: bytes) -> bytes:
    if not 200 <= status < 300:
        raise RuntimeError(f"{path} answered {status}: {body[:300]!r}")
    return body
