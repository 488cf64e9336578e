"""
Scan every hostile image as a user would: as a program of its own, offline, watched from outside.

``expected.tsv`` says what each must end in. The same watch is kept over honest images of the same
shapes, which must give their packages and no finding.
"""

import json
from typing import Any

import pytest

from tests.attacks.cases import LONG, Expected, expectations
from tests.attacks.watch import MOST_CPU_SECONDS, MOST_SECONDS, Ended, check_manners, scan
from tests.makers.attacks import ATTACKS
from tests.makers.benign import MORE, NORMAL, TWINS, write_twin

pytestmark = pytest.mark.timeout(2 * MOST_SECONDS)

ROWS = expectations()


@pytest.mark.parametrize("expected", [e for e in ROWS if not e.made], ids=lambda e: e.name)
def test_shared_hostile_image(shared, tmp_path, expected):
    """Each image ends as foretold: in time, small, said aloud, and with no trace left behind."""
    scanned = scan(expected.path(shared, tmp_path), tmp_path)
    check(expected, scanned)
    check_manners(scanned, tmp_path)


@pytest.mark.parametrize("expected", [e for e in ROWS if e.made], ids=lambda e: e.name)
def test_attack(tmp_path, expected):
    """The same for attacks made by code: what notes on scanners and their CVEs name."""
    scanned = scan(expected.path(None, tmp_path), tmp_path)
    check(expected, scanned)
    check_manners(scanned, tmp_path, LONG.get(expected.name, MOST_CPU_SECONDS))


def test_every_hostile_image_is_expected(shared):
    """A hostile image that is added must get its line."""
    files = {path.name for path in (shared / "images/hostile").glob("*.tar*")}
    assert files == {expected.name for expected in ROWS if not expected.made}


def test_every_attack_is_expected_and_has_its_twin():
    """Each attack has one line, each line an honest image of its shape; no twin is idle."""
    assert [expected.name for expected in ROWS if expected.made] == list(ATTACKS)
    assert {expected.twin for expected in ROWS} == set(TWINS)


@pytest.mark.parametrize("report", ["table", "sarif", "cyclonedx", "spdx"])
def test_hostile_names_in_every_report(shared, tmp_path, report):
    """No report carries a control character or an override out of an image's names."""
    for name in ("names.oci.tar", "hostile-manifests.oci.tar"):
        scanned = scan(shared / "images/hostile" / name, tmp_path, "--full", report=report)
        check_manners(scanned, tmp_path)
        assert scanned.out
        assert [c for c in scanned.out if c != "\n" and not c.isprintable()] == []


@pytest.mark.parametrize("name", TWINS)
def test_benign_twin(tmp_path, name):
    """An honest image of a hostile shape gives its packages, and nothing of it is unknown."""
    path = write_twin(name, tmp_path / "twin.oci.tar")
    scanned = scan(path, tmp_path)

    assert scanned.exit_code == 0, scanned.err + scanned.out
    check_manners(scanned, tmp_path)
    (subject,) = json.loads(scanned.out)["subjects"]
    found = [f"{package['name']} {package['version']}" for package in subject["packages"]]
    assert sorted(found) == MORE.get(name, NORMAL)
    assert tamper_rules(subject) == set()
    unread = [u for u in subject["unknowns"] if u["stage"] in ("layer", "merge", "extract")]
    assert unread == []


def check(expected: Expected, scanned: Ended) -> None:
    """Assert what a line says."""
    assert scanned.exit_code == expected.exit_code, scanned.err + scanned.out
    said, packages, rules = scanned.err, set[str](), set[str]()
    if scanned.out:
        (subject,) = json.loads(scanned.out)["subjects"]
        said += "\n".join(unknown["reason"] for unknown in subject["unknowns"])
        packages = {package["name"] for package in subject["packages"]}
        rules = tamper_rules(subject)
    assert bool(scanned.out) == (expected.exit_code != 2)
    assert [word for word in expected.words if word not in said] == []
    assert expected.packages <= packages
    assert rules == expected.rules


def tamper_rules(subject: dict[str, Any]) -> set[str]:
    """Return the rules of the tamper findings."""
    return {finding["rule"] for finding in subject["findings"] if finding["kind"] == "tamper"}
