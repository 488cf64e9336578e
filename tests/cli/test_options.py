"""Platforms are parsed strictly; every option has an environment variable."""

import click
import pytest

from pratique.cli.main import program
from pratique.cli.options import parse_platform
from pratique.model.errors import UsageError
from pratique.model.image import Platform


def test_parse_platform() -> None:
    """As the sources take it: an architecture, with or without system and variant; ``all``; nothing."""
    assert parse_platform("linux/arm/v7") == (Platform("linux", "arm", "v7"), False)
    assert parse_platform("aarch64") == (Platform("linux", "arm64"), False)
    assert parse_platform("all") == (None, True)
    assert parse_platform(None) == (None, False)


@pytest.mark.parametrize("text", ["", "linux", "linux/", "a/b/c/d", "/"])
def test_refuses_half_a_platform(text: str) -> None:
    """A platform that names no architecture would match by accident."""
    with pytest.raises(UsageError):
        parse_platform(text)


@pytest.mark.parametrize("name", ["scan", "sbom"])
def test_every_option_is_also_a_variable(name: str) -> None:
    """``--fail-on`` is ``PRATIQUE_FAIL_ON``, and so on for all."""
    command = program.get_command(click.Context(program), name)
    assert command is not None
    options = [p for p in command.params if isinstance(p, click.Option)]

    assert options
    assert all(str(p.envvar).startswith("PRATIQUE_") for p in options)
