"""
``fd.*``: the file or socket that an event is about.

An opened file or one that could not be, a socket, what a copied descriptor stands for, a mapped file, or the file whose
mode is changed through a descriptor. ``client`` and ``server`` of a connection: who accepts is the
server; otherwise it is the remote side, unless the local port alone is below the ephemeral ones.
Names of addresses come from DNS answers that were observed, never from questions of our own.
"""

import os
from collections.abc import Callable, Mapping, Sequence

from pratique.detections.rules.fields import sockets
from pratique.detections.rules.fields.field import (
    OR_NONE,
    Field,
    Kind,
    Many,
    Source,
    Value,
    missing,
    or_none,
)
from pratique.model.event import Event
from pratique.model.observation import (
    Duplicated,
    Mapped,
    ModuleLoaded,
    Opened,
    PathChanged,
    SocketUsed,
)

_BY_FD = frozenset({"fchmod", "fchown", "ftruncate"})


def _directory(path: str) -> str:
    return path.rpartition("/")[0] or "/"


def _base(path: str) -> str:
    return path.rpartition("/")[2]


def _file_type(act: Opened) -> str | None:
    if act.fd < 0:
        return None
    return "directory" if act.flags & os.O_DIRECTORY else "file"


def _file_letter(act: Opened) -> str:
    return "d" if act.flags & os.O_DIRECTORY else "f"


def _by_fd(call: Callable[[str], str]) -> Callable[[Event], str | None]:
    def answer(event: Event) -> str | None:
        act = event.observation.act
        named = isinstance(act, PathChanged) and event.observation.type in _BY_FD
        return call(act.path) if named and isinstance(act, PathChanged) else None

    return answer


def _copied(call: Callable[[Opened], Value | None]) -> Callable[[Duplicated], Value | None]:
    def answer(act: Duplicated) -> Value | None:
        return call(act.file) if isinstance(act.file, Opened) else None

    return answer


def _copied_socket(
    call: Callable[[SocketUsed], Value | None],
) -> Callable[[Duplicated], Value | None]:
    def answer(act: Duplicated) -> Value | None:
        return call(act.file) if isinstance(act.file, SocketUsed) else None

    return answer


def _copied_any(
    opened: Callable[[Opened], Value | None], used: Callable[[SocketUsed], Value | None]
) -> Callable[[Duplicated], Value | None]:
    def answer(act: Duplicated) -> Value | None:
        if isinstance(act.file, Opened):
            return opened(act.file)
        return used(act.file) if isinstance(act.file, SocketUsed) else None

    return answer


def _any_name(event: Event) -> str | None:
    act = event.observation.act
    if isinstance(act, Duplicated) and isinstance(act.file, Opened):
        return act.file.path
    return sockets.socket_name(event)


def _same(path: str) -> str:
    return path


def _major(device: int) -> int:
    return device >> 20


def _minor(device: int) -> int:
    return device & 0xFFFFF


def _field(name: str, kind: Kind, doc: str, sources: Mapping[type | None, Source]) -> Field:
    return Field(name=name, kind=kind, doc=doc, sources=sources)


def _ended(name: str, kind: Kind, call: Callable[[Event], Value | None], doc: str) -> Field:
    source = Source("e", call)
    return _field(name, kind, doc, {SocketUsed: source, Duplicated: source})


def _either(name: str, kind: Kind, call: Callable[[Event], Value | None], doc: str) -> Field:
    source = Source("e", call)
    return Field(
        name=name,
        kind=kind,
        doc=doc,
        sources={SocketUsed: source, Duplicated: source},
        many=Many.EITHER,
        compared=False,
        transformed=False,
    )


def _net(name: str, call: Callable[[Event], Value | None], doc: str) -> Field:
    source = Source("e", call)
    return Field(
        name=name,
        kind=Kind.NET,
        doc=doc,
        sources={SocketUsed: source, Duplicated: source},
        compared=False,
        transformed=False,
    )


def _files(name: str, part: Callable[[str], str], text: str, doc: str) -> Field:
    """Return a field of a path; ``text`` is ``part`` of the path of an act, in Python."""

    def read(act: Opened) -> str | None:
        return part(act.path) if act.path else None

    return _field(
        name,
        Kind.TEXT,
        doc,
        {
            Opened: Source("a", read, f"({text} if {{0}}.path else None)"),
            Duplicated: Source("a", _copied(read)),
            Mapped: Source("a.path", part),
            ModuleLoaded: Source("a.path", part),
            PathChanged: Source("e", _by_fd(part)),
        },
    )


