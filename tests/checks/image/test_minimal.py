"""An image means to be minimal by its names or by its package database."""

from pratique.checks.image._minimal import why_minimal
from pratique.checks.image.interface import sample
from tests.makers.checked import scene_of_sample


def test_names_and_databases() -> None:
    """Its own name, its base's, status.d without status."""
    row = "Package: x\nVersion: 1\nArchitecture: all\n"
    named = sample(name="gcr.example/distroless/cc:1")
    based = sample(labels={"org.opencontainers.image.base.name": "cgr.example/chainguard/static"})
    database = sample((("var/lib/dpkg/status.d/x", row),))
    both = sample((("var/lib/dpkg/status.d/x", row), ("var/lib/dpkg/status", row)))

    assert all(why_minimal(scene_of_sample(one)) for one in (named, based, database))
    assert not why_minimal(scene_of_sample(both))
