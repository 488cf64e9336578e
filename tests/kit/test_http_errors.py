"""Every failure of the network is a PratiqueError with a hint, so none ends as a traceback."""

from pratique.kit import http_errors
from pratique.kit.http_errors import HttpError, HttpStatus
from pratique.model.errors import PratiqueError


def test_family():
    """All kinds derive from HttpError and give a hint of their own or the family's."""
    kinds = [kind for name, kind in vars(http_errors).items() if name.startswith("Http")]

    assert all(issubclass(kind, PratiqueError) for kind in kinds)
    assert all(kind.fix for kind in kinds if issubclass(kind, HttpError))


def test_status():
    """A status keeps what the server said."""
    error = HttpStatus(404, url="http://h/x", headers={"a": "b"}, body=b"gone")

    assert (error.status, error.headers, error.body) == (404, {"a": "b"}, b"gone")
    assert str(error) == "HTTP 404 from http://h/x"
