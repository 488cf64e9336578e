"""Compare the apk order with univers, and prove its corners."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from univers.versions import AlpineLinuxVersion

from pratique.formats.versions.apk import sort_key, validate
from pratique.model.errors import FormatError
from tests.formats.versions.oracle import NUMBERS, agree, rises

VERSIONS = st.builds(
    lambda numbers, letter, suffix, revision: numbers + letter + suffix + revision,
    NUMBERS,
    st.sampled_from(["", "a", "b"]),
    st.sampled_from(["", "_alpha", "_beta2", "_rc1", "_p1"]),
    st.sampled_from(["-r0", "-r1", "-r10"]),
)


@given(a=VERSIONS, b=VERSIONS)
def test_univers_says_the_same(a: str, b: str) -> None:
    """The order of well-formed versions."""
    agree(sort_key(a), sort_key(b), AlpineLinuxVersion(a), AlpineLinuxVersion(b))
    validate(a)


def test_the_order_of_what_may_follow() -> None:
    """apk-tools: pre-release < end < revision < hash < suffix < letter < number."""
    versions = ["1.2_alpha", "1.2_rc1", "1.2", "1.2-r0", "1.2-r1", "1.2~ab", "1.2_git1", "1.2_p"]
    versions += ["1.2_p1", "1.2a", "1.2.01", "1.2.1", "1.2.10"]
    assert rises(map(sort_key, versions))


@pytest.mark.parametrize("version", ["1.2-r", "1.", "1..2", "a", "1_blah", "1-1", "1.2-r1.1", "1A"])
def test_validate_refuses_what_apk_refuses(version: str) -> None:
    """Such text is placed, for advisories, but never taken for an installed version."""
    sort_key(version)
    with pytest.raises(FormatError):
        validate(version)
