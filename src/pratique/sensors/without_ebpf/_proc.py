"""Read ``/proc`` without waiting and without raising: what is gone is empty."""

import os
import stat

_READ = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY
MOST = 1 << 20


class Proc:
    """The folder ``/proc``, or one that looks like it."""

    def __init__(self, place: str = "/proc") -> None:
        self.place = place

    def read(self, path: str, most: int = 1 << 16) -> bytes:
        """Return the first bytes of a file, none where it cannot be read."""
        try:
            fd = os.open(f"{self.place}/{path}", _READ)
        except OSError:
            return b""
        try:
            parts, left = [], most
            while left and (part := os.read(fd, left)):
                parts.append(part)
                left -= len(part)
            return b"".join(parts)
        except OSError:
            return b""
        finally:
            os.close(fd)

    def link(self, path: str) -> str:
        """Return what a link holds, or nothing."""
        try:
            return os.readlink(f"{self.place}/{path}")  # noqa: PTH115 - once for each execution
        except OSError:
            return ""

    def stat(self, path: str) -> os.stat_result | None:
        """Return what a path leads to, None where there is nothing."""
        try:
            return os.stat(f"{self.place}/{path}")  # noqa: PTH116 - beside `link`
        except OSError:
            return None

    def names(self, path: str) -> list[str]:
        """Return the names in a folder."""
        try:
            return os.listdir(f"{self.place}/{path}")  # noqa: PTH208 - beside `link`
        except OSError:
            return []

    def namespace(self, pid: int, kind: str) -> int:
        """Return the number of a process's namespace, 0 where it cannot be known."""
        number = self.link(f"{pid}/ns/{kind}").rpartition("[")[2].removesuffix("]")
        return int(number) if number.isdigit() else 0


def in_upper(upper: str, path: str) -> bool:
    """Return whether a path of a container has a file of its own in the overlay's upper layer."""
    if not upper:
        return False
    try:
        return stat.S_ISREG(os.lstat(upper + path).st_mode)
    except (OSError, ValueError):
        return False
