"""Prove the order of Go modules and toolchains."""

import pytest

from pratique.formats.versions.go import sort_key
from pratique.model.errors import FormatError
from tests.formats.versions.oracle import rises


def test_pseudo_versions_stand_between_releases() -> None:
    """go.dev/ref/mod: a pseudo-version is before the release it leads up to."""
    ladder = [
        "v0.0.0-20191109021931-daa7c04131f5",
        "v0.0.0-20200109021931-daa7c04131f5",
        "v0.1.0",
        "v0.1.1-0.20191109021931-daa7c04131f5",
        "v0.1.1",
        "v2.0.0+incompatible",
    ]
    assert rises(map(sort_key, ladder))


def test_toolchain_versions() -> None:
    """go1.21 is 1.21.0; release candidates come before; experiments and vendors do not count."""
    ladder = ["go1.20.14", "go1.21beta1", "1.21rc2", "go1.21rc10", "go1.21.0", "go1.21.1"]
    assert rises(map(sort_key, ladder))
    for same in ("1.21.0", "go1.21", "go1.21 X:boringcrypto", "go1.21+abc", "go1.21-vendor1"):
        assert sort_key(same) == sort_key("go1.21.0")
    assert sort_key("go1.21rc2") == sort_key("1.21.0-rc.2")


@pytest.mark.parametrize("version", ["(devel)", "devel", "go", "master", ""])
def test_what_is_no_version_is_refused(version: str) -> None:
    """A build from a checkout has no version to compare."""
    with pytest.raises(FormatError):
        sort_key(version)
