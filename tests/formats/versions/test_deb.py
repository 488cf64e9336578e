"""Compare the Debian order with dpkg itself."""

import subprocess
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pratique.formats.versions.deb import sort_key
from pratique.model.errors import FormatError
from tests.formats.versions.oracle import rises

UPSTREAM = st.text(alphabet="0019.+~ab", min_size=1, max_size=6).map(lambda text: "1" + text)
VERSIONS = st.builds(
    lambda epoch, upstream, revision: epoch + upstream + revision,
    st.sampled_from(["", "", "0:", "1:", "01:"]),
    UPSTREAM,
    st.text(alphabet="0019.+~ab", max_size=4).map(lambda text: "-" + text if text else ""),
)
SCRIPT = 'while read -r a b; do for op in lt eq gt; do dpkg --compare-versions "$a" $op "$b" && echo $op; done; done'


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(pairs=st.lists(st.tuples(VERSIONS, VERSIONS), min_size=40, max_size=60))
def test_dpkg_says_the_same(pairs: list[tuple[str, str]], need: Callable[[str], str]) -> None:
    """For generated pairs, the keys compare as dpkg --compare-versions does."""
    need("dpkg")
    lines = "".join(f"{a} {b}\n" for a, b in pairs)
    done = subprocess.run(
        ["/bin/sh", "-c", SCRIPT], input=lines, capture_output=True, text=True, check=False
    )
    assert not done.stderr
    ours = [
        "lt" if sort_key(a) < sort_key(b) else "gt" if sort_key(b) < sort_key(a) else "eq"
        for a, b in pairs
    ]
    assert done.stdout.split() == ours


@pytest.mark.parametrize(
    "version", ["1.0-", "-1", ":1", "a:1", "-1:1", "1:", "2147483648:1", "1.0/2", "1:-1", "1é"]
)
def test_what_dpkg_refuses_is_refused(version: str) -> None:
    """Empty parts, bad epochs and foreign characters are no Debian version."""
    with pytest.raises(FormatError):
        sort_key(version)


def test_the_policy_examples_hold() -> None:
    """The order of the examples in Debian Policy and deb-version(7)."""
    parts = ["1~~-1", "1~~a-1", "1~-1", "1-1", "1a-1", "1+b1-1", "1.1-1", "1:0-1"]
    assert rises(map(sort_key, parts))
    assert sort_key("1.0") == sort_key("0:1.0-0")
    assert sort_key("12.2.0-14+b1") > sort_key("12.2.0-14")
