"""
Follow redirects without handing secrets on.

Law: a request's secret headers go to its own origin (scheme, host and port) only; https never
leads to http; only http and https are followed.
Source: RFC 9110, section 15.4; CVE-2022-27774 and its like in other clients.
"""

from collections.abc import Mapping
from urllib.parse import urljoin, urlsplit

from pratique import __version__
from pratique.kit.http_errors import HttpUnreachable

USER_AGENT = f"pratique/{__version__}"
_SECRET_HEADERS = frozenset({"authorization", "cookie", "proxy-authorization", "x-registry-auth"})


def origin(url: str) -> tuple[str, str, int]:
    """
    Return scheme, host and port: what credentials are bound to.

    Raises:
        HttpUnreachable: it is no absolute http or https URL.

    >>> origin("https://GHCR.io/v2/")
    ('https', 'ghcr.io', 443)
    """
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise HttpUnreachable(f"not a URL: {url[:80]!r}", transient=False) from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise HttpUnreachable(f"not an http or https URL: {url[:80]!r}", transient=False)
    return parts.scheme, parts.hostname.lower(), port


def headers_for(
    given: Mapping[str, str], secrets: Mapping[str, str], *, home: bool
) -> dict[str, str]:
    """
    Return what to send: ``secrets`` and secret headers only where ``home``, the request's origin.

    >>> headers_for({"Authorization": "x", "Range": "y"}, {"cookie": "z"}, home=False)["range"]
    'y'
    """
    headers = {"user-agent": USER_AGENT, "accept": "*/*", "accept-encoding": "identity"}
    for name, value in {**given, **(secrets if home else {})}.items():
        if home or name.lower() not in _SECRET_HEADERS:
            headers[name.lower()] = value
    return headers


def next_url(url: str, location: str) -> str:
    """
    Return where a redirect from ``url`` leads.

    Raises:
        HttpUnreachable: nowhere, or from https to http.

    >>> next_url("https://a/b/c", "../d")
    'https://a/d'
    """
    shown = "{}://{}:{}".format(*origin(url))
    try:
        target = urljoin(url, location)
    except ValueError:
        raise HttpUnreachable("redirected to nowhere", url=shown, transient=False) from None
    if origin(target)[0] == "http" and origin(url)[0] == "https":
        raise HttpUnreachable(
            "redirected from https to plain http, refused",
            url=shown,
            transient=False,
            hint="the server is set up wrongly, or someone is in between",
        )
    return target
