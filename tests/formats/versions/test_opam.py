"""Prove the order of OCaml packages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.versions import deb
from pratique.formats.versions.opam import sort_key
from pratique.model.errors import FormatError
from tests.formats.versions.oracle import agree, rises

UPSTREAM = st.text(alphabet="0019.+~ab_", min_size=1, max_size=6).map(lambda text: "1" + text)


def test_the_manual_holds() -> None:
    """Opam manual: ~~, ~, ~beta2, ~beta10, 0.1, 1.0~beta, 1.0, 1.0-test, 1.0.1, 1.0.10, dev, trunk."""
    ladder = ["~~", "~", "~beta2", "~beta10", "0.1", "1.0~beta", "1.0", "1.0-test", "1.0.1"]
    assert rises(map(sort_key, [*ladder, "1.0.10", "dev", "trunk"]))
    assert sort_key("1.0") == sort_key("1.0-0") == sort_key("1.00")


@given(a=UPSTREAM, b=UPSTREAM)
def test_without_epochs_it_is_debians_order(a: str, b: str) -> None:
    """Opam took the algorithm from Debian."""
    agree(sort_key(a), sort_key(b), deb.sort_key(a), deb.sort_key(b))


@pytest.mark.parametrize("version", ["1:2", "1/2", "é"])
def test_what_opam_refuses_is_refused(version: str) -> None:
    """There are no epochs."""
    with pytest.raises(FormatError):
        sort_key(version)
