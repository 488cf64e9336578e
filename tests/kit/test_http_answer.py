"""Failures of the transport get names that say whether trying again can help."""

import socket
import ssl

import httpx
import pytest

from pratique.kit.http_answer import _named, without_secrets
from pratique.kit.http_errors import HttpNotTls


def caused(cause):
    error = httpx.ConnectError("connect")
    error.__cause__ = cause
    return error


def tls(reason):
    error = ssl.SSLError(1, reason)
    error.reason = reason
    return error


@pytest.mark.parametrize(
    ("cause", "transient", "text"),
    [
        (socket.gaierror(socket.EAI_NONAME, "x"), False, "no such host"),
        (socket.gaierror(socket.EAI_AGAIN, "x"), True, "cannot reach"),
        (ConnectionRefusedError(111, "refused"), True, "cannot reach"),
        (FileNotFoundError(2, "no socket"), False, "cannot connect"),
        (ssl.SSLCertVerificationError("x"), False, "not trusted"),
        (tls("WRONG_VERSION_NUMBER"), False, "does not speak TLS"),
        (None, True, "cannot reach"),
    ],
)
def test_named(cause, transient, text):
    """A name or certificate will not get better, a connection may."""
    named = _named(caused(cause), "https://h/x")

    assert named.transient is transient
    assert text in str(named)
    assert isinstance(named, HttpNotTls) == ("TLS" in text)


def test_without_secrets():
    """User, password and query are left out."""
    assert without_secrets("http://a:b@h:1/p?q#f") == "http://h:1/p"
