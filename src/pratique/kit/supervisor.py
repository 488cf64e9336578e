"""
Tell the supervisor of a service how it stands: that it is ready, alive, about to stop.

The protocol of systemd's ``sd_notify(3)``: lines ``NAME=VALUE`` in one datagram to the socket that
``NOTIFY_SOCKET`` names (a path, or ``@`` and a name without a file). ``WATCHDOG_USEC`` is how long the
supervisor waits for a sign of life, if ``WATCHDOG_PID`` is this process or nobody. One that does not
listen never stops the service. The variables are taken out of the environment: what the service
starts (a container engine too) must not speak in its name.
"""

import os
import socket
from collections.abc import MutableMapping
from typing import Self

_SOCKET, _PERIOD, _PID = "NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"
_MOST_WORDS = 200


class Supervisor:
    """Who started this service; silent where nobody asked to be told."""

    def __init__(self, address: str = "", *, watched: bool = False) -> None:
        self._address = f"\0{address[1:]}" if address.startswith("@") else address
        self._watched = watched

    @classmethod
    def taken_from(cls, environ: MutableMapping[str, str], pid: int | None = None) -> Self:
        """Return what an environment names, and take it out of there."""
        address, period, asked = (environ.pop(name, "") for name in (_SOCKET, _PERIOD, _PID))
        mine = asked in ("", str(os.getpid() if pid is None else pid))
        return cls(address, watched=period.isdigit() and int(period) > 0 and mine)

    @property
    def listens(self) -> bool:
        """Whether anybody is told."""
        return bool(self._address)

    def ready(self, words: str) -> None:
        """Say that the service does its work from now on, and in words how it stands."""
        self._say("READY=1", _status(words))

    def alive(self, words: str) -> None:
        """Say how it stands; a sign of life where one is waited for."""
        self._say(*(("WATCHDOG=1",) if self._watched else ()), _status(words))

    def stopping(self) -> None:
        """Say that it ends now."""
        self._say("STOPPING=1")

    def _say(self, *lines: str) -> None:
        if not self._address:
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as out:
                out.setblocking(False)
                out.sendto("\n".join(lines).encode("utf-8", "replace"), self._address)
        except (OSError, ValueError):
            # It went away, or has no room: it will say so itself when it misses a sign.
            return


def _status(words: str) -> str:
    """Return the words as one line: a line break would begin another message."""
    return "STATUS=" + " ".join(words.split())[:_MOST_WORDS]
