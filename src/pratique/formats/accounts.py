"""
Read the account files of a Unix system: passwd, shadow, group.

Law: one row per line that has the fields, with its line number; lines that are damaged, empty or
comments are left out, as the C library leaves them out. Layouts: passwd(5), shadow(5), group(5).
"""

from collections.abc import Iterator

from msgspec import Struct

MOST_LINES = 10_000
_LONGEST = 4_096


class Account(Struct, frozen=True):
    """A row of passwd: ``password`` is ``x`` where it stands in shadow; ids are -1 if no numbers."""

    line: int
    name: str
    password: str
    uid: int
    gid: int
    home: str
    shell: str

    @property
    def can_log_in(self) -> bool:
        """Whether its shell is one: not ``nologin``, ``false`` and the like; empty means sh."""
        return self.shell.rpartition("/")[2] not in ("nologin", "false", "sync", "shutdown", "halt")


class Shadow(Struct, frozen=True):
    """A row of shadow: ``password`` empty means that none is asked for."""

    line: int
    name: str
    password: str


class Group(Struct, frozen=True):
    """A row of group."""

    line: int
    name: str
    gid: int
    members: tuple[str, ...] = ()


def read_passwd(content: bytes) -> tuple[Account, ...]:
    """
    Return the rows of passwd.

    >>> read_passwd(b"root:x:0:0:root:/root:/bin/sh")[0].uid
    0
    """
    return tuple(
        Account(line, name, password, _number(uid), _number(gid), home, shell)
        for line, (name, password, uid, gid, _, home, shell) in _rows(content, 7)
    )


def read_shadow(content: bytes) -> tuple[Shadow, ...]:
    """
    Return the rows of shadow.

    >>> read_shadow(b"root::0:::::")[0].password
    ''
    """
    return tuple(Shadow(line, fields[0], fields[1]) for line, fields in _rows(content, 2))


def read_group(content: bytes) -> tuple[Group, ...]:
    """
    Return the rows of group.

    >>> read_group(b"wheel:x:10:root,ann")[0].members
    ('root', 'ann')
    """
    return tuple(
        Group(line, name, _number(gid), tuple(filter(None, members.split(","))))
        for line, (name, _, gid, members) in _rows(content, 4)
    )


def _rows(content: bytes, fields: int) -> Iterator[tuple[int, list[str]]]:
    """Yield line number and fields of the rows that have at least so many."""
    for number, raw in enumerate(content.split(b"\n")[:MOST_LINES], start=1):
        row = raw[:_LONGEST].decode("utf-8", "replace").rstrip("\r").split(":")
        if len(row) >= fields and row[0] and row[0][0] not in "#+-":
            yield number, row[:fields]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 11 else -1
