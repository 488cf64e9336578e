"""Only what is a digest becomes one."""

import hashlib
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.model.digest import InvalidDigest, parse_digest, sha256_of
from pratique.model.errors import TargetError

HEX = st.text("0123456789abcdef", min_size=64, max_size=64)


@given(HEX)
def test_the_registered_algorithms_are_taken(digits: str) -> None:
    """sha256 with 64 digits and sha512 with 128 are digests, unchanged."""
    assert f"sha256:{digits}" == parse_digest(f"sha256:{digits}")
    assert f"sha512:{digits * 2}" == parse_digest(f"sha512:{digits * 2}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sha256:",
        "sha256:" + "0" * 63,
        "sha256:" + "0" * 65,
        "sha256:" + "A" * 64,
        "sha256:" + "g" * 64,
        "sha512:" + "0" * 64,
        "sha1:" + "0" * 40,
        "SHA256:" + "0" * 64,
        " sha256:" + "0" * 64,
        "sha256:" + "0" * 64 + "\n",
        "sha256:" + "٠" * 64,
        "sha256:../" + "0" * 61,
        None,
        5,
        b"sha256:" + b"0" * 64,
        {"sha256": 1},
    ],
)
def test_anything_else_is_refused(text: object) -> None:
    """Length, case, alphabet, algorithm and type are all held to; nothing is trimmed."""
    with pytest.raises(InvalidDigest):
        parse_digest(text)


@given(st.text())
def test_the_message_is_short_whatever_the_image_says(text: str) -> None:
    """A hostile value does not flood the terminal, and the error is one of the target."""
    with pytest.raises(TargetError) as caught:
        parse_digest(text)

    assert len(str(caught.value)) < 1000
    assert "\n" not in str(caught.value)


@given(st.binary())
def test_sha256_of_is_a_digest(content: bytes) -> None:
    """What we compute has the form that we accept."""
    digest = sha256_of(content)

    assert digest == parse_digest(digest)
    assert hashlib.sha256(content).hexdigest() == digest.partition(":")[2]
    assert set(digest.partition(":")[2]) <= set(string.hexdigits.lower())
