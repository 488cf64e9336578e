"""What a registry's failure means is said in one line, with a hint, without control characters."""

import pytest

from pratique.kit.http import HttpInterrupted, HttpNotTls, HttpStatus, HttpTooLarge, HttpUnreachable
from pratique.sources._registry_refusal import refusal
from pratique.sources.interface import (
    InvalidImage,
    TargetNotFound,
    TargetRefused,
    TargetUnreachable,
)


def status(number, body=b""):
    return HttpStatus(number, url="https://h/x", headers={}, body=body)


@pytest.mark.parametrize(
    ("error", "kind", "text"),
    [
        (status(401), TargetRefused, "wants a login"),
        (status(403), TargetRefused, "wants a login"),
        (status(404), TargetNotFound, "has no tag '1.0'"),
        (status(429), TargetRefused, "too many requests"),
        (status(503), TargetUnreachable, "HTTP 503"),
        (HttpUnreachable("no way"), TargetUnreachable, "no way"),
        (HttpNotTls("no TLS"), TargetUnreachable, "no TLS"),
        (HttpInterrupted("broke"), TargetUnreachable, "broke"),
        (HttpTooLarge("big"), InvalidImage, "larger than it claims"),
    ],
)
def test_kinds(error, kind, text):
    """Each failure becomes the kind that says who must act."""
    named = refusal(error, "h/app", "1.0", None)

    assert type(named) is kind
    assert str(named).startswith("h/app: ")
    assert text in str(named)
    assert named.hint()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"errors":[{"code":"DENIED","message":"no\\u001b[31m way"}]}', "(DENIED no [31m way)"),
        (b'{"errors":[]}', ""),
        (b"<html>", ""),
        (b'{"errors":[{"message":"%s"}]}' % (b"x" * 999), "(" + "x" * 160 + ")"),
    ],
)
def test_what_the_registry_said(body, said):
    """Its own first error is quoted, printable and short."""
    text = str(refusal(status(404, body), "h/app", "1.0", None))

    assert (
        text
        == f"h/app: the registry has no tag '1.0', or no such repository{' ' if said else ''}{said}"
    )


def test_an_absent_tag_comes_with_the_way_to_see_the_others():
    """The hint is a command to copy; who named no tag is told that one was meant."""
    typed = refusal(status(404), "h/app", "1.0", None).hint()
    untold = refusal(status(404), "h/app", "latest", None).hint()

    assert typed == "`skopeo list-tags docker://h/app` lists the tags"
    assert untold == f"without a tag, 'latest' is meant; {typed}"
    assert "tag" not in str(refusal(status(404), "h/app", "sha256:00", None))
