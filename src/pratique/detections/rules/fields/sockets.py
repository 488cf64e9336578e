"""
Answer what ``fd.*`` asks of a socket: its ends, who serves, and its names.

Who accepts is the server; otherwise it is the remote side, unless the local port alone is below the
ephemeral ones. A descriptor that was copied stands for its socket. What is unknown (an empty address,
port 0) is missing. Names of addresses come from DNS answers that were observed, never from questions
of our own.
"""

from collections.abc import Callable

from pratique.detections.rules.fields.field import Value
from pratique.model.event import Event
from pratique.model.observation import Duplicated, SocketUsed

EPHEMERAL = 32768
"""Ports from here on are taken for clients (Linux: net.ipv4.ip_local_port_range)."""
_INET = (2, 10)
_SERVERS = frozenset({"accept", "accept4", "bind", "listen"})
_SENDS = frozenset({"sendto", "sendmsg", "recvfrom", "recvmsg"})
_IN_PROGRESS = -115
_PROTOCOLS = {1: "icmp", 6: "tcp", 17: "udp", 58: "icmp"}


def socket_type(act: SocketUsed) -> str | None:
    """Return ``ipv4``, ``ipv6`` or ``unix``."""
    return {1: "unix", 2: "ipv4", 10: "ipv6"}.get(act.family)


def socket_letter(act: SocketUsed) -> str | None:
    """Return ``4``, ``6`` or ``u``."""
    return {1: "u", 2: "4", 10: "6"}.get(act.family)


def family(act: SocketUsed) -> str | None:
    """Return ``ip`` or ``unix``."""
    return "unix" if act.family == 1 else "ip" if act.family in _INET else None


def protocol(act: SocketUsed) -> str | None:
    """Return the protocol above IP, as the call named it or as the socket's kind implies."""
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


def socket_name(event: Event) -> str | None:
    """Return a connection as ``client->server``, or the path of a unix socket."""
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


def of_side(
    server: bool, read: Callable[[SocketUsed, bool], Value]
) -> Callable[[Event], Value | None]:
    """Return what is known of the server's or client's end; empty and 0 are unknown."""

    def answer(event: Event) -> Value | None:
        act = _socket(event)
        if act is None or act.family not in _INET:
            return None
        return read(act, _serves(event, act) == server) or None

    return answer


def of_end(
    local: bool, read: Callable[[SocketUsed, bool], Value]
) -> Callable[[Event], Value | None]:
    """Return what is known of the local or remote end."""

    def answer(event: Event) -> Value | None:
        act = _socket(event)
        if act is None or act.family not in _INET:
            return None
        return read(act, local) or None

    return answer


def address(act: SocketUsed, local: bool) -> str:
    """Return the address of one end."""
    return act.local_address if local else act.remote_address


def port(act: SocketUsed, local: bool) -> int:
    """Return the port of one end."""
    return act.local_port if local else act.remote_port


def addresses(event: Event) -> tuple[str, ...] | None:
    """Return the addresses of both ends that are known."""
    act = _socket(event)
    if act is None or act.family not in _INET:
        return None
    return tuple(filter(None, (act.local_address, act.remote_address))) or None


def ports(event: Event) -> tuple[int, ...] | None:
    """Return the ports of both ends that are known."""
    act = _socket(event)
    if act is None or act.family not in _INET:
        return None
    return tuple(filter(None, (act.local_port, act.remote_port))) or None


def connected(event: Event) -> bool | None:
    """Return whether a connection stands; for what sends and receives, whether it has one."""
    act = _socket(event)
    if act is None or act.family not in _INET:
        return None
    result = event.observation.result
    if event.observation.type in _SENDS:
        return act.kind == 1
    return result >= 0 and event.observation.type in ("connect", "accept", "accept4")


def name_changed(event: Event) -> bool | None:
    """Return whether the call named a peer: what Falco tells for the first datagram to one."""
    act = _socket(event)
    if act is None:
        return None
    done = event.observation.result >= 0 or event.observation.result == _IN_PROGRESS
    return done and bool(act.remote_address or act.path)


def is_server(event: Event) -> bool | None:
    """Return whether this process is the server."""
    act = _socket(event)
    return None if act is None or act.family not in _INET else _serves(event, act)


def name_of_side(server: bool) -> Callable[[Event], str | None]:
    """Return the name of the server's or client's end."""

    def answer(event: Event) -> str | None:
        act = _socket(event)
        if act is None:
            return None
        return _name_of(event, local=_serves(event, act) == server)

    return answer


def name_of_end(local: bool) -> Callable[[Event], str | None]:
    """Return the name of the local or remote end."""

    def answer(event: Event) -> str | None:
        return None if _socket(event) is None else _name_of(event, local=local)

    return answer


def _name_of(event: Event, *, local: bool) -> str | None:
    return (event.local_name if local else event.remote_name) or None
