"""A real browser, driven over the protocol of WebDriver by the standard library."""

import base64
import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

__all__ = ["CHROMEDRIVER", "CHROMIUM", "Browser", "browser"]

CHROMIUM = Path("/usr/bin/chromium")
CHROMEDRIVER = Path("/usr/bin/chromedriver")
_STARTED = re.compile(r"started successfully on port (\d+)")
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class Browser:
    """One window.

    Args:
        session: the address of the session.
    """

    def __init__(self, session: str) -> None:
        self._session = session

    def open(self, path: Path) -> None:
        """Open a file."""
        _ask("POST", f"{self._session}/url", {"url": path.as_uri()})

    def run(self, script: str) -> Any:
        """Return what a script returns."""
        return _ask("POST", f"{self._session}/execute/sync", {"script": script, "args": []})

    def click(self, selector: str) -> None:
        """Click the first element that a selector of CSS finds, as a mouse does."""
        found = _ask("POST", f"{self._session}/element", {"using": "css selector", "value": selector})
        _ask("POST", f"{self._session}/element/{found[_ELEMENT]}/click", {})

    def type(self, selector: str, text: str) -> None:
        """Type a text into the first element that a selector of CSS finds."""
        found = _ask("POST", f"{self._session}/element", {"using": "css selector", "value": selector})
        _ask("POST", f"{self._session}/element/{found[_ELEMENT]}/value", {"text": text})

    def text(self, selector: str) -> str:
        """Return the text of an element."""
        return str(self.run(f"return document.querySelector({json.dumps(selector)}).innerText"))

    def screenshot(self) -> bytes:
        """Return what is seen, as PNG."""
        return base64.b64decode(_ask("GET", f"{self._session}/screenshot"))

    def log(self) -> list[str]:
        """Return the errors that the page has logged."""
        entries = _ask("POST", f"{self._session}/se/log", {"type": "browser"})
        return [one["message"] for one in entries if one["level"] == "SEVERE"]


@contextmanager
def browser(folder: Path) -> Iterator[Browser]:
    """Open a window of Chromium without a screen.

    Args:
        folder: where it keeps its profile.
    """
    driver = subprocess.Popen([str(CHROMEDRIVER), "--port=0"], stdout=subprocess.PIPE, text=True)
    try:
        address = _address(driver)
        arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1600,1000"]
        options = {"binary": str(CHROMIUM), "args": [*arguments, f"--user-data-dir={folder / 'profile'}"]}
        wanted = {"alwaysMatch": {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}}
        session = _ask("POST", f"{address}/session", {"capabilities": wanted})["sessionId"]
        yield Browser(f"{address}/session/{session}")
        _ask("DELETE", f"{address}/session/{session}")
    finally:
        driver.terminate()
        driver.communicate(timeout=30)


def _address(driver: "subprocess.Popen[str]") -> str:
    """Wait until the driver says on which port it listens."""
    assert driver.stdout is not None
    for line in driver.stdout:
        said = _STARTED.search(line)
        if said:
            return f"http://127.0.0.1:{said[1]}"
    raise RuntimeError("chromedriver did not start")


def _ask(method: str, url: str, body: dict[str, Any] | None = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = Request(url, data, {"Content-Type": "application/json"}, method=method)
    with urlopen(request, timeout=60) as answer:
        return json.load(answer)["value"]
