"""Listen to the kernel's process connector; what is said there is read in ``formats``."""

import errno
import os
import select
import socket
import time

from pratique.formats.proc_connector import GROUP, Kind, Message, read_messages, request
from pratique.model.errors import CapabilityError, FormatError

_NETLINK_CONNECTOR = 11
_RECEIVE_BUFFER_FORCED = 33
BUFFER_BYTES = 32 << 20
_PATIENCE_S = 2.0
_MOST_DATAGRAMS = 20_000
HINT = "needs root or CAP_NET_ADMIN, in the node's own user, pid and network namespaces"


class Connector:
    """
    An open connector.

    ``lost`` counts the messages that did not arrive; ``unknown_loss`` says that the kernel told of
    a loss which no number has shown yet.
    """

    def __init__(self, buffer_bytes: int = BUFFER_BYTES) -> None:
        """
        Begin to listen.

        Raises:
            CapabilityError: the kernel does not let us, or does not answer.
        """
        self.lost = 0
        self.damaged = 0
        self.unknown_loss = False
        self._numbers: dict[int, int] = {}
        kind = socket.SOCK_DGRAM | socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC
        try:
            self._socket = socket.socket(socket.AF_NETLINK, kind, _NETLINK_CONNECTOR)
        except OSError as error:
            raise CapabilityError(f"no process connector: {error.strerror}", hint=HINT) from None
        try:
            self._begin(buffer_bytes)
        except BaseException:
            self._socket.close()
            raise

    def fileno(self) -> int:
        """Return the descriptor to wait for."""
        return self._socket.fileno()

    def take(self) -> list[Message]:
        """Return the messages that wait, in order; losses are counted."""
        found: list[Message] = []
        for _ in range(_MOST_DATAGRAMS):
            try:
                datagram, sender = self._socket.recvfrom(1 << 16)
            except BlockingIOError:
                break
            except OSError as error:
                if error.errno != errno.ENOBUFS:
                    raise
                self.unknown_loss = True
                continue
            if sender[0] != 0:
                continue  # only the kernel is believed
            try:
                found.extend(one for one in read_messages(datagram) if self._is_event(one))
            except FormatError:
                self.damaged += 1
        return found

    def close(self) -> None:
        """Stop listening."""
        try:
            self._socket.send(request(listen=False))
        except OSError:
            pass  # it ends with the socket anyway
        self._socket.close()

    def _begin(self, buffer_bytes: int) -> None:
        try:
            self._socket.bind((0, GROUP))
            self._socket.setsockopt(socket.SOL_SOCKET, _RECEIVE_BUFFER_FORCED, buffer_bytes)
            self._socket.send(request(listen=True))
        except OSError as error:
            raise CapabilityError(
                f"the process connector refuses: {os.strerror(error.errno or errno.EPERM)}",
                hint=HINT,
            ) from None
        end = time.monotonic() + _PATIENCE_S
        waiting = select.poll()
        waiting.register(self._socket, select.POLLIN)
        while (left := end - time.monotonic()) > 0:
            waiting.poll(left * 1000)
            for message in self._answers():
                if message.numbers[0]:
                    raise CapabilityError(
                        f"the process connector refuses: {os.strerror(message.numbers[0])}",
                        hint=HINT,
                    )
                return
        # Outside the first namespaces the kernel says nothing at all.
        raise CapabilityError("the process connector does not answer", hint=HINT)

    def _answers(self) -> list[Message]:
        found = []
        try:
            while True:
                datagram, sender = self._socket.recvfrom(1 << 16)
                if sender[0] == 0:
                    found += [one for one in read_messages(datagram) if one.kind == Kind.ANSWER]
        except OSError:
            return found

    def _is_event(self, message: Message) -> bool:
        """Take a message's number; return whether it tells an event."""
        if message.kind == Kind.ANSWER:
            return False
        expected = self._numbers.get(message.processor)
        self._numbers[message.processor] = (message.number + 1) & 0xFFFFFFFF
        if expected is not None and message.number != expected:
            self.lost += (message.number - expected) & 0xFFFFFFFF
            self.unknown_loss = False
        return True
