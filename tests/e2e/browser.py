"""
Drive Debian's Chromium through its DevTools pipe: open a file, ask the page, press keys, print.

No network, no driver program: JSON messages, each ended by a NUL byte, go to descriptor 3 and come
back on descriptor 4 (``--remote-debugging-pipe``).
Source: https://chromedevtools.github.io/devtools-protocol/ (Target, Page, Runtime, Input, Network).
"""

import base64
import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"),
    *("--disable-dev-shm-usage", "--disable-background-networking", "--disable-extensions"),
    *("--remote-debugging-pipe", "--force-color-profile=srgb"),
)
_PIECE = 1 << 16


class Browser:
    """One tab of a running browser."""

    def __init__(self, writes: int, reads: int):
        self._writes, self._reads = writes, reads
        self._buffer = b""
        self._number = 0
        self._session = ""
        self.events: list[dict] = []
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        found = self.send("Target.attachToTarget", targetId=target, flatten=True)
        self._session = found["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.send(f"{domain}.enable")

    def open(self, page: Path, *, width: int = 1280, height: int = 900) -> None:
        """Show a file and wait until it has loaded."""
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        self.events.clear()
        self.send("Page.navigate", url=page.as_uri())
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            self._receive()

    def ask(self, expression: str) -> object:
        """Return the value of a JavaScript expression, promises awaited."""
        answer = self.send(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def media(self, *, kind: str = "", scheme: str = "light") -> None:
        """Show the page as on paper (``print``) or a screen, light or dark."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.send("Emulation.setEmulatedMedia", media=kind, features=features)

    def press(self, key: str, code: int, text: str = "") -> None:
        """Press and release one key; ``code`` is its virtual key code."""
        facts = {"key": key, "windowsVirtualKeyCode": code}
        self.send("Input.dispatchKeyEvent", type="keyDown", text=text, **facts)
        self.send("Input.dispatchKeyEvent", type="keyUp", **facts)

    def type(self, text: str) -> None:
        """Type a text where the focus is."""
        self.send("Input.insertText", text=text)

    def screenshot(self, place: Path) -> None:
        """Write the whole page as PNG."""
        found = self.send("Page.captureScreenshot", captureBeyondViewport=True)
        place.write_bytes(base64.b64decode(found["data"]))

    def pdf(self) -> bytes:
        """Return the page as it prints."""
        return base64.b64decode(self.send("Page.printToPDF", printBackground=False)["data"])

    def requests(self) -> list[str]:
        """Return every address that was asked for since the page was opened."""
        return [
            event["params"]["request"]["url"]
            for event in self.events
            if event["method"] == "Network.requestWillBeSent"
        ]

    def send(self, method: str, **params: object) -> dict:
        """Send one command and return its result; what comes before it is kept as an event."""
        self._number += 1
        message: dict[str, object] = {"id": self._number, "method": method, "params": params}
        message |= {"sessionId": self._session} if self._session else {}
        os.write(self._writes, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self._number:
                assert "error" not in answer, (method, answer["error"])
                return answer["result"]

    def _receive(self) -> dict:
        while b"\0" not in self._buffer:
            piece = os.read(self._reads, _PIECE)
            assert piece, "the browser is gone"
            self._buffer += piece
        content, _, self._buffer = self._buffer.partition(b"\0")
        message = json.loads(content)
        if "method" in message:
            self.events.append(message)
        return message


@contextmanager
def browser(program: str, profile: Path) -> Iterator[Browser]:
    """Run a browser with a profile of its own, and end it with everything it started."""
    commands, answers = os.pipe(), os.pipe()
    # The shell puts the two ends at the numbers that the browser expects.
    line = f'exec "$0" "$@" 3<&{commands[0]} 4>&{answers[1]}'
    running = subprocess.Popen(
        ["/bin/bash", "-c", line, program, *FLAGS, f"--user-data-dir={profile}"],
        pass_fds=(commands[0], answers[1]),
        env=_environment(profile),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    os.close(commands[0])
    os.close(answers[1])
    try:
        yield Browser(commands[1], answers[0])
    finally:
        with suppress(OSError):
            os.close(commands[1])
        try:
            running.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, 9)
            running.wait()
        os.close(answers[0])


def _environment(profile: Path) -> Mapping[str, str]:
    return {**os.environ, "HOME": str(profile), "DBUS_SESSION_BUS_ADDRESS": "disabled:"}
