"""Proxies, loopback and trust are read from what is handed in, as other tools read them."""

import pytest

from pratique.kit.http_errors import HttpUnreachable
from pratique.kit.http_transport import Transports, is_excluded, is_loopback, proxy_for, trust
from pratique.model.errors import UsageError

PROXIES = {"HTTP_PROXY": "http://p:1", "https_proxy": "http://q:2", "NO_PROXY": "a.corp,.b.corp"}


@pytest.mark.parametrize(
    ("url", "environ", "proxy"),
    [
        ("http://x/", PROXIES, "http://p:1"),
        ("https://x/", PROXIES, "http://q:2"),
        ("https://a.corp/", PROXIES, None),
        ("https://x.b.corp/", PROXIES, None),
        ("https://x/", {}, None),
        ("https://x/", {"ALL_PROXY": "p:3"}, "http://p:3"),
        ("http://x/", PROXIES | {"REQUEST_METHOD": "GET"}, None),
        ("http://x/", {"http_proxy": "http://l:1", "REQUEST_METHOD": "GET"}, "http://l:1"),
    ],
)
def test_proxy(url, environ, proxy):
    """Lower case wins, NO_PROXY excludes, a CGI client's header is no setting."""
    assert proxy_for(url, environ) == proxy


@pytest.mark.parametrize(
    ("host", "port", "rules", "excluded"),
    [
        ("a.corp", 443, "corp", True),
        ("acorp", 443, "corp", False),
        ("a.corp", 443, "*.corp", True),
        ("a.corp", 443, "*", True),
        ("a.corp", 443, "a.corp:443", True),
        ("a.corp", 443, "a.corp:80", False),
        ("10.1.2.3", 80, "10.0.0.0/8", True),
        ("11.1.2.3", 80, "10.0.0.0/8", False),
        ("10.1.2.3", 80, "10.1.2.3", True),
        ("::1", 80, "[::1]", True),
        ("::1", 80, "fe80::/10, ::1", True),
        ("a", 80, "", False),
        ("a", 80, "300.0.0.0/99", False),
    ],
)
def test_no_proxy(host, port, rules, excluded):
    """Names, suffixes, ports and address blocks are understood; nonsense excludes nothing."""
    assert is_excluded(host, port, rules) is excluded


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("localhost", True),
        ("x.localhost", True),
        ("127.1.2.3", True),
        ("::1", True),
        ("[::1]", True),
        ("127.0.0.1.evil.org", False),
        ("10.0.0.1", False),
    ],
)
def test_loopback(host, loopback):
    """Only this machine is loopback."""
    assert is_loopback(host) is loopback


def test_trust_needs_certificates(tmp_path):
    """A file without certificates is a usage error, not an empty trust."""
    empty = tmp_path / "ca.pem"
    empty.write_text("nothing")

    for environ, ca_file in (
        ({}, empty),
        ({}, tmp_path / "no"),
        ({"SSL_CERT_FILE": str(empty)}, None),
    ):
        with pytest.raises(UsageError, match="certificates"):
            trust(environ, ca_file)
    assert trust({}, None).verify_mode.name == "CERT_REQUIRED"


def test_an_unusable_proxy():
    """A proxy variable that is no URL is a usage error."""
    transports = Transports(environ={"HTTP_PROXY": "gopher://x"}, timeout_s=1)

    with pytest.raises(UsageError, match="proxy"):
        transports.for_url("http://x/")


def test_one_pool_per_way():
    """Requests that take the same way share their connections."""
    transports = Transports(environ={"HTTP_PROXY": "http://p:1", "NO_PROXY": "a"}, timeout_s=1)

    assert transports.for_url("http://x/") is transports.for_url("http://y/")
    assert transports.for_url("http://x/") is not transports.for_url("http://a/")
    transports.close()


def test_a_dead_socket(tmp_path):
    """A unix socket on which nobody listens is unreachable, and no socket is left open."""
    transports = Transports(environ={}, timeout_s=1, unix_socket=tmp_path / "none")

    with pytest.raises(HttpUnreachable, match="No such file"):
        transports.for_url("http://localhost/")
