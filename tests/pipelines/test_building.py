"""What is asked of a builder is said whole."""

from pathlib import Path

import msgspec
import pytest

from pratique.pipelines.building import Baked, Bases, Recipe


def test_defaults_say_nothing_of_the_host():
    """An empty context, no bases, and no archive unless one was made."""
    assert Recipe(content=b"").context is None
    assert (Bases().targets, Bases().names) == ({}, {})
    assert Baked(problem="x").archive is None


def test_values_are_frozen():
    """Nobody changes what was asked for."""
    with pytest.raises(AttributeError):
        Recipe(content=b"").context = Path()  # type: ignore[misc]
    assert msgspec.structs.fields(Recipe)[0].name == "content"
