"""Credentials are given to the registry and the token server it may name, for pulling one thing."""

import pytest

from pratique.formats.image.docker_config import Login
from pratique.kit.http import Backoff, Http
from pratique.sources._credentials import FoundLogin
from pratique.sources._registry_auth import RegistryAuth, with_query
from pratique.sources.interface import TargetRefused, TargetUnreachable
from tests.makers.registry import FakeRegistry

ME = Login(user="me", password="secret")


@pytest.fixture
def server():
    with FakeRegistry().running() as registry:
        yield registry


@pytest.fixture
def http():
    with Http(environ={}, backoff=Backoff(retries=0)) as client:
        yield client


def auth(server, http, login=ME, base=None):
    return RegistryAuth(base or server.url, "team/app", http, lambda: FoundLogin(login))


def test_nothing_is_sent_unasked(server, http):
    """Before a challenge no login is even looked for."""
    asked = []
    unasked = RegistryAuth("https://h", "x", http, lambda: asked.append(1) or FoundLogin())

    assert (unasked.headers(), asked) == ({}, [])


def test_basic(server, http):
    """A basic challenge is answered once; without a login not at all."""
    mine = auth(server, http)

    assert mine.challenged("Basic realm=x")
    assert mine.headers() == {"authorization": "Basic bWU6c2VjcmV0"}
    assert not mine.challenged("Basic realm=x")
    assert not auth(server, http, None).challenged("Basic realm=x")
    assert not auth(server, http).challenged("Negotiate")


def test_bearer(server, http):
    """The token server is asked for pulling this repository only, whatever the registry wants."""
    mine = auth(server, http)

    assert mine.challenged(
        f'Bearer realm="{server.url}/token?a=1",service="s",scope="repository:x:*"'
    )

    assert mine.headers() == {"authorization": "Bearer token-0"}
    method, path, headers = server.requests[0]
    assert method == "GET"
    assert path == "/token?a=1&scope=repository%3Ateam%2Fapp%3Apull&service=s&account=me"
    assert headers["authorization"] == "Basic bWU6c2VjcmV0"


def test_anonymous_bearer(server, http):
    """Without a login the token server is asked without one."""
    server.login = ("", "")
    mine = auth(server, http, None)

    assert mine.challenged(f'Bearer realm="{server.url}/token"')
    assert "authorization" not in server.requests[0][2]


def test_identity_token(server, http):
    """An identity token is exchanged by POST, never put in a URL."""
    mine = auth(server, http, Login(identity_token="identity"))

    assert mine.challenged(f'Bearer realm="{server.url}/token",service="s"')
    assert server.requests[0][:2] == ("POST", "/token")
    assert mine.headers() == {"authorization": "Bearer token-0"}


def test_registry_token(server, http):
    """A registry token is sent as it is, once."""
    mine = auth(server, http, Login(registry_token="r"))

    assert mine.challenged("Bearer realm=https://nowhere.invalid")
    assert mine.headers() == {"authorization": "Bearer r"}
    assert not mine.challenged("Bearer realm=https://nowhere.invalid")


def test_wrong_login(server, http):
    """A token server that refuses ends in a refusal of the target."""
    with pytest.raises(TargetRefused, match=r"refused the login \(HTTP 401\)"):
        auth(server, http, Login(user="me", password="x")).challenged(
            f'Bearer realm="{server.url}/token"'
        )
    with pytest.raises(TargetRefused, match="anonymous pull"):
        auth(server, http, None).challenged(f'Bearer realm="{server.url}/token"')


def test_a_token_server_that_is_down(server, http):
    """A token server that fails is named as such and not asked again and again."""
    server.errors = {"/token": 503}
    for realm in ("http://127.0.0.1:9/token", f"{server.url}/v2/x/manifests/token"):
        with pytest.raises(TargetUnreachable, match="its token server"):
            auth(server, http).challenged(f'Bearer realm="{realm}"')


@pytest.mark.parametrize(
    "realm",
    ["http://evil.example/token", "ftp://h/x", "file:///etc/passwd", "http://[::1", "/token"],
)
def test_unsafe_token_servers(server, http, realm):
    """A registry over TLS cannot send credentials over plain HTTP or to no URL."""
    with pytest.raises(TargetRefused, match="unsafe token server"):
        auth(server, http, base="https://registry.example").challenged(f'Bearer realm="{realm}"')


@pytest.mark.parametrize("answer", [{}, {"token": ""}, {"token": "a\nb"}, {"token": None}])
def test_no_token(server, http, answer):
    """An answer without a usable token is refused; access_token is another name for it."""
    server.token_answer = answer
    with pytest.raises(TargetRefused, match="gave no token"):
        auth(server, http).challenged(f'Bearer realm="{server.url}/token"')
    server.token_answer = {"access_token": "t"}
    assert auth(server, http).challenged(f'Bearer realm="{server.url}/token"')


def test_query():
    """Parameters are added to those that a URL has."""
    assert with_query("https://h/t", {"a": "b c"}) == "https://h/t?a=b+c"