FIELDS: Sequence[Field] = (
    _field(
        "fd.num",
        Kind.NUMBER,
        "the descriptor, -1 where the call failed",
        {Opened: Source("a.fd"), SocketUsed: Source("a.fd"), Duplicated: Source("a.old_fd")},
    ),
    _field(
        "fd.type",
        Kind.TEXT,
        "file, directory, ipv4, ipv6 or unix",
        {
            Opened: Source("a", _file_type),
            SocketUsed: Source("a", sockets.socket_type),
            Duplicated: Source("a", _copied_any(_file_type, sockets.socket_type)),
            Mapped: Source("a", lambda _: "file"),
        },
    ),
    _field(
        "fd.typechar",
        Kind.TEXT,
        "f file, d directory, 4 IPv4, 6 IPv6, u unix socket",
        {
            Opened: Source(
                "a",
                _file_letter,
                f"('d' if {{0}}.flags & {os.O_DIRECTORY} else 'f')",
            ),
            SocketUsed: Source("a", sockets.socket_letter),
            Duplicated: Source("a", _copied_any(_file_letter, sockets.socket_letter)),
            Mapped: Source("a", lambda _: "f"),
        },
    ),
    _field(
        "fd.name",
        Kind.TEXT,
        "a file's path; a connection as client->server; a unix socket's path",
        {
            Opened: Source("a.path", or_none, OR_NONE),
            SocketUsed: Source("e", sockets.socket_name),
            Duplicated: Source("e", _any_name),
            Mapped: Source("a.path"),
            ModuleLoaded: Source("a.path"),
            PathChanged: Source("e", _by_fd(_same)),
        },
    ),
    _files(
        "fd.directory",
        _directory,
        "({0}.path.rpartition('/')[0] or '/')",
        "the folder of a file",
    ),
    _files("fd.filename", _base, "{0}.path.rpartition('/')[2]", "the last part of a file's path"),
    _field(
        "fd.nameraw",
        Kind.TEXT,
        "a file's path as it was passed",
        {Opened: Source("a", lambda act: act.given or act.path, "({0}.given or {0}.path)")},
    ),
    _field("fd.ino", Kind.NUMBER, "inode", {Opened: Source("a.inode"), Mapped: Source("a.inode")}),
    _field(
        "fd.dev", Kind.NUMBER, "device", {Opened: Source("a.device"), Mapped: Source("a.device")}
    ),
    _field("fd.dev.major", Kind.NUMBER, "device's major", {Opened: Source("a.device", _major)}),
    _field("fd.dev.minor", Kind.NUMBER, "device's minor", {Opened: Source("a.device", _minor)}),
    _field(
        "fd.is_upper_layer",
        Kind.BOOL,
        "the file is in the container's writable layer",
        {Opened: Source("a.upper_layer"), Mapped: Source("a.upper_layer")},
    ),
    _field(
        "fd.l4proto",
        Kind.TEXT,
        "tcp, udp, icmp or raw",
        {
            SocketUsed: Source("a", sockets.protocol),
            Duplicated: Source("a", _copied_socket(sockets.protocol)),
        },
    ),
    _field(
        "fd.sockfamily",
        Kind.TEXT,
        "ip or unix",
        {
            SocketUsed: Source("a", sockets.family),
            Duplicated: Source("a", _copied_socket(sockets.family)),
        },
    ),
    _ended("fd.is_server", Kind.BOOL, sockets.is_server, "this process is the server"),
    _ended(
        "fd.connected",
        Kind.BOOL,
        sockets.connected,
        "the socket is connected; TCP, where data flows",
    ),
    _ended("fd.name_changed", Kind.BOOL, sockets.name_changed, "the call named the peer"),
    _either("fd.ip", Kind.ADDRESS, sockets.addresses, "either address"),
    _either("fd.port", Kind.NUMBER, sockets.ports, "either port"),
    _either("fd.net", Kind.NET, sockets.addresses, "either address, compared with networks"),
    *(
        made
        for letter, who, end, asked in (
            ("c", "the client's", sockets.of_side, False),
            ("s", "the server's", sockets.of_side, True),
            ("l", "the local", sockets.of_end, True),
            ("r", "the remote", sockets.of_end, False),
        )
        for made in (
            _ended(f"fd.{letter}ip", Kind.ADDRESS, end(asked, sockets.address), f"{who} address"),
            _ended(f"fd.{letter}port", Kind.NUMBER, end(asked, sockets.port), f"{who} port"),
            _net(
                f"fd.{letter}net",
                end(asked, sockets.address),
                f"{who} address, compared with networks",
            ),
        )
    ),
    *(
        _ended(f"fd.{letter}ip.name", Kind.TEXT, call, f"{who} name, by observed DNS")
        for letter, who, call in (
            ("s", "the server's", sockets.name_of_side(True)),
            ("c", "the client's", sockets.name_of_side(False)),
            ("r", "the remote", sockets.name_of_end(False)),
            ("l", "the local", sockets.name_of_end(True)),
        )
    ),
    missing("fd.uid", Kind.TEXT, "descriptor and task", "not kept"),
    missing("fd.containername", Kind.TEXT, "container and name", "print both"),
    missing("fd.containerdirectory", Kind.TEXT, "container and folder", "print both"),
    *(
        missing(f"fd.{letter}proto", Kind.TEXT, "a service's name", "ports are compared by number")
        for letter in ("", "c", "s", "l", "r")
    ),
    missing("fd.types", Kind.TEXT, "all open types", "descriptor tables are not kept"),
    missing("fd.is_lower_layer", Kind.BOOL, "the file is in the image", "not observed"),
)
