"""
Answer a registry's demand for credentials: basic, or a bearer token from its token server.

Laws: credentials reach the registry they are kept for, or the token server that this registry
names over the same safe channel (never plain HTTP where the registry itself is not); only the
right to pull one repository is ever asked for; a token lives in memory and is fetched anew when
the registry no longer takes it.
Sources: https://distribution.github.io/distribution/spec/auth/token/ and …/auth/oauth/.
"""

import base64
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import msgspec
from msgspec import Struct

from pratique.formats.image.auth_challenge import Challenge, read_challenges
from pratique.formats.image.docker_config import Login
from pratique.kit.http import Http, HttpError, HttpStatus
from pratique.kit.http_transport import is_loopback
from pratique.sources._credentials import FoundLogin
from pratique.sources.interface import TargetRefused, TargetUnreachable

_TOKEN_BYTES = 1 << 20
_CLIENT = "pratique"
_DENIED = frozenset({400, 401, 403})


class RegistryAuth:
    """
    Know how to get into one repository; an `Authoriser` for its requests.

    ``find`` is asked for the login only once the registry demands one.
    """

    def __init__(
        self, base_url: str, repository: str, http: Http, find: Callable[[], FoundLogin]
    ) -> None:
        self._base_url = base_url
        self._repository = repository
        self._http = http
        self._find = find
        self._found: FoundLogin | None = None
        self._header = ""

    def headers(self) -> Mapping[str, str]:
        """Return what to send now."""
        return {"authorization": self._header} if self._header else {}

    def challenged(self, challenge: str) -> bool:
        """
        Get ready for another try; False when there is nothing better to send.

        Raises:
            TargetRefused: the token server does not accept the login.
            TargetUnreachable: it does not answer.
        """
        known = {item.scheme: item for item in read_challenges(challenge)[::-1]}
        before = self._header
        if self._login.registry_token:
            self._header = f"Bearer {self._login.registry_token}"
        elif "bearer" in known and known["bearer"].parameters.get("realm"):
            self._header = f"Bearer {self._token(known['bearer'])}"
            return True
        elif "basic" in known and self._login.user:
            self._header = basic(self._login)
        return self._header != before

    @property
    def has_login(self) -> bool:
        """Return whether a login was found (after a challenge)."""
        return bool(self._login)

    @property
    def trouble(self) -> str:
        """Return why no login was found, where something failed."""
        return self._found.trouble if self._found else ""

    @property
    def _login(self) -> Login:
        if self._found is None:
            self._found = self._find()
        return self._found.login or Login()

    def _token(self, challenge: Challenge) -> str:
        realm = challenge.parameters["realm"]
        self._check_realm(realm)
        query = {"scope": f"repository:{self._repository}:pull"}
        if challenge.parameters.get("service"):
            query["service"] = challenge.parameters["service"]
        try:
            content = self._refreshed(realm, query) or self._asked(realm, query)
        except HttpError as error:
            raise self._named(error) from None
        return self._read_token(content)

    def _named(self, error: HttpError) -> TargetRefused | TargetUnreachable:
        registry = urlsplit(self._base_url).netloc
        if isinstance(error, HttpStatus) and error.status in _DENIED:
            what = "the login" if self._login else "an anonymous pull"
            return TargetRefused(
                f"{registry}: the token server refused {what} (HTTP {error.status})",
                hint=self.trouble,
            )
        return TargetUnreachable(f"{registry}: its token server: {error}", hint=error.hint())

    def _refreshed(self, realm: str, query: dict[str, str]) -> bytes:
        """Exchange an identity token (OAuth2); empty without one."""
        if not self._login.identity_token:
            return b""
        form = query | {
            "grant_type": "refresh_token",
            "client_id": _CLIENT,
            "refresh_token": self._login.identity_token,
        }
        answer = self._http.request(
            "POST",
            realm,
            max_bytes=_TOKEN_BYTES,
            headers={"content-type": "application/x-www-form-urlencoded"},
            content=urlencode(form).encode(),
        )
        return answer.body

    def _asked(self, realm: str, query: dict[str, str]) -> bytes:
        headers = {}
        if self._login.user:
            query = query | {"account": self._login.user}
            headers["authorization"] = basic(self._login)
        url = with_query(realm, query)
        return self._http.request("GET", url, max_bytes=_TOKEN_BYTES, headers=headers).body

    def _check_realm(self, realm: str) -> None:
        """Refuse a token server over plain HTTP, unless the registry is itself no better."""
        try:
            parts = urlsplit(realm)
            host = parts.hostname or ""
        except ValueError:
            host = ""
        plain = self._base_url.startswith("http:") or is_loopback(host)
        if not host or parts.scheme not in (("https", "http") if plain else ("https",)):
            raise TargetRefused(
                f"{urlsplit(self._base_url).netloc} names an unsafe token server: {realm[:120]!r}",
                hint="the registry is set up wrongly, or someone is in between",
            )

    def _read_token(self, content: bytes) -> str:
        try:
            wire = msgspec.json.decode(content, type=_Token)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            wire = _Token()
        token = wire.token or wire.access_token or ""
        if not token or not token.isascii() or not token.isprintable():
            raise TargetRefused(
                f"{urlsplit(self._base_url).netloc}: the token server gave no token"
            )
        return token


def basic(login: Login) -> str:
    """
    Return the header value of HTTP basic authentication (RFC 7617).

    >>> basic(Login(user="me", password="pw"))
    'Basic bWU6cHc='
    """
    return "Basic " + base64.b64encode(f"{login.user}:{login.password}".encode()).decode()


def with_query(url: str, query: Mapping[str, str]) -> str:
    """
    Return a URL with more query parameters.

    >>> with_query("https://auth.example/token?a=1", {"scope": "x y"})
    'https://auth.example/token?a=1&scope=x+y'
    """
    parts = urlsplit(url)
    whole = [*parse_qsl(parts.query), *query.items()]
    return urlunsplit(parts._replace(query=urlencode(whole)))


class _Token(Struct):
    token: str | None = None
    access_token: str | None = None
