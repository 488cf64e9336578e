"""Scanning the SBOM of an image finds what scanning the image finds."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

IMAGES = (
    "alpine-3.10.docker.tar",
    "debian-12-slim.oci.tar",
    "distroless-cc-debian12.oci.tar",
    "sle15-ndb-trimmed.oci.tar",
    "mariner-2-sqlite-trimmed.oci.tar",
)


@pytest.fixture(scope="module")
def environ(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> dict[str, str]:
    """Return an environment whose advisory data are made once for all images."""
    return os.environ | {
        "PRATIQUE_CACHE_DIR": str(tmp_path_factory.mktemp("cache")),
        "PRATIQUE_DB_SOURCE": str(shared / "mirror"),
        "SOURCE_DATE_EPOCH": "1795219200",
    }


@pytest.mark.parametrize("image", IMAGES)
def test_the_sbom_gives_the_same_findings(
    image: str, shared: Path, tmp_path: Path, environ: dict[str, str]
) -> None:
    """Flaw, package, grade, fix, evidence and gaps are equal by CycloneDX and by SPDX."""
    boms = {name: tmp_path / f"bom.{name}" for name in ("cyclonedx", "spdx")}
    outputs = [f"{name}={file}" for name, file in boms.items()]
    expected = _scanned(str(shared / "images" / image), tmp_path / "image", environ, outputs)
    assert expected[0] or expected[1]
    for file in boms.values():
        assert _scanned(f"sbom:{file}", tmp_path / "again", environ) == expected


def _scanned(
    target: str, report: Path, environ: dict[str, str], outputs: list[str] | None = None
) -> tuple[list[str], list[str]]:
    """Return what a scan finds, less where in the image it was found, and what it could not."""
    options = [f"-o{output}" for output in (f"json={report}", *(outputs or []))]
    command = [sys.executable, "-m", "pratique", "scan", target, *options]
    subprocess.run(command, check=True, env=environ, capture_output=True)
    (subject,) = json.loads(report.read_bytes())["subjects"]
    kept = ("rule", "package_name", "package_version", "severity", "severity_source", "confidence")
    findings = [
        json.dumps([*(one[name] for name in kept), one["fix"], one["evidence"]])
        for one in subject["findings"]
        if one["kind"] != "tamper"  # how an image was made is not in a list of its packages
    ]
    return sorted(findings), sorted(json.dumps(one) for one in subject["unknowns"])
