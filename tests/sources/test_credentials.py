"""Logins are found where Docker, Podman and Skopeo keep them, and helpers are asked safely."""

import base64
import json

import pytest

from pratique.model.errors import UsageError
from pratique.sources._credentials import ask_helper, find_login
from pratique.sources.interface import Options


def login_file(path, **logins):
    path.parent.mkdir(parents=True, exist_ok=True)
    auths = {
        host: {"auth": base64.b64encode(text.encode()).decode()} for host, text in logins.items()
    }
    path.write_text(json.dumps({"auths": auths}))
    return path


def helper(folder, name, script):
    folder.mkdir(exist_ok=True)
    path = folder / f"docker-credential-{name}"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def user(host, environ, **more):
    found = find_login(host, "team/app", Options(environ=environ, **more))
    return found.login.user if found.login else None


def test_order(tmp_path):
    """The named file alone; else REGISTRY_AUTH_FILE, Docker's, Podman's."""
    environ = {
        "HOME": str(tmp_path),
        "XDG_RUNTIME_DIR": str(tmp_path / "run"),
        "DOCKER_CONFIG": str(tmp_path / "docker"),
        "REGISTRY_AUTH_FILE": str(tmp_path / "auth.json"),
    }
    named = login_file(tmp_path / "named.json", a="named:1")
    steps = [
        (tmp_path / ".config/containers/auth.json", "config"),
        (tmp_path / "run/containers/auth.json", "runtime"),
        (tmp_path / "docker/config.json", "docker"),
        (tmp_path / "auth.json", "variable"),
    ]

    assert user("a", environ) is None
    for path, name in steps:
        login_file(path, a=f"{name}:1")
        assert user("a", environ) == name
    assert user("a", environ, registry_config=named) == "named"
    assert user("b", environ, registry_config=named) is None


def test_a_file_without_the_host_is_passed_by(tmp_path):
    """The next file is looked at when one does not know the registry."""
    environ = {"HOME": str(tmp_path), "REGISTRY_AUTH_FILE": str(tmp_path / "auth.json")}
    login_file(tmp_path / "auth.json", other="x:1")
    login_file(tmp_path / ".docker/config.json", a="docker:1")

    assert user("a", environ) == "docker"


def test_malformed_files(tmp_path):
    """A broken login file is a usage error that names it; a named one must be there."""
    (tmp_path / "auth.json").write_text("{")

    with pytest.raises(UsageError, match=r"auth\.json"):
        user("a", {"REGISTRY_AUTH_FILE": str(tmp_path / "auth.json")})
    with pytest.raises(UsageError, match="cannot read"):
        user("a", {}, registry_config=tmp_path / "none")


def options(tmp_path, **more):
    return Options(environ={"PATH": f"{tmp_path}/bin:/bin:/usr/bin", "HOME": str(tmp_path)}, **more)


def test_helpers(tmp_path):
    """A helper is given the registry's name and its answer is the login, or a token."""
    helper(
        tmp_path / "bin",
        "ok",
        'read server; printf \'{"ServerURL":"%s","Username":"me","Secret":"pw"}\' "$server"',
    )
    helper(tmp_path / "bin", "token", 'echo \'{"Username":"<token>","Secret":"id"}\'')
    helper(
        tmp_path / "bin",
        "hub",
        'read s; test "$s" = https://index.docker.io/v1/ && echo \'{"Username":"h","Secret":"s"}\'',
    )

    assert ask_helper("ok", "h:5000", options(tmp_path)).login.password == "pw"
    assert ask_helper("token", "h", options(tmp_path)).login.identity_token == "id"
    assert ask_helper("hub", "docker.io", options(tmp_path)).login.user == "h"


@pytest.mark.parametrize(
    ("script", "trouble"),
    [
        ("echo credentials not found in native keychain; exit 1", ""),
        ("echo secret; exit 3", "docker-credential-x failed (3)"),
        ("echo secret", "docker-credential-x gave no usable answer"),
        ("sleep 9", "docker-credential-x did not answer within 0.2 s"),
    ],
)
def test_helpers_that_fail(tmp_path, script, trouble):
    """A failing helper is no login and says why, without what it printed."""
    helper(tmp_path / "bin", "x", script)
    seconds = 0.2 if "sleep" in script else 20.0

    found = ask_helper("x", "h", options(tmp_path, timeout_s=seconds))

    assert (found.login, found.trouble) == (None, trouble)


def test_a_missing_helper_does_not_hide_a_stored_login(tmp_path):
    """The stored login is used where the helper cannot be run; without one, why is kept."""
    path = login_file(tmp_path / ".docker/config.json", a="me:1")
    path.write_text(json.dumps(json.loads(path.read_text()) | {"credsStore": "nowhere"}))

    assert find_login("a", "x", options(tmp_path)).login.user == "me"
    assert (
        "docker-credential-nowhere cannot be run" in find_login("b", "x", options(tmp_path)).trouble
    )
