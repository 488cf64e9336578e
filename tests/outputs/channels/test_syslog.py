"""Log daemons get each message whole, framed as their transport demands."""

import socket

import pytest

from pratique.outputs.channels import syslog
from pratique.outputs.channels.interface import NotDelivered
from tests.makers.receiver import datagrams, listener


def test_local(short_folder) -> None:
    """One datagram a message on the socket of this machine."""
    place = short_folder / "log"
    with datagrams(socket.AF_UNIX, str(place)) as bound:
        channel = syslog.local(place)
        channel.send([b"one", b"two"])

        assert [bound.recv(100), bound.recv(100)] == [b"one", b"two"]
        channel.close()


def test_no_daemon(short_folder) -> None:
    """Nothing was taken, and trying again may help."""
    with pytest.raises(NotDelivered) as caught:
        syslog.local(short_folder / "none").send([b"one"])

    assert (caught.value.taken, caught.value.refused) == (0, False)


def test_udp() -> None:
    """Over-long messages are cut at a character."""
    with datagrams() as bound:
        channel = syslog.over_udp("127.0.0.1", bound.getsockname()[1])
        channel.send([b"one", "ü".encode() * 50_000])

        assert bound.recv(100) == b"one"
        assert bound.recv(1 << 17).decode() == "ü" * (syslog.MAX_DATAGRAM // 2)
        channel.close()


def test_tcp_counts_octets() -> None:
    """A line feed or digit inside a message cannot end it."""
    with listener() as bound:
        channel = syslog.over_tcp("127.0.0.1", bound.getsockname()[1])
        channel.send([b"<85>1 a\n7 b", b"two"])
        peer, _ = bound.accept()

        assert peer.recv(100) == b"11 <85>1 a\n7 b3 two"
        channel.close()
        peer.close()


def test_a_daemon_that_hung_up_is_called_again() -> None:
    """The message goes to the new connection, not into the dead one."""
    with listener() as bound:
        channel = syslog.over_tcp("127.0.0.1", bound.getsockname()[1])
        channel.send([b"one"])
        peer, _ = bound.accept()
        peer.recv(100)
        peer.close()
        channel.send([b"two"])
        again, _ = bound.accept()

        assert again.recv(100) == b"3 two"
        again.close()
        channel.close()


def test_nobody_listens() -> None:
    """It is told with the place, and can be tried again."""
    with listener() as bound:
        port = bound.getsockname()[1]

    with pytest.raises(NotDelivered, match=f"127.0.0.1:{port}"):
        syslog.over_tcp("127.0.0.1", port).send([b"one"])


def test_tls_trusts_only_known_authorities() -> None:
    """A listener without TLS is no receiver."""
    with listener() as bound:
        bound.settimeout(0.2)
        channel = syslog.over_tls("127.0.0.1", bound.getsockname()[1], {})
        import threading

        def plain() -> None:
            peer, _ = bound.accept()
            peer.sendall(b"no TLS here")
            peer.close()

        thread = threading.Thread(target=plain)
        bound.settimeout(10)
        thread.start()
        with pytest.raises(NotDelivered):
            channel.send([b"one"])
        thread.join()
