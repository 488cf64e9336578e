"""Make the package of an installed distribution."""

import pytest

from pratique.extractors.python._installed import installed
from pratique.model.errors import FormatError


def test_the_metadata_goes_before_the_folder() -> None:
    """The folder only stands in."""
    found = installed("wheel", b"Name: A.b\nVersion: 1\n\n", "a_b-2")

    assert [(one.name, one.version, one.origin) for one in found.packages] == [
        ("A.b", "1", "wheel")
    ]
    assert found.unknowns == ()


@pytest.mark.parametrize("stem", ["", "a", "a-", "-1", "a-b", "a b-1"])
def test_a_folder_that_says_nothing_stands_in_for_nothing(stem: str) -> None:
    """A name and a version that begins with a digit are needed."""
    with pytest.raises(FormatError):
        installed("wheel", b"", stem)
