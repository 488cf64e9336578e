"""
Open connections: TLS trust, proxies and unix sockets, all from what the caller hands in.

Law: the environment is read from the mapping given, never from the process (``trust_env`` off), so
that a test, a server and a command line behave alike. Trust: ``SSL_CERT_FILE``/``SSL_CERT_DIR``
replace the system's authorities as OpenSSL has it; ``ca_file`` adds to them.
Proxies: ``HTTP_PROXY``, ``HTTPS_PROXY``, ``ALL_PROXY``, ``NO_PROXY``, lower case first
(https://about.gitlab.com/blog/we-need-to-talk-no-proxy/ describes the common reading).
"""

import ipaddress
import socket
import ssl
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pratique.kit.http_errors import HttpUnreachable
from pratique.model.errors import UsageError

if TYPE_CHECKING:
    import httpx

_PORTS = {"http": 80, "https": 443}
_KEPT_CONNECTIONS = 8


class Transports:
    """Keep one connection pool per proxy; ``for_url`` picks it."""

    def __init__(
        self,
        *,
        environ: Mapping[str, str],
        timeout_s: float,
        ca_file: Path | None = None,
        unix_socket: Path | None = None,
    ) -> None:
        self._environ = environ
        self._timeout_s = timeout_s
        self._ca_file = ca_file
        self._unix_socket = unix_socket
        self._trust: ssl.SSLContext | None = None
        self._clients: dict[str | None, httpx.Client] = {}

    def for_url(self, url: str) -> "httpx.Client":
        """
        Return the client whose connections lead to ``url``.

        Raises:
            UsageError: a proxy variable or CA file cannot be used.
            HttpUnreachable: nobody listens on the unix socket.
        """
        proxy = None if self._unix_socket else proxy_for(url, self._environ)
        if proxy not in self._clients:
            self._clients[proxy] = self._make(proxy)
        return self._clients[proxy]

    def close(self) -> None:
        """Close every connection."""
        for client in self._clients.values():
            client.close()
        self._clients.clear()

    def _make(self, proxy: str | None) -> "httpx.Client":
        import httpx  # 0.2 s of imports that a scan of a local archive never needs

        if self._unix_socket:
            knock(self._unix_socket)
            transport = httpx.HTTPTransport(uds=str(self._unix_socket))
            return httpx.Client(transport=transport, trust_env=False, timeout=self._timeout_s)
        if self._trust is None:
            self._trust = trust(self._environ, self._ca_file)
        try:
            return httpx.Client(
                verify=self._trust,
                proxy=proxy,
                trust_env=False,
                timeout=self._timeout_s,
                limits=httpx.Limits(max_keepalive_connections=_KEPT_CONNECTIONS),
            )
        except (ValueError, httpx.InvalidURL, ImportError) as error:
            raise UsageError(
                f"a proxy variable cannot be used: {error}",
                hint="set HTTPS_PROXY to http://host:port",
            ) from None


def trust(environ: Mapping[str, str], ca_file: Path | None) -> ssl.SSLContext:
    """
    Return the TLS settings: whom to believe.

    Raises:
        UsageError: a file named by option or variable holds no certificate.
    """
    file, folder = environ.get("SSL_CERT_FILE"), environ.get("SSL_CERT_DIR")
    named = f"{ca_file or file or folder}"
    try:
        if file or folder:
            context = ssl.create_default_context(cafile=file or None, capath=folder or None)
        else:
            context = ssl.create_default_context()
            _add_bundled(context)
        if ca_file:
            context.load_verify_locations(cafile=ca_file)
    except (OSError, ssl.SSLError) as error:
        raise UsageError(
            f"cannot read certificates from {named}: {error}",
            hint="it must be a PEM file with at least one CERTIFICATE block",
        ) from None
    return context


def proxy_for(url: str, environ: Mapping[str, str]) -> str | None:
    """
    Return the proxy that leads to ``url``, None for the direct way.

    >>> proxy_for("https://ghcr.io/v2/", {"HTTPS_PROXY": "http://proxy:3128"})
    'http://proxy:3128'
    >>> proxy_for("https://a.corp/v2/", {"HTTPS_PROXY": "http://p:1", "NO_PROXY": ".corp"})
    """
    parts = urlsplit(url)
    host, scheme = parts.hostname or "", parts.scheme
    port = parts.port or _PORTS.get(scheme, 0)
    proxy = _variable(environ, f"{scheme}_proxy") or _variable(environ, "all_proxy")
    if scheme == "http" and "REQUEST_METHOD" in environ and "http_proxy" not in environ:
        proxy = ""  # under CGI the upper-case variable is the client's header (CVE-2016-5385)
    if not proxy or is_excluded(host, port, _variable(environ, "no_proxy")):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


def is_excluded(host: str, port: int, no_proxy: str) -> bool:
    """
    Return whether NO_PROXY names a host: exact, ``.suffix``, ``*``, ``host:port`` or a CIDR block.

    >>> is_excluded("10.1.2.3", 443, "10.0.0.0/8"), is_excluded("corp.evil", 443, "corp")
    (True, False)
    """
    return any(_names(rule.strip().lower(), host, port) for rule in no_proxy.split(","))


def is_loopback(host: str) -> bool:
    """
    Return whether a host name means this machine.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("localhost.evil.org")
    (True, True, False)
    """
    address = _address(host)
    if address is not None:
        return address.is_loopback
    return host == "localhost" or host.endswith(".localhost")


def _names(rule: str, host: str, port: int) -> bool:
    if not rule:
        return False
    if rule == "*":
        return True
    address = _address(host)
    if address is not None and "/" in rule:
        return _in_block(address, rule)
    name, colon, wanted_port = rule.rpartition(":")
    if colon and wanted_port.isdigit() and "]" not in wanted_port and ":" not in name.strip("[]"):
        if int(wanted_port) != port:
            return False
        rule = name
    rule = rule.strip("[]").removeprefix("*")
    if address is not None:
        return address == _address(rule)
    return host == rule.removeprefix(".") or host.endswith("." + rule.removeprefix("."))


def _in_block(address: ipaddress.IPv4Address | ipaddress.IPv6Address, block: str) -> bool:
    try:
        return address in ipaddress.ip_network(block, strict=False)
    except ValueError:
        return False


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None


def _variable(environ: Mapping[str, str], name: str) -> str:
    return environ.get(name) or environ.get(name.upper()) or ""


def knock(path: Path) -> None:
    """Connect once to a unix socket: httpx leaves one open that it cannot connect."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(str(path))
        except OSError as error:
            raise HttpUnreachable(
                f"cannot connect to {path}: {error.strerror or error}", transient=False
            ) from None


def _add_bundled(context: ssl.SSLContext) -> None:
    """Add the bundled authorities where this Python finds no store of the system."""
    places = ssl.get_default_verify_paths()
    if places.cafile is None and places.capath is None:
        import certifi  # comes with httpx

        context.load_verify_locations(cafile=certifi.where())
