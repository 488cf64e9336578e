"""`pratique diff` says what changed and why, and fails on what is new when asked."""

import json
from pathlib import Path

import pytest

from tests.cli.scanning import Run
from tests.makers import scanned
from tests.makers.os_packages import dpkg_stanza


@pytest.fixture
def fixed(tmp_path: Path) -> str:
    """Return the image with openssl upgraded to the version that ends its flaw."""
    status = dpkg_stanza("openssl", "1.2-3") + dpkg_stanza("bash", "5.2-2")
    files: dict[str, bytes | str] = {**scanned.FILES, "var/lib/dpkg/status": status}
    return f"oci:{scanned.debian(tmp_path / 'fixed', files)}:app"


def test_an_upgrade_ends_a_finding(pratique: Run, image: str, fixed: str) -> None:
    code, out, err = pratique("diff", image, fixed, "--fail-on-new")

    assert (code, err) == (0, "")
    assert "0 new findings, 1 gone, 1 package changed" in out
    assert "~ deb openssl 1.2-1 → 1.2-3" in out
    assert "CVE-2026-1001" in out
    assert "the package changed from 1.2-1 to 1.2-3" in out


def test_the_other_way_it_is_new_and_fails(pratique: Run, image: str, fixed: str) -> None:
    assert pratique("diff", fixed, image)[0] == 0
    assert pratique("diff", fixed, image, "--fail-on-new")[0] == 1
    assert pratique("diff", fixed, image, "--fail-on-new", "--at-least", "critical")[0] == 1


def test_a_report_is_a_side(pratique: Run, image: str, fixed: str, tmp_path: Path) -> None:
    file = tmp_path / "r.json"
    pratique("scan", image, "-o", f"json={file}")
    code, out, _ = pratique("diff", str(file), fixed, "-o", "json")
    found = json.loads(out)

    assert code == 0
    assert found["schema"] == "pratique.diff/1"
    assert [one["rule"] for one in found["difference"]["gone"]] == ["CVE-2026-1001"]


def test_markdown_is_for_a_pull_request(pratique: Run, image: str, fixed: str) -> None:
    _, out, _ = pratique("diff", image, fixed, "-o", "markdown")
    assert out.startswith("### `oci:")
    assert "| critical | `CVE-2026-1001` | `openssl 1.2-1` | `1.2-3` |" in out


def test_a_damaged_report_is_usage(pratique: Run, image: str, tmp_path: Path) -> None:
    file = tmp_path / "r.json"
    file.write_text('{"schema": "pratique.report/1", "subjects": 3}')
    assert pratique("diff", str(file), image)[0] == 2
