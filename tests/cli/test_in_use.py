"""`--in-use` marks flaws of packages that were seen at work, in every report but VEX."""

import json
from pathlib import Path

import pytest

from pratique.formats.in_use_file import write_in_use
from pratique.kit.store import Store
from pratique.model.in_use import InUse
from tests.cli.scanning import Run, subject

POLICY = """\
pratique-policy: 1
name: at-work
extends: permissive
rules:
  - id: flaw-at-work
    match: finding
    expression: finding.?in_use.orValue(false)
    message: its package is at work
    mode: deny
"""


@pytest.fixture
def rows(pratique: Run, image: str) -> list[InUse]:
    """Return that openssl was at work in the image."""
    found = subject(pratique("scan", image, "-o", "json")[1])
    (key,) = [one["package"] for one in found["findings"] if one["package_name"] == "openssl"]
    time = 1_790_000_000_000_000_000
    return [
        InUse(
            digest=found["digest"],
            package=key,
            path="/usr/bin/openssl",
            first_ns=time,
            last_ns=time,
        )
    ]


def test_findings_say_it(pratique: Run, image: str, rows: list[InUse], tmp_path: Path) -> None:
    file = tmp_path / "seen.json"
    file.write_bytes(write_in_use(rows))
    out = pratique("scan", image, "--in-use", file, "-o", "json")[1]
    said = {one["package_name"]: one["in_use"] for one in subject(out)["findings"]}

    assert said["openssl"]["path"] == "/usr/bin/openssl"
    assert said["openssl"]["last"].startswith("2026-")
    assert said["bash"] is None
    assert "IN USE" in pratique("scan", image, "--in-use", file, "--full")[1]
    assert "1 in packages seen in use" in pratique("scan", image, "--in-use", file)[1]
    assert "IN USE" in pratique("scan", image, "--in-use", file, "-o", "html")[1]
    assert "in-use:path" in pratique("scan", image, "--in-use", file, "-o", "cyclonedx")[1]
    assert "/usr/bin/openssl" not in pratique("scan", image, "--in-use", file, "-o", "openvex")[1]


def test_the_store_and_a_policy(
    pratique: Run, image: str, rows: list[InUse], tmp_path: Path
) -> None:
    policy = tmp_path / "p.yaml"
    policy.write_text(POLICY)
    gate = ("gate", image, "--policy", policy, "--scanners", "vuln", "-o", "json")
    before = subject(pratique(*gate, "--in-use", "store")[1])["verdict"]
    with Store(tmp_path / "data") as store:
        store.put_in_use(rows)
    code, out, _ = pratique(*gate, "--in-use", "store")

    assert "flaw-at-work" not in json.dumps(before)
    assert code == 1
    assert "flaw-at-work" in json.dumps(subject(out)["verdict"])
    assert pratique(*gate)[0] != 1


def test_a_file_that_is_none_is_refused_before_the_scan(pratique: Run, image: str) -> None:
    code, _, err = pratique("scan", image, "--in-use", "nothing.json")
    assert code == 2
    assert "nothing.json" in err
