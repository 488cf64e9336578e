"""
Send messages to a log daemon: ``/dev/log``, UDP, TCP or TLS.

One datagram holds one message (RFC 5426); over TCP and TLS each message is framed by its length in
front (octet counting, RFC 6587 section 3.4.1 and RFC 5425). A stream that broke is opened anew at the
next try. Neither protocol confirms: what was in flight when a connection broke may be lost, so a stream
that the other side has closed is noticed before something is written to it.
"""

import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from select import select
from typing import TYPE_CHECKING

from pratique.outputs.channels.interface import TIMEOUT_S, NotDelivered

if TYPE_CHECKING:
    from collections.abc import Mapping

LOCAL = Path("/dev/log")
MAX_DATAGRAM = 60_000


class DatagramChannel:
    """Messages in datagrams, to a unix socket or over UDP."""

    def __init__(self, shown: str, connect: Callable[[], socket.socket]) -> None:
        self._shown, self._connect = shown, connect
        self._socket: socket.socket | None = None

    def send(self, records: Sequence[bytes]) -> None:
        """Send each record in a datagram; one that is too long for any is cut."""
        for taken, record in enumerate(records):
            try:
                self._open().send(record[:MAX_DATAGRAM].decode("utf-8", "ignore").encode())
            except OSError as error:
                self.close()
                raise _not_delivered(self._shown, error, taken) from None

    def close(self) -> None:
        """Close the socket."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _open(self) -> socket.socket:
        if self._socket is None:
            self._socket = self._connect()
        return self._socket


class StreamSocketChannel:
    """Messages over TCP or TLS, each with its length in front."""

    def __init__(self, shown: str, connect: Callable[[], socket.socket]) -> None:
        self._shown, self._connect = shown, connect
        self._socket: socket.socket | None = None

    def send(self, records: Sequence[bytes]) -> None:
        """Send the records in one go."""
        content = b"".join(b"%d %s" % (len(record), record) for record in records)
        try:
            self._open().sendall(content)
        except OSError as error:
            self.close()
            raise _not_delivered(self._shown, error, 0) from None

    def close(self) -> None:
        """Close the connection."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _open(self) -> socket.socket:
        if self._socket is not None and _hung_up(self._socket):
            self.close()
        if self._socket is None:
            self._socket = self._connect()
        return self._socket


def local(path: Path = LOCAL) -> DatagramChannel:
    """Return a channel to this machine's log socket."""

    def connect() -> socket.socket:
        made = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        try:
            made.settimeout(TIMEOUT_S)
            made.connect(str(path))
        except OSError:
            made.close()
            raise
        return made

    return DatagramChannel(str(path), connect)


def over_udp(host: str, port: int) -> DatagramChannel:
    """Return a channel that sends datagrams to a host."""

    def connect() -> socket.socket:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_DGRAM)
        family, kind, protocol, _, address = found[0]
        made = socket.socket(family, kind, protocol)
        made.settimeout(TIMEOUT_S)
        made.connect(address)
        return made

    return DatagramChannel(f"{host}:{port}", connect)


def over_tcp(host: str, port: int) -> StreamSocketChannel:
    """Return a channel over a plain connection."""

    def connect() -> socket.socket:
        return socket.create_connection((host, port), TIMEOUT_S)

    return StreamSocketChannel(f"{host}:{port}", connect)


def over_tls(host: str, port: int, environ: "Mapping[str, str]") -> StreamSocketChannel:
    """Return a channel over TLS; authorities are the system's, or those that ``environ`` names."""

    def connect() -> socket.socket:
        from pratique.kit.http_transport import trust  # ssl: only where TLS is asked for

        context = trust(environ, None)
        plain = socket.create_connection((host, port), TIMEOUT_S)
        try:
            return context.wrap_socket(plain, server_hostname=host)
        except BaseException:
            plain.close()
            raise

    return StreamSocketChannel(f"{host}:{port}", connect)


def _hung_up(connection: socket.socket) -> bool:
    """Whether the other side closed; what it says otherwise (TLS tickets) is read and passed over."""
    if not select([connection], [], [], 0)[0]:
        return False
    connection.settimeout(0)
    try:
        return not connection.recv(4096)
    except (BlockingIOError, InterruptedError):
        return False
    except OSError as error:
        # ssl.SSLWantReadError, named without importing ssl where there is no TLS
        return type(error).__name__ != "SSLWantReadError"
    finally:
        connection.settimeout(TIMEOUT_S)


def _not_delivered(shown: str, error: OSError, taken: int) -> NotDelivered:
    said = error.strerror or str(error) or type(error).__name__
    return NotDelivered(f"cannot send to syslog at {shown}: {said}", taken=taken)
