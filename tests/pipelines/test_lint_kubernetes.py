"""Manifests are linted beside each other, silenced where somebody says so, and mended with proof."""

import json
import zipfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pratique.checks.kubernetes.interface import manifest, workload
from pratique.model.fault import FixClass
from pratique.model.unknown import Weight
from pratique.pipelines.lint_files import LintSettings, lint_files
from pratique.pipelines.lint_kubernetes import Neighbours, checks
from pratique.pipelines.lint_looking import Looked
from pratique.pipelines.mend_file import mend

POD = b"""\
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
  - name: web # the shop
    image: registry.example/web:1.2
"""
QUIET = checks(pedantic=False)
NOW = datetime(2026, 2, 1, tzinfo=UTC)


def looked(content: bytes, *others: tuple[str, bytes], pedantic: bool = False) -> Looked:
    """Return what is said of a file that stands with others."""
    wanted = checks(pedantic=pedantic)
    return Neighbours([("a.yaml", content), *others], wanted).look_at(content, "a.yaml")


def rules(found: Looked) -> set[str]:
    """Return the rules of what was found."""
    return {hit.finding.rule for hit in found.hits}


def test_pedantic_is_asked_for() -> None:
    """What only some want is not among the checks."""
    assert "naked-pod" in rules(looked(POD, pedantic=True))
    assert "naked-pod" not in rules(looked(POD))


def test_others_count() -> None:
    """A policy in another file holds the pod; what is wrong in the other file is not told here."""
    policy = manifest(
        "NetworkPolicy", name="n", spec={"podSelector": {}}, metadata={"namespace": None}
    )
    other = ("b.yaml", policy.encode())

    assert "pod-without-network-policy" in rules(looked(POD, pedantic=True))
    assert "pod-without-network-policy" not in rules(looked(POD, other, pedantic=True))
    assert {hit.finding.location for hit in looked(POD, ("b.yaml", POD)).hits} == {"a.yaml"}


def test_what_cannot_be_read() -> None:
    """Is a blocking Unknown at its line; a template is a coverage one."""
    (broken,) = looked(POD + b"---\na: [\n").unknowns
    (template,) = looked(POD + b"---\na: {{ .Values.b }}\nc: d\n").unknowns

    assert broken.location.startswith("a.yaml:")
    assert broken.weight is Weight.BLOCKING
    assert template.weight is Weight.COVERAGE
    assert "Helm" in template.reason


def test_comments_and_annotations_silence() -> None:
    """A comment its line or the block that follows, an annotation of checkov or kube-linter its object."""
    annotated = POD.replace(
        b"  name: web\n",
        b"  name: web\n  annotations:\n    checkov.io/skip1: CKV_K8S_20=why\n"
        b"    ignore-check.kube-linter.io/latest-tag: because\n",
        1,
    )
    commented = POD.replace(b"# the shop", b"# pratique ignore=pod-writable-root # it logs")

    first, second = looked(annotated).pragmas
    assert (first.names, first.reason, first.tool) == (("CKV_K8S_20",), "why", "checkov")
    assert (second.names, second.first, second.last) == (("latest-tag",), 1, 11)
    (said,) = looked(commented).pragmas
    assert (said.first, said.last) == (7, 7)


@pytest.mark.parametrize(
    ("key", "silenced"),
    [(b"spec:\n", True), (b"  containers:\n", True), (b"metadata:\n", False)],
)
def test_a_comment_at_a_key_reaches_its_block(tmp_path: Path, key: bytes, silenced: bool) -> None:
    """Above it or behind it, as in a Compose file; a neighbour's block is not reached."""
    assert key in POD
    indent = key[: len(key) - len(key.lstrip())]
    comment = b"# pratique ignore=pod-writable-root # it logs\n"
    for text in (indent + comment + key, key.rstrip() + b" " + comment):
        (tmp_path / "web.yaml").write_bytes(POD.replace(key, text, 1))
        (one,) = lint_files(LintSettings(paths=(str(tmp_path),), now=NOW, pedantic=True)).files
        (found,) = (f for f in one.subject.findings if f.rule == "pod-writable-root")
        assert bool(found.suppressed) is silenced


def test_fixes_keep_the_rest() -> None:
    """All safe and verified fixes are made, comments and order stay, a second run changes nothing."""
    among = Neighbours([("a.yaml", POD)], QUIET)
    found = mend(POD, lambda content: among.look_at(content, "a.yaml"), set(FixClass))

    assert found.withdrawn == ()
    assert found.content.startswith(POD)
    assert {hit.finding.rule for hit in found.made} >= {
        "pod-privilege-escalation",
        "pod-seccomp-unset",
        "pod-keeps-capabilities",
    }
    again = mend(found.content, lambda content: among.look_at(content, "a.yaml"), set(FixClass))
    assert (again.content, again.made) == (found.content, ())


def test_through_the_linter(tmp_path: Path) -> None:
    """A folder of manifests is found by content; silenced findings are told as such."""
    (tmp_path / "web.yaml").write_bytes(
        POD.replace(b"# the", b"# pratique ignore=pod-writable-root # x")
    )
    (tmp_path / "values.yaml").write_text("replicas: 3\n")
    (tmp_path / "more.json").write_text(json.dumps(json.loads(workload()), indent="\t"))
    linted = lint_files(LintSettings(paths=(str(tmp_path),), now=NOW))

    assert [Path(one.subject.target).name for one in linted.files] == ["more.json", "web.yaml"]
    silenced = [f.rule for one in linted.files for f in one.subject.findings if f.suppressed]
    assert silenced == ["pod-writable-root"]


def test_fixes_of_real_manifests(shared: Path) -> None:
    """Hardly a safe fix fails its proof, and none is left afterwards."""
    made: Counter[str] = Counter()
    left: Counter[str] = Counter()
    with zipfile.ZipFile(shared / "fixtures/kubernetes/files.zip") as archive:
        for name in archive.namelist():
            content = archive.read(name) if name.startswith("files/") else b""
            if content:
                among = Neighbours([(name, content)], QUIET)
                found = mend(
                    content, lambda data, n=name, a=among: a.look_at(data, n), {FixClass.SAFE}
                )
                made.update(hit.finding.rule for hit in found.made)
                left.update(hit.finding.rule for hit, _ in found.withdrawn)

    assert sum(made.values()) > 100
    assert sum(left.values()) <= sum(made.values()) * 0.05, left
