"""`pratique gate` decides, says why, and ends with the code that the contract names."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.scanning import Run, subject
from tests.makers import scanned

FLAWS = ("--scanners", "vuln")
"""What most tests here ask for: the engines of the other scanners take seconds to make."""


def test_a_deny_is_one_and_says_why(pratique: Run, image: str) -> None:
    code, out, err = pratique("gate", image)

    assert (code, err) == (1, "")
    assert out.startswith(f"DENY  {image}  under baseline (")
    assert "overdue-critical-fix: 1 finding" in out
    assert "CVE-2026-1001 in openssl 1.2-1 (fixed in 1.2-3)" in out
    assert "data: Debian from " in out


def test_what_is_not_forbidden_is_undecided_without_data_on_exploited_flaws(
    pratique: Run, image: str
) -> None:
    """The small mirror of these tests has none; no profile may then say that it may pass."""
    code, out, _ = pratique("gate", image, *FLAWS, "--policy", "permissive")
    assert (code, out[:9]) == (3, "UNDECIDED")
    assert "kev: no data" in out


def test_a_file_in_the_folder_is_not_heeded(
    pratique: Run, image: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asks to pass may have written it; named, it is heeded."""
    (tmp_path / ".trivyignore").write_text("CVE-2026-1001\n")
    monkeypatch.chdir(tmp_path)

    assert "CVE-2026-1001 in openssl" in pratique("gate", image, *FLAWS)[1]
    out = pratique("gate", image, *FLAWS, "--ignore-file", ".trivyignore")[1]
    assert "CVE-2026-1001 in openssl" not in out
    assert "exception ignore file (CVE-2026-1001): applied" in out


def test_an_unreadable_package_database_is_undecided(pratique: Run, tmp_path: Path) -> None:
    place = scanned.debian(tmp_path / "x", {**scanned.FILES, "var/lib/dpkg/status": b"\xff\x00x"})
    code, out, _ = pratique("gate", f"oci:{place}:app", *FLAWS)

    assert code == 3
    assert out.startswith("UNDECIDED")
    assert "unread-content" in out


def test_missing_data_are_undecided(pratique: Run, image: str, tmp_path: Path) -> None:
    code, out, _ = pratique("gate", image, *FLAWS, "--source", str(tmp_path), "--offline")
    assert (code, out[:9]) == (3, "UNDECIDED")
    assert "missing-advisory-data" in out


def test_a_report_goes_to_a_file_and_the_verdict_to_the_terminal(
    pratique: Run, image: str, tmp_path: Path
) -> None:
    file = tmp_path / "r.json"
    code, out, _ = pratique("gate", image, *FLAWS, "-o", f"json={file}")

    assert code == 1
    assert out.startswith("DENY")
    assert json.loads(file.read_bytes())["outcome"] == "fail"


def test_a_report_to_standard_output_stands_alone(pratique: Run, image: str) -> None:
    _, out, _ = pratique("gate", image, *FLAWS, "-o", "json")
    assert subject(out)["target"]


def test_a_mistake_in_a_policy_is_usage(pratique: Run, image: str, tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_text("pratique-policy: 1\nextends: nothing\n")
    code, _, err = pratique("gate", image, *FLAWS, "--policy", str(file))

    assert code == 2
    assert "p.yaml:2:10: no extends 'nothing'" in err


def test_a_reader_that_stops_does_not_change_the_verdict(image: str, tmp_path: Path) -> None:
    """Neither to 0 nor to 1: this image is undecided, for want of data."""
    command = [sys.executable, "-m", "pratique", "gate", image, *FLAWS, "--offline"]
    environ = {**os.environ, "PRATIQUE_CACHE_DIR": str(tmp_path / "cache")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environ) as running:
        assert running.stdout is not None
        running.stdout.close()
    assert running.returncode == 3
