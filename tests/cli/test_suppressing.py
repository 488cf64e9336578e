"""`pratique scan` heeds VEX documents, ignore files and exceptions."""

import json
from pathlib import Path

import pytest

from tests.cli.scanning import Run, subject
from tests.formats.vex.samples import openvex

CRITICAL = "CVE-2026-1001"


def vex(folder: Path) -> Path:
    """Return a VEX document about the critical flaw of the sample image."""
    place = folder / "vex.json"
    said = {"vulnerability": {"name": CRITICAL}, "products": [{"@id": "pkg:deb/debian/openssl"}]}
    place.write_bytes(openvex(said))
    return place


def suppressed(out: str) -> dict[str, str]:
    """Return who suppressed each flaw."""
    return {one["rule"]: one["suppressed_by"] for one in subject(out)["findings"]}


def test_a_vex_document_takes_a_flaw_out_of_the_decision(
    pratique: Run, image: str, tmp_path: Path
) -> None:
    """Still in the report, with the reason; the exit code changes."""
    plain, _, _ = pratique("scan", image, "--fail-on", "critical", "--only-fixed")
    code, out, err = pratique(
        "scan", image, "--fail-on", "critical", "--only-fixed", "--vex", vex(tmp_path), "-o", "json"
    )
    assert (plain, code, err) == (1, 0, "")
    assert suppressed(out)[CRITICAL] == "vex"


def test_an_ignore_file_of_the_folder_is_used_and_told(
    pratique: Run, image: str, tmp_path: Path
) -> None:
    """Unless --no-ignore."""
    (tmp_path / ".trivyignore").write_text(CRITICAL)
    code, out, err = pratique("scan", image, "-o", "json")
    assert suppressed(out)[CRITICAL] == "ignore-rule"
    assert err.startswith("pratique: note: .trivyignore was found here")
    code, out, err = pratique("scan", image, "--no-ignore", "-o", "json")
    assert (code, err, suppressed(out)[CRITICAL]) == (0, "", "")


def test_what_met_nothing_is_a_note(pratique: Run, image: str, tmp_path: Path) -> None:
    """On standard error, so the report stays what it is."""
    place = tmp_path / "vex.json"
    place.write_bytes(openvex({}))
    code, out, err = pratique("scan", image, "--vex", place, "-o", "json")
    assert code == 0
    assert json.loads(out)
    assert "1 of 1 statements match nothing here" in err


@pytest.mark.parametrize("option", ["--vex", "--ignore-file"])
def test_a_file_that_is_not_understood_is_a_usage_error(
    pratique: Run, image: str, tmp_path: Path, option: str
) -> None:
    """2, with a hint, before anything is scanned."""
    place = tmp_path / "bad.yaml"
    place.write_text("services: {}")
    code, out, err = pratique("scan", image, option, place)
    assert (code, out) == (2, "")
    assert "bad.yaml" in err
    assert "hint:" in err
