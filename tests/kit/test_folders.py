"""The environment decides where things are kept; without it the platform does."""

from pathlib import Path

import pytest

from pratique.kit.folders import cache_folder, data_folder


def test_the_variables_win() -> None:
    """PRATIQUE_CACHE_DIR and PRATIQUE_DATA_DIR are taken as they are."""
    environ = {"PRATIQUE_CACHE_DIR": "/some/cache", "PRATIQUE_DATA_DIR": "relative/data"}

    assert Path("/some/cache") == cache_folder(environ)
    assert Path("relative/data") == data_folder(environ)


def test_the_platform_decides_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """On Linux these are the folders of the XDG specification, named after the program."""
    monkeypatch.setenv("XDG_CACHE_HOME", "/xdg/cache")
    monkeypatch.setenv("XDG_DATA_HOME", "/xdg/data")

    assert Path("/xdg/cache/pratique") == cache_folder({})
    assert Path("/xdg/data/pratique") == data_folder({})


def test_what_may_be_dropped_and_what_must_last_are_apart() -> None:
    """Clearing the cache can never remove a report."""
    cache, data = cache_folder({}), data_folder({})

    assert cache != data
    assert cache not in data.parents


def test_an_empty_variable_is_no_folder() -> None:
    """An empty value does not mean the current folder."""
    assert cache_folder({}) == cache_folder({"PRATIQUE_CACHE_DIR": ""})
