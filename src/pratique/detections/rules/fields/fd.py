"""
``fd.*``: the file or socket that an event is about.

An opened file, a socket, what a copied descriptor stands for, a mapped file, or the file whose
mode is changed through a descriptor. ``client`` and ``server`` of a connection: who accepts is the
server; otherwise it is the remote side, unless the local port alone is below the ephemeral ones.
Names of addresses come from DNS answers that were observed, never from questions of our own.
"""

import os
from collections.abc import Callable, Mapping, Sequence

from pratique.detections.rules.fields.field import Field, Kind, Many, Source, Value, missing
from pratique.model.event import Event
from pratique.model.observation import (
    Duplicated,
    Mapped,
    ModuleLoaded,
    Opened,
    PathChanged,
    SocketUsed,
)

EPHEMERAL = 32768
"""Ports from here on are taken for clients (Linux: net.ipv4.ip_local_port_range)."""
_INET = (2, 10)
_BY_FD = frozenset({"fchmod", "fchown", "ftruncate"})
_SERVERS = frozenset({"accept", "accept4", "bind", "listen"})
_SENDS = frozenset({"sendto", "sendmsg", "recvfrom", "recvmsg"})
_IN_PROGRESS = -115
_PROTOCOLS = {1: "icmp", 6: "tcp", 17: "udp", 58: "icmp"}


def _directory(path: str) -> str:
    return path.rpartition("/")[0] or "/"


def _base(path: str) -> str:
    return path.rpartition("/")[2]


def _seen(act: Opened) -> str | None:
    return act.path if act.fd >= 0 else None


def _file_type(act: Opened) -> str | None:
    if act.fd < 0:
        return None
    return "directory" if act.flags & os.O_DIRECTORY else "file"


def _file_letter(act: Opened) -> str | None:
    return None if act.fd < 0 else "d" if act.flags & os.O_DIRECTORY else "f"


def _socket_type(act: SocketUsed) -> str | None:
    return {1: "unix", 2: "ipv4", 10: "ipv6"}.get(act.family)


def _socket_letter(act: SocketUsed) -> str | None:
    return {1: "u", 2: "4", 10: "6"}.get(act.family)


def _family(act: SocketUsed) -> str | None:
    return "unix" if act.family == 1 else "ip" if act.family in _INET else None


def _protocol(act: SocketUsed) -> str | None:
    if act.family not in _INET:
        return None
    by_kind = (
        "tcp" if act.kind == 1 else "udp" if act.kind == 2 else "raw" if act.kind == 3 else None
    )
    return _PROTOCOLS.get(act.protocol) or by_kind


def _serves(event: Event, act: SocketUsed) -> bool:
    kind = event.observation.type
    if kind in _SERVERS:
        return True
    if kind == "connect" or not act.local_port or not act.remote_port:
        return False
    return act.local_port < EPHEMERAL <= act.remote_port


def _socket(event: Event) -> SocketUsed | None:
    act = event.observation.act
    if isinstance(act, Duplicated):
        act = act.file if act.file is not None else act
    return act if isinstance(act, SocketUsed) else None


def _socket_name(event: Event) -> str | None:
    act = _socket(event)
    if act is None:
        return None
    if act.family not in _INET:
        return act.path
    local = f"{act.local_address}:{act.local_port}"
    if not act.remote_address:
        return local
    remote = f"{act.remote_address}:{act.remote_port}"
    return f"{remote}->{local}" if _serves(event, act) else f"{local}->{remote}"


def _side(
    server: bool, read: Callable[[SocketUsed, bool], Value]
) -> Callable[[Event], Value | None]:
    """Return what is known of the server's or client's end; empty and 0 are unknown."""

    def answer(event: Event) -> Value | None:
        act = _socket(event)
        if act is None or act.family not in _INET:
            return None
        return read(act, _serves(event, act) == server) or None

    return answer


def _end(local: bool, read: Callable[[SocketUsed, bool], Value]) -> Callable[[Event], Value | None]:
    """Return what is known of the local or remote end."""

    def answer(event: Event) -> Value | None:
        act = _socket(event)
        if act is None or act.family not in _INET:
            return None
        return read(act, local) or None

    return answer


def _address(act: SocketUsed, local: bool) -> str:
    return act.local_address if local else act.remote_address


def _port(act: SocketUsed, local: bool) -> int:
    return act.local_port if local else act.remote_port


def _addresses(event: Event) -> tuple[str, ...] | None:
    act = _socket(event)
    if act is None or act.family not in _INET:
        return None
    return tuple(filter(None, (act.local_address, act.remote_address))) or None


def _ports(event: Event) -> tuple[int, ...] | None:
    act = _socket(event)
    if act is None or act.family not in _INET:
        return None
    return tuple(filter(None, (act.local_port, act.remote_port))) or None


