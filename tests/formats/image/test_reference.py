"""References are completed as Docker does, and what is none is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.image.reference import InvalidReference, parse_reference
from pratique.model.digest import InvalidDigest
from pratique.model.errors import TargetError

DIGEST = "sha256:" + "0" * 64


@pytest.mark.parametrize(
    ("text", "whole", "familiar"),
    [
        ("alpine", "docker.io/library/alpine:latest", "alpine:latest"),
        ("alpine:3.20", "docker.io/library/alpine:3.20", "alpine:3.20"),
        ("me/app", "docker.io/me/app:latest", "me/app:latest"),
        ("docker.io/alpine", "docker.io/library/alpine:latest", "alpine:latest"),
        ("index.docker.io/me/app:1", "docker.io/me/app:1", "me/app:1"),
        ("localhost/app", "localhost/app:latest", "localhost/app:latest"),
        ("h:5000/a/b/c:t", "h:5000/a/b/c:t", "h:5000/a/b/c:t"),
        ("[::1]:5000/a", "[::1]:5000/a:latest", "[::1]:5000/a:latest"),
        ("ghcr.io/a/b@" + DIGEST, "ghcr.io/a/b@" + DIGEST, "ghcr.io/a/b@" + DIGEST),
        ("a:1@" + DIGEST, "docker.io/library/a:1@" + DIGEST, "a:1@" + DIGEST),
        ("Host/app", "Host/app:latest", "Host/app:latest"),
        ("a__b/c-d/e.f", "docker.io/a__b/c-d/e.f:latest", "a__b/c-d/e.f:latest"),
    ],
)
def test_completed(text, whole, familiar):
    """The short forms of Docker Hub are completed; other hosts stay as they are."""
    reference = parse_reference(text)

    assert (str(reference), reference.familiar) == (whole, familiar)


@pytest.mark.parametrize(
    "text",
    [
        *("", "A", "a:", ":1", "a//b", "a/", "-a", "a..b", "h:port/a", "a b", "a:x y", "a@"),
        *("../a", "a@sha256:12", "http://h/a", "a" * 300, "é", "h/a:" + "t" * 129, "a\n"),
    ],
)
def test_refused(text):
    """What the grammar does not have is refused."""
    with pytest.raises(TargetError):
        parse_reference(text)


@given(st.text(alphabet="abAB01.:/@-_[]é \n", max_size=40))
def test_round_trip(text):
    """Any text is refused or completed; a completed reference is read as itself."""
    try:
        reference = parse_reference(text)
    except (InvalidReference, InvalidDigest):
        return

    assert parse_reference(str(reference)) == reference
    assert parse_reference(reference.familiar) == reference
