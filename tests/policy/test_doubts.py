"""Law: every Unknown falls under one doubt, and lockfiles are told from what is installed."""

from pathlib import Path

import pytest

import pratique
from pratique.kit import registry
from pratique.matchers.program import ON_REQUEST
from pratique.model.unknown import Stage, Unknown, Weight
from pratique.policy.doubts import DECLARING, DOUBTS, category
from pratique.policy.profiles import PROFILES

INSTALLED_BY_PINS = frozenset({"composer_installed", "deps_json", "nuspec"})
"""They share the code of lockfiles, and read what is installed."""


def unknown(
    stage: Stage, unit: str, location: str = "x", weight: Weight = Weight.COVERAGE
) -> Unknown:
    return Unknown(stage=stage, unit=unit, location=location, reason="because", weight=weight)


@pytest.mark.parametrize(
    ("met", "name"),
    [
        (unknown(Stage.CONTENT, "secret", weight=Weight.BLOCKING), "unread-content"),
        (unknown(Stage.CONTENT, "secret"), "unscanned-file"),
        (unknown(Stage.ASSESS, "bandit", "/"), "untested-application"),
        (unknown(Stage.ADVISORY, "advisories", "Debian"), "missing-advisory-data"),
        (unknown(Stage.ADVISORY, "advisories", "kev"), "missing-advisory-data"),
        (unknown(Stage.ADVISORY, "advisories", "epss"), "missing-side-data"),
        (unknown(Stage.EXTRACT, "wheel"), "damaged-package-metadata"),
        (unknown(Stage.EXTRACT, "package_lock"), "partly-read"),
        (unknown(Stage.EXTRACT, "polyglot-archive"), "unscanned-file"),
        (unknown(Stage.MATCH, "third-party", "Docker Inc"), "third-party-package"),
        (unknown(Stage.EXTRACT, "third-party", "etc/apt/sources.list"), "third-party-package"),
        (unknown(Stage.EXTRACT, "sbom_file", "a.whl"), "uncompared-package"),
        (unknown(Stage.EXTRACT, "jar", "a.jar"), "damaged-package-metadata"),
        (
            Unknown(
                stage=Stage.EXTRACT,
                unit="jar",
                location="a.jar",
                reason="holds classes, and nothing says of which package and version",
            ),
            "uncompared-package",
        ),
        (unknown(Stage.MATCH, "matching", "generic"), "unassessed-package"),
        *((unknown(Stage.MATCH, "matching", one), "unfetched-advisory-data") for one in ON_REQUEST),
        (unknown(Stage.MATCH, "matching", "deb"), "missing-advisory-data"),
        (unknown(Stage.MATCH, "matching", "Debian:99"), "missing-advisory-data"),
        (unknown(Stage.MATCH, "dpkg", "pkg:deb/debian/x@1"), "uncompared-package"),
        (unknown(Stage.MATCH, "distro-end-of-life"), "partly-read"),
        (unknown(Stage.MERGE, "overlay"), "partly-read"),
    ],
)
def test_each_unknown_has_its_doubt(met: Unknown, name: str) -> None:
    assert category(met) == name


def test_every_profile_weighs_every_doubt() -> None:
    for one in PROFILES.values():
        assert one.doubts.keys() == DOUBTS.keys()


def test_the_readers_of_lockfiles_are_those_that_pin() -> None:
    files = {name.rpartition(".")[2]: name for name in registry.modules("extractors")}
    folder = Path(pratique.__file__).parent
    pinning = {
        leaf
        for leaf, name in files.items()
        if "Pins" in (folder.parent / (name.replace(".", "/") + ".py")).read_text()
    }
    assert files.keys() >= DECLARING
    assert pinning - INSTALLED_BY_PINS <= DECLARING
