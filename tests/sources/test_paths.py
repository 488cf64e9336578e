"""The longest beginning that exists is the path."""

import pytest

from pratique.sources._paths import split_tag
from pratique.sources.interface import TargetNotFound


def test_split(tmp_path):
    """Colons may stand in the path, in the tag, or in both."""
    plain, odd = tmp_path / "x.tar", tmp_path / "x.tar:1"
    plain.touch()
    odd.touch()

    assert split_tag(f"{plain}") == (plain, "")
    assert split_tag(f"{plain}:demo/one:2") == (plain, "demo/one:2")
    assert split_tag(f"{odd}") == (odd, "")
    assert split_tag(f"{odd}:2") == (odd, "2")
    assert split_tag(f"{plain}@sha256:ab") == (plain, "sha256:ab")


@pytest.mark.parametrize("text", ["", "a\0b"])
def test_no_path(text):
    """Nothing and NUL are no path."""
    with pytest.raises(TargetNotFound):
        split_tag(text)
