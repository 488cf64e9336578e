"""Metrics are served to who asks, a few at a time."""

import http.client
import socket

import pytest

from pratique.model.errors import CapabilityError, UsageError
from pratique.outputs.metrics import CONTENT_TYPE
from pratique.outputs.metrics_server import MAX_CONNECTIONS, MetricsServer, parse_address


@pytest.fixture
def server():
    made = MetricsServer(("127.0.0.1", 0), lambda: b"x 1\n")
    yield made
    made.close()


def ask(server, method, path):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        connection.request(method, path)
        answer = connection.getresponse()
        return answer.status, answer.getheader("content-type"), answer.read()
    finally:
        connection.close()


def test_pages(server) -> None:
    """The numbers, the probe, and nothing else."""
    assert ask(server, "GET", "/metrics?x=1") == (200, CONTENT_TYPE, b"x 1\n")
    assert ask(server, "GET", "/healthz")[::2] == (200, b"ok\n")
    assert ask(server, "HEAD", "/metrics")[::2] == (200, b"")
    assert ask(server, "GET", "/etc/passwd")[0] == 404
    assert ask(server, "POST", "/metrics")[0] == 501


def test_connections_are_bounded(server) -> None:
    """Those that say nothing, or little, keep nobody from an answer: the oldest is hung up on."""
    silent = [
        socket.create_connection(("127.0.0.1", server.port), 10) for _ in range(MAX_CONNECTIONS)
    ]
    for one in silent:
        one.sendall(b"GET ")
    assert ask(server, "GET", "/healthz")[::2] == (200, b"ok\n")

    assert silent[0].recv(10) == b""
    for number in range(3 * MAX_CONNECTIONS):
        assert ask(server, "GET", "/metrics")[2] == b"x 1\n", number
    for one in silent:
        one.close()


def test_an_address_that_is_taken(server) -> None:
    """It is said with the address."""
    with pytest.raises(CapabilityError, match=str(server.port)):
        MetricsServer(("127.0.0.1", server.port), bytes)


@pytest.mark.parametrize(
    "text", ["", "x", "127.0.0.1:x", "1.2.3.4:99999", "example.org:1", "::1:x"]
)
def test_what_is_no_address(text) -> None:
    """Names are no addresses: which one would it be?"""
    if text == "":
        assert parse_address(text) == ("127.0.0.1", 9464)
        return
    with pytest.raises(UsageError):
        parse_address(text)
