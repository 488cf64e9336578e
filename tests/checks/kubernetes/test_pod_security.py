"""The controls of the Pod Security Standards are decided as Kubernetes and Kyverno decide them."""

import csv
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pratique.checks.kubernetes.interface import NEWEST, Scene
from pratique.formats.kubernetes.objects import read_manifest
from pratique.kit import registry

CHECKS = registry.load("checks.kubernetes")
BASELINE = frozenset({
    "apparmorprofile", "capabilities_baseline", "hostnamespaces", "hostpathvolumes", "hostports",
    "hostprobesandhostlifecycle", "privileged", "procmount", "seccompprofile_baseline",
    "selinuxoptions", "sysctls", "windowshostprocess",
})  # fmt: skip
RESTRICTED = frozenset({
    "allowprivilegeescalation", "capabilities_restricted", "procmount_restricted",
    "restrictedvolumes", "runasnonroot", "runasuser", "seccompprofile_restricted",
})  # fmt: skip
HALVES = {
    "adding-capabilities-strict": {"pod-adds-capability", "pod-adds-usual-capability"},
    "require-drop-all": {"pod-keeps-capabilities"},
}
"""Rules of Kyverno that are one half of a control, and the checks that are that half."""


def test_every_control_is_decided() -> None:
    """By at least one check."""
    decided = {one for module in CHECKS.values() for one in getattr(module, "CONTROLS", ())}

    assert decided == BASELINE | RESTRICTED


def test_expected_answers(shared: Path) -> None:
    """All rows that speak of a control of the standards, without exception."""
    place = shared / "fixtures/kubernetes"
    with zipfile.ZipFile(place / "files.zip") as archive:
        rows = list(_rows(place / "expected/pss.tsv"))
        wrong = [row for row in rows if not _right(archive, row)]

    assert len(rows) == 868
    assert wrong == []


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open() as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if not row["control"].startswith("("):  # Kyverno's own range of host ports
                yield row


def _right(archive: zipfile.ZipFile, row: dict[str, str]) -> bool:
    said = row["pss_version"]
    version = (1, int(said.partition(".")[2])) if said else NEWEST
    fired = _fired(archive, row["file"], version)
    names = {
        name
        for (place, name) in fired
        if place.startswith(row["kind"] + "/") and place.endswith("/" + row["name"])
    }
    controls = {one for name in names for one in getattr(CHECKS[name], "CONTROLS", ())}
    half = HALVES.get(row["source"].rpartition(":")[2])
    if half is not None:
        return bool(names & half) == (row["expected"] == "fail")
    if row["expected"] == "fail":
        return row["control"] in controls
    if row["source"].startswith("kubernetes/"):  # allowed by the whole level
        return not controls & (BASELINE if row["level"] == "baseline" else BASELINE | RESTRICTED)
    return row["control"] not in controls


@cache
def _fired(
    archive: zipfile.ZipFile, file: str, version: tuple[int, int]
) -> frozenset[tuple[str, str]]:
    scene = Scene(manifests=(read_manifest(archive.read(file), file),), version=version)
    return frozenset(
        (fault.object, name) for name, module in CHECKS.items() for fault in module.look(scene)
    )
