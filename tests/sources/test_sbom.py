"""An SBOM file becomes an inventory named by the file's sha256."""

import json

import pytest

from pratique.kit.limits import Limits
from pratique.sources.interface import InvalidImage, Options, TargetNotFound
from pratique.sources.sbom import open_target
from tests.formats.vex.samples import analysis, cyclonedx
from tests.makers.image import sha256

CYCLONEDX = json.dumps(
    {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "components": [
            {
                "type": "library",
                "name": "requests",
                "version": "2.1.0",
                "purl": "pkg:pypi/requests@2.1.0",
            }
        ],
    }
).encode()


def test_inventory(tmp_path):
    """Packages are those of the file; the digest is the file's."""
    (tmp_path / "x.json").write_bytes(CYCLONEDX)

    inventory = open_target(str(tmp_path / "x.json"), Options()).inventory

    assert [package.purl for package in inventory.packages] == ["pkg:pypi/requests@2.1.0"]
    assert inventory.digest == sha256(CYCLONEDX)


def test_refused(tmp_path):
    """Other JSON, oversized files and missing ones are refused."""
    (tmp_path / "x.json").write_bytes(b'{"a": 1}')

    with pytest.raises(InvalidImage):
        open_target(str(tmp_path / "x.json"), Options())
    with pytest.raises(InvalidImage, match="too many for an SBOM"):
        open_target(str(tmp_path / "x.json"), Options(limits=Limits(kept_file_bytes=3)))
    with pytest.raises(TargetNotFound):
        open_target(str(tmp_path / "none"), Options())


def test_analyses_of_a_cyclonedx_sbom_come_along(tmp_path):
    """What it says of flaws in its own components; what leads nowhere is an Unknown."""
    (tmp_path / "x.json").write_bytes(cyclonedx(analysis("not_affected", "o", "lost")))

    inventory = open_target(str(tmp_path / "x.json"), Options()).inventory

    (statement,) = inventory.vex
    assert statement.products[0].purls == ("pkg:deb/debian/openssl@1.2-1",)
    assert any("'lost'" in unknown.reason for unknown in inventory.unknowns)


def test_damaged_analyses_are_an_unknown(tmp_path):
    """The packages stand."""
    damaged = {"id": "CVE-1", "analysis": {"state": 3}}
    (tmp_path / "x.json").write_bytes(cyclonedx(damaged))

    inventory = open_target(str(tmp_path / "x.json"), Options()).inventory

    assert (len(inventory.packages), inventory.vex) == (1, ())
    assert any("analysis is not heeded" in unknown.reason for unknown in inventory.unknowns)
