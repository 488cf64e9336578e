"""
Read ``/proc/PID/mountinfo``: where the hierarchies of control groups and the overlays are mounted.

Law: lines that are not of the form are left out; names are unescaped (``\\040`` is a blank). At most
``MOST_LINES`` are read. Source: proc_pid_mountinfo(5).
"""

import re
from collections.abc import Iterator

from msgspec import Struct

MOST_LINES = 50_000
_ESCAPED = re.compile(r"\\([0-7]{3})")


class Mount(Struct, frozen=True):
    """
    One mount: ``root`` is the folder of the file system that is mounted at ``point``.

    ``options`` are those of the file system (``upperdir=…``), ``device`` is its number
    (``major:minor``), which every mount of it has.
    """

    point: str
    kind: str
    root: str = "/"
    options: tuple[str, ...] = ()
    device: str = ""

    def option(self, name: str) -> str:
        """
        Return the value of an option, empty where it has none.

        >>> Mount("/m", "overlay", "/", ("rw", "upperdir=/u")).option("upperdir")
        '/u'
        """
        start = f"{name}="
        return next((one[len(start) :] for one in self.options if one.startswith(start)), "")


def read_mounts(content: bytes) -> Iterator[Mount]:
    """
    Yield the mounts in order.

    >>> line = b"62 27 0:52 / /m rw,relatime shared:1 - overlay overlay rw,upperdir=/u"
    >>> [mount.point for mount in read_mounts(line)]
    ['/m']
    """
    for line in content.split(b"\n")[:MOST_LINES]:
        left, dash, right = line.decode(errors="surrogateescape").partition(" - ")
        before, after = left.split(" "), right.split(" ")
        if dash and len(before) >= 6 and len(after) >= 3:
            yield Mount(
                point=_plain(before[4]),
                kind=after[0],
                root=_plain(before[3]),
                options=tuple(map(_plain, after[2].split(","))),
                device=before[2],
            )


def _plain(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 8) & 0xFF), text)
