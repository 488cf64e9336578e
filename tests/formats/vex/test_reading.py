"""Read a VEX document of any format."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.vex.reading import read_vex
from pratique.model.errors import FormatError
from tests.formats.vex.samples import analysis, csaf, cyclonedx, openvex

DOCUMENTS = [openvex({}), cyclonedx(analysis()), csaf(known_not_affected=["OS", "PART"])]


def test_each_format_is_told_from_its_content() -> None:
    """Whatever the file is called."""
    assert [read_vex(one, "a").format for one in DOCUMENTS] == [
        "OpenVEX 0.2.0",
        "CycloneDX 1.5",
        "CSAF 2.0",
    ]


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"<vex/>", b'{"payload": ""}'])
def test_everything_else_is_refused_with_a_hint(content: bytes) -> None:
    """Which formats there are, or what to do."""
    with pytest.raises(FormatError) as caught:
        read_vex(content, "a")
    assert caught.value.hint() != FormatError.fix


@given(
    document=st.sampled_from(DOCUMENTS),
    at=st.integers(0, 2000),
    put=st.binary(max_size=4),
    cut=st.integers(0, 30),
)
def test_damage_is_refused_or_read(document: bytes, at: int, put: bytes, cut: int) -> None:
    """Nothing but FormatError escapes."""
    at %= len(document)
    try:
        read_vex(document[:at] + put + document[at + cut :], "a")
    except FormatError:
        pass
