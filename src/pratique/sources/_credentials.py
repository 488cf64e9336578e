"""
Find the login for a registry where Docker, Podman and Skopeo keep them.

Order: the file the caller names, alone; else ``REGISTRY_AUTH_FILE``, Docker's config.json, Podman's
auth.json. In a file a helper program (``docker-credential-NAME``) is asked before the stored
logins. Law: a helper that fails does not stop an anonymous pull; why it failed is kept for the
moment the registry refuses. Source: containers-auth.json(5), docker-credential-helpers README.
"""

import os
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from pratique.formats.image.docker_config import Login, LoginFile, read_login_file
from pratique.model.errors import FormatError, UsageError
from pratique.sources.interface import Options

_HUB_SERVER = "https://index.docker.io/v1/"
_NOT_FOUND = b"credentials not found"
_TOKEN_USER = "<token>"  # noqa: S105
_ANSWER_BYTES = 1 << 20


class FoundLogin(Struct, frozen=True):
    """A login, or none and what went wrong on the way."""

    login: Login | None = None
    trouble: str = ""


def find_login(host: str, repository: str, options: Options) -> FoundLogin:
    """
    Return the login for a repository of a registry (``docker.io``, ``quay.io``, ``host:port``).

    Raises:
        UsageError: a login file is malformed, or the named one cannot be read.
    """
    trouble = ""
    for path in _files(options):
        file = _read(path, is_named=path == options.registry_config)
        if file is None:
            continue
        helper = file.helper(host, repository)
        if helper:
            asked = ask_helper(helper, host, options)
            if asked.login:
                return asked
            trouble = trouble or asked.trouble
        stored = file.login(host, repository)
        if stored:
            return FoundLogin(stored)
    return FoundLogin(trouble=trouble)


def ask_helper(name: str, host: str, options: Options) -> FoundLogin:
    """Run ``docker-credential-NAME get``; the name has been checked to be a plain word."""
    program = f"docker-credential-{name}"
    server = _HUB_SERVER if host == "docker.io" else host
    try:
        done = subprocess.run(
            [program, "get"],
            input=server.encode(),
            capture_output=True,
            timeout=options.timeout_s,
            env=dict(options.environ),
            check=False,
        )
    except subprocess.TimeoutExpired:
        return FoundLogin(trouble=f"{program} did not answer within {options.timeout_s:g} s")
    except OSError as error:
        return FoundLogin(trouble=f"{program} cannot be run: {error.strerror}")
    if done.returncode:
        known = _NOT_FOUND in done.stdout or _NOT_FOUND in done.stderr
        return FoundLogin(trouble="" if known else f"{program} failed ({done.returncode})")
    return _helped(done.stdout[:_ANSWER_BYTES], program)


def _helped(answer: bytes, program: str) -> FoundLogin:
    try:
        said = msgspec.json.decode(answer, type=_Answer)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return FoundLogin(trouble=f"{program} gave no usable answer")
    if said.username == _TOKEN_USER:
        return FoundLogin(Login(identity_token=said.secret))
    return FoundLogin(Login(user=said.username, password=said.secret))


def _files(options: Options) -> Iterator[Path]:
    if options.registry_config is not None:
        yield options.registry_config
        return
    environ = options.environ
    home = Path(environ.get("HOME") or "/nonexistent")
    if environ.get("REGISTRY_AUTH_FILE"):
        yield Path(environ["REGISTRY_AUTH_FILE"])
    yield Path(environ.get("DOCKER_CONFIG") or home / ".docker") / "config.json"
    yield _runtime_folder(environ) / "containers/auth.json"
    yield Path(environ.get("XDG_CONFIG_HOME") or home / ".config") / "containers/auth.json"


def _runtime_folder(environ: Mapping[str, str]) -> Path:
    return Path(environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}")


def _read(path: Path, *, is_named: bool) -> LoginFile | None:
    try:
        return read_login_file(path.read_bytes())
    except FormatError as error:
        raise UsageError(f"{path}: {error}", hint="log in again, or remove the file") from None
    except OSError as error:
        if is_named:
            raise UsageError(
                f"cannot read {path}: {error.strerror}",
                hint="--registry-config names the file to take logins from",
            ) from None
        return None


class _Answer(Struct, rename="pascal"):
    username: str
    secret: str
