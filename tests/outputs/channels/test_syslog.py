"""Log daemons get each message whole, framed as their transport demands."""

import contextlib
import queue
import socket
import ssl
import subprocess
import threading
from contextlib import contextmanager

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


@pytest.fixture
def certificate(need, tmp_path):
    """Make a key and a certificate for localhost; gives their file."""
    place = tmp_path / "both.pem"
    command = [
        *(need("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
        *("-nodes", "-days", "2", "-subj", "/CN=localhost"),
        *("-addext", "subjectAltName=DNS:localhost", "-keyout", str(tmp_path / "key.pem")),
        *("-out", str(tmp_path / "cert.pem")),
    ]
    subprocess.run(command, check=True, capture_output=True)
    place.write_text((tmp_path / "key.pem").read_text() + (tmp_path / "cert.pem").read_text())
    return place


@contextmanager
def tls_daemon(certificate):
    """Serve TLS on loopback; gives the port and what came, as it comes."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    came: queue.Queue[bytes] = queue.Queue()
    with listener() as bound:

        def serve() -> None:
            with contextlib.suppress(OSError):
                plain, _ = bound.accept()
                with context.wrap_socket(plain, server_side=True) as peer:
                    while data := peer.recv(1000):
                        came.put(data)

        thread = threading.Thread(target=serve)
        thread.start()
        yield bound.getsockname()[1], came
    thread.join()


def test_tls(certificate) -> None:
    """Messages arrive one after the other on one connection, whose tickets are no hang-up."""
    environ = {"SSL_CERT_FILE": str(certificate)}
    with tls_daemon(certificate) as (port, came):
        channel = syslog.over_tls("localhost", port, environ)
        channel.send([b"one"])
        first = came.get(timeout=10)
        channel.send([b"two", b"three"])
        rest = came.get(timeout=10)
        channel.close()

    assert (first, rest) == (b"3 one", b"3 two5 three")


@pytest.mark.parametrize(("host", "trusted"), [("localhost", False), ("127.0.0.1", True)])
def test_tls_of_somebody_else(certificate, host, trusted) -> None:
    """An unknown authority, or a certificate for another name: nothing is sent."""
    environ = {"SSL_CERT_FILE": str(certificate)} if trusted else {}
    with tls_daemon(certificate) as (port, came):
        with pytest.raises(NotDelivered, match="certificate"):
            syslog.over_tls(host, port, environ).send([b"one"])

        assert came.empty()