def _connected(event: Event) -> bool | None:
    act = _socket(event)
    if act is None or act.family not in _INET:
        return None
    result = event.observation.result
    if event.observation.type in _SENDS:
        return act.kind == 1
    return result >= 0 and event.observation.type in ("connect", "accept", "accept4")


def _name_changed(event: Event) -> bool | None:
    """Return whether the call named a peer: what Falco tells for the first datagram to one."""
    act = _socket(event)
    if act is None:
        return None
    done = event.observation.result >= 0 or event.observation.result == _IN_PROGRESS
    return done and bool(act.remote_address or act.path)


def _is_server(event: Event) -> bool | None:
    act = _socket(event)
    return None if act is None or act.family not in _INET else _serves(event, act)


def _remote_name(server: bool | None) -> Callable[[Event], str | None]:
    """Return the name of the remote end, where that is the end asked for."""

    def answer(event: Event) -> str | None:
        act = _socket(event)
        if act is None or (server is not None and _serves(event, act) == server):
            return None
        return event.remote_name or None

    return answer


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
    return _socket_name(event)


def _path_part(call: Callable[[str], str]) -> Callable[[Opened], str | None]:
    def answer(act: Opened) -> str | None:
        return call(act.path) if act.fd >= 0 else None

    return answer


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


def _files(name: str, part: Callable[[str], str], doc: str) -> Field:
    read = _path_part(part)
    return _field(
        name,
        Kind.TEXT,
        doc,
        {
            Opened: Source("a", read),
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
            SocketUsed: Source("a", _socket_type),
            Duplicated: Source("a", _copied_any(_file_type, _socket_type)),
            Mapped: Source("a", lambda _: "file"),
        },
    ),
    _field(
        "fd.typechar",
        Kind.TEXT,
        "f file, d directory, 4 IPv4, 6 IPv6, u unix socket",
        {
            Opened: Source("a", _file_letter),
            SocketUsed: Source("a", _socket_letter),
            Duplicated: Source("a", _copied_any(_file_letter, _socket_letter)),
            Mapped: Source("a", lambda _: "f"),
        },
    ),
    _field(
        "fd.name",
        Kind.TEXT,
        "a file's path; a connection as client->server; a unix socket's path",
        {
            Opened: Source("a", _seen),
            SocketUsed: Source("e", _socket_name),
            Duplicated: Source("e", _any_name),
            Mapped: Source("a.path"),
            ModuleLoaded: Source("a.path"),
            PathChanged: Source("e", _by_fd(_same)),
        },
    ),
    _files("fd.directory", _directory, "the folder of a file"),
    _files("fd.filename", _base, "the last part of a file's path"),
    _field(
        "fd.nameraw",
        Kind.TEXT,
        "a file's path as it was passed",
        {Opened: Source("a", lambda act: act.given or act.path)},
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
        {SocketUsed: Source("a", _protocol), Duplicated: Source("a", _copied_socket(_protocol))},
    ),
    _field(
        "fd.sockfamily",
        Kind.TEXT,
        "ip or unix",
        {SocketUsed: Source("a", _family), Duplicated: Source("a", _copied_socket(_family))},
    ),
    _ended("fd.is_server", Kind.BOOL, _is_server, "this process is the server"),
    _ended("fd.connected", Kind.BOOL, _connected, "the socket is connected; TCP, where data flows"),
    _ended("fd.name_changed", Kind.BOOL, _name_changed, "the call named the peer"),
    _either("fd.ip", Kind.ADDRESS, _addresses, "either address"),
    _either("fd.port", Kind.NUMBER, _ports, "either port"),
    _either("fd.net", Kind.NET, _addresses, "either address, compared with networks"),
    *(
        made
        for letter, who, end, asked in (
            ("c", "the client's", _side, False),
            ("s", "the server's", _side, True),
            ("l", "the local", _end, True),
            ("r", "the remote", _end, False),
        )
        for made in (
            _ended(f"fd.{letter}ip", Kind.ADDRESS, end(asked, _address), f"{who} address"),
            _ended(f"fd.{letter}port", Kind.NUMBER, end(asked, _port), f"{who} port"),
            _net(f"fd.{letter}net", end(asked, _address), f"{who} address, compared with networks"),
        )
    ),
    _ended("fd.sip.name", Kind.TEXT, _remote_name(False), "the server's name, by observed DNS"),
    _ended("fd.cip.name", Kind.TEXT, _remote_name(True), "the client's name, by observed DNS"),
    _ended("fd.rip.name", Kind.TEXT, _remote_name(None), "the remote name, by observed DNS"),
    missing("fd.lip.name", Kind.TEXT, "the local name", "nobody asks DNS for it"),
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
