"""The kubelet's log names say whose container it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.runtime.kubelet_names import LoggedContainer, read_log_name

ID = "0123456789abcdef" * 4


def test_a_name():
    """Dashes may stand in every word."""
    name = f"web-5d-x_kube-system_side-car-{ID}.log"
    assert read_log_name(name) == LoggedContainer(ID, "web-5d-x", "kube-system", "side-car")


@pytest.mark.parametrize(
    "name", ["", f"a_b_c-{ID}", f"a_b-{ID}.log", f"a_b_c-{ID[1:]}.log", f"a_b_c-{ID.upper()}.log"]
)
def test_other_names(name):
    """Anything else is nobody's."""
    assert read_log_name(name) is None


@given(st.text(max_size=100))
def test_never_crashes(name):
    """Any name is somebody's or nobody's."""
    read_log_name(name)
