"""Read what the TOML locks of Python share."""

import pytest

from pratique.extractors.python._locked import lock_of, names, tables
from pratique.model.errors import FormatError
from tests.makers.layer_file import layer_file


def test_a_lock_has_one_of_its_keys() -> None:
    """Else the file only has the name."""
    assert lock_of(layer_file("x", "a = 1\n"), "a", "b") == {"a": 1}
    with pytest.raises(FormatError, match="none of the keys b"):
        lock_of(layer_file("x", "a = 1\n"), "b")


def test_parts_of_another_type_are_empty() -> None:
    """So one damaged entry costs one entry."""
    assert list(tables({"p": [{"a": 1}, 2]}, "p")) == [{"a": 1}, {}]
    assert list(tables({}, "p")) == []
    assert names([{"name": "a"}, {"name": 1}, {}, "b"]) == ("a",)
