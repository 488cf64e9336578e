"""
Read the files in which Docker and Podman keep registry logins.

Both are JSON with ``auths``, ``credHelpers`` and ``credsStore``; Podman also takes keys with a
path (``quay.io/team``). Law: a secret never appears in a message or a ``repr``.
Sources: https://docs.docker.com/reference/cli/docker/login/, containers-auth.json(5).
"""

import base64
import binascii
import re

import msgspec
from msgspec import Struct

from pratique.model.errors import FormatError

_HUB_KEYS = ("docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com")
_HELPER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")
_MOST_BYTES = 4 << 20


class Login(Struct, frozen=True, kw_only=True):
    """What opens one registry: user and password, or a token that stands for both."""

    user: str = ""
    password: str = ""
    identity_token: str = ""
    registry_token: str = ""

    def __bool__(self) -> bool:
        """Return whether there is anything in it."""
        return bool(self.password or self.user or self.identity_token or self.registry_token)

    def __repr__(self) -> str:
        """Return what may be shown."""
        return f"Login(user={self.user!r})"


class LoginFile(Struct, frozen=True, kw_only=True):
    """One such file; keys are without scheme and ``/v1/``."""

    logins: dict[str, Login]
    helpers: dict[str, str]
    store: str = ""

    def login(self, host: str, repository: str) -> Login | None:
        """Return the stored login for a repository, the most exact key first."""
        for key in _keys(host, repository):
            if self.logins.get(key):
                return self.logins[key]
        return None

    def helper(self, host: str, repository: str) -> str:
        """Return the name of the helper program to ask, empty for none."""
        found = (self.helpers[key] for key in _keys(host, repository) if key in self.helpers)
        return next(found, self.store)


def read_login_file(content: bytes) -> LoginFile:
    """
    Return what a config.json or auth.json holds.

    Raises:
        FormatError: it is not JSON of that form.

    >>> text = b'{"auths": {"https://index.docker.io/v1/": {"auth": "bWU6cHc="}}}'
    >>> read_login_file(text).login("docker.io", "library/alpine")
    Login(user='me')
    """
    if len(content) > _MOST_BYTES:
        raise FormatError(f"{len(content)} bytes are too many for a login file")
    try:
        wire = msgspec.json.decode(content or b"{}", type=_File)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise FormatError("not JSON of the form that docker login writes") from None
    helpers = {_key(key): name for key, name in (wire.cred_helpers or {}).items()}
    for name in (*helpers.values(), wire.creds_store or ""):
        if name and not _HELPER.fullmatch(name):
            raise FormatError(f"not the name of a credential helper: {name[:60]!r}")
    return LoginFile(
        logins={_key(key): _login(entry) for key, entry in (wire.auths or {}).items()},
        helpers=helpers,
        store=wire.creds_store or "",
    )


def _keys(host: str, repository: str) -> list[str]:
    """Return the keys a login can stand under: ``host/team/app``, ``host/team``, ``host``."""
    parts = repository.split("/")
    paths = ["/".join([host, *parts[:count]]) for count in range(len(parts), 0, -1)]
    return [*paths, *(_HUB_KEYS if host == "docker.io" else (host,))]


def _key(text: str) -> str:
    bare = text.removeprefix("https://").removeprefix("http://").rstrip("/")
    return bare.removesuffix("/v1").removesuffix("/v2")


def _login(entry: "_Entry | None") -> Login:
    if entry is None:
        return Login()
    user, password = entry.username or "", entry.password or ""
    if entry.auth:
        try:
            text = base64.b64decode(entry.auth, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            raise FormatError("a stored login is not base64 of user:password") from None
        user, _, password = text.partition(":")
    return Login(
        user=user,
        password=password.rstrip("\0"),
        identity_token=entry.identitytoken or "",
        registry_token=entry.registrytoken or "",
    )


class _Entry(Struct):
    auth: str | None = None
    username: str | None = None
    password: str | None = None
    identitytoken: str | None = None
    registrytoken: str | None = None


class _File(Struct, rename="camel"):
    auths: dict[str, _Entry | None] | None = None
    cred_helpers: dict[str, str] | None = None
    creds_store: str | None = None
