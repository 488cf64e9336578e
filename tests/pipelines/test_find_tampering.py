"""Signs are run over every image; a finding says what, where, which layer, and how to check it."""

from pratique.model.finding import FindingKind
from pratique.model.severity import Severity
from tests.makers.scene import layers, looked_at

CURL = "P:curl\nV:8-r0\nA:x86_64\nF:usr/bin\nR:curl\n\n"
BASE = (("lib/apk/db/installed", CURL), ("usr/bin/curl", "x"))


def test_a_finding_carries_its_evidence() -> None:
    """Kind, rule, layer and places; the id is made of rule and place, so it survives a rebuild."""
    sample = (BASE, (("lib/apk/db/.wh.installed", ""),))
    (finding,), _ = looked_at(*layers(sample))

    assert finding.kind is FindingKind.TAMPER
    assert finding.rule == "hidden-package-database"
    assert finding.severity is Severity.MEDIUM
    assert finding.layer is not None
    assert finding.layer.index == 1
    assert finding.id == "tamper:hidden-package-database:lib/apk/db/installed"
    assert finding.location == "lib/apk/db/installed"
    assert "layer 1 hides it; 1 programs" in finding.evidence[0].note
    assert finding == looked_at(*layers(sample))[0][0]


def test_several_signs_of_one_image_are_told_side_by_side() -> None:
    """One lie does not cover another."""
    sample = (
        BASE,
        (("lib/apk/db/.wh.installed", ""), ("etc/.wh.", ""), ("dev/sda", "b 8:0")),
        (("etc/x", "1"), ("etc/x", "2")),
    )
    findings, _ = looked_at(*layers(sample))

    assert sorted(finding.rule for finding in findings) == [
        "ambiguous-layer",
        "device-node",
        "hidden-package-database",
        "whiteout-trick",
    ]


def test_an_honest_image_shows_nothing() -> None:
    """Packages, whiteouts, opaque folders and links as build tools make them."""
    sample = (
        BASE,
        (("usr/bin/.wh.curl", ""), ("lib/apk/db/installed", "\n"), ("bin", "-> usr/bin")),
    )

    assert looked_at(*layers(sample))[0] == ()
