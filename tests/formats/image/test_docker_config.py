"""Login files give the login for a repository, the most exact first, and keep secrets to themselves."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.image.docker_config import Login, read_login_file
from pratique.model.errors import FormatError


def auth(text):
    return {"auth": base64.b64encode(text.encode()).decode()}


def read(document):
    return read_login_file(json.dumps(document).encode())


def test_the_most_exact_key_wins():
    """Podman's keys with a path go before the host's."""
    file = read(
        {"auths": {"h:5000": auth("a:1"), "h:5000/team": auth("b:2"), "other": auth("c:3")}}
    )

    assert file.login("h:5000", "team/app") == Login(user="b", password="2")
    assert file.login("h:5000", "app") == Login(user="a", password="1")
    assert file.login("h", "app") is None


@pytest.mark.parametrize(
    "key", ["https://index.docker.io/v1/", "index.docker.io", "docker.io", "https://docker.io/v2/"]
)
def test_docker_hub_has_many_keys(key):
    """Whatever form login wrote, Docker Hub's is found."""
    assert read({"auths": {key: auth("me:p:w")}}).login("docker.io", "library/alpine") == Login(
        user="me", password="p:w"
    )


def test_helpers():
    """A registry's own helper goes before the store of all."""
    file = read({"credHelpers": {"https://gcr.io": "gcloud"}, "credsStore": "desktop"})

    assert file.helper("gcr.io", "a/b") == "gcloud"
    assert file.helper("quay.io", "a") == "desktop"
    assert read({}).helper("quay.io", "a") == ""


def test_tokens_and_empty_entries():
    """Identity and registry tokens are kept; an entry that a store left empty is no login."""
    file = read({"auths": {"a": {"identitytoken": "t"}, "b": {"registrytoken": "r"}, "c": {}}})

    assert file.login("a", "x") == Login(identity_token="t")
    assert file.login("b", "x") == Login(registry_token="r")
    assert file.login("c", "x") is None


def test_secrets_are_not_shown():
    """Printing a login shows its user only."""
    login = Login(user="me", password="pw-secret", identity_token="id-secret")

    assert "secret" not in f"{login!r} {login}"


@pytest.mark.parametrize(
    "document",
    [
        [],
        {"auths": []},
        {"auths": {"a": auth("x:y") | {"auth": "%%%secret"}}},
        {"credsStore": "../../bin/sh"},
        {"credHelpers": {"a": "x;y"}},
    ],
)
def test_refused(document):
    """Malformed files and helper names that are no plain words are refused, saying no secret."""
    with pytest.raises(FormatError) as caught:
        read(document)
    assert "secret" not in str(caught.value)


@given(st.binary(max_size=80))
def test_any_bytes(content):
    """No bytes make the reader raise anything but FormatError."""
    try:
        read_login_file(content)
    except FormatError:
        pass
