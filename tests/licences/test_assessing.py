"""Packages get an expression and a class; what should be looked at becomes findings, without noise."""

import pytest

from pratique.licences.assessing import RULES, Assessed, assess_licences
from pratique.licences.belonging import LicenceFile
from pratique.licences.scanner import LicenceScanner
from pratique.model.finding import Confidence, Finding, FindingKind
from pratique.model.licence import LicenceClass
from pratique.model.package import OwnedFile, Package, PackageType, Purl, Scope
from pratique.model.part import Part
from pratique.model.severity import Severity
from tests.licences.texts import MIT
from tests.makers.layer_file import layer_file

AGPL = "licensed under the GNU Affero General Public License, version 3 or later"


def package(
    kind: PackageType, name: str, *licences: str, location: str = "", **more: object
) -> Package:
    purl = Purl(f"pkg:{kind}/{name}@1")
    made = Package(type=kind, name=name, version="1", purl=purl, licences=licences)
    from msgspec.structs import replace

    return replace(made, location=location, **more)


def file(location: str, text: str) -> LicenceFile:
    return LicenceFile(location, tuple(LicenceScanner().scan(layer_file(location, text))))


def assess(*packages: Package, files: tuple[LicenceFile, ...] = (), owned: dict[str, tuple[OwnedFile, ...]] | None = None) -> Assessed:  # fmt: skip
    return assess_licences(packages, owned or {}, files)


def rules(found: Assessed) -> list[str]:
    return [one.rule for one in found.findings]


def only(found: Assessed) -> Finding:
    (one,) = found.findings
    return one


def test_a_copyleft_package_of_the_application_is_a_finding() -> None:
    """Graded by what the licence asks."""
    one = only(assess(package(PackageType.PYPI, "a", "AGPLv3+", location="x.dist-info/METADATA")))

    assert (one.kind, one.rule) == (FindingKind.LICENCE, "network-copyleft-licence")
    assert (one.severity, one.package_name) == (Severity.HIGH, "a")
    assert one.title == "AGPL-3.0-or-later (network-copyleft)"
    assert one.references == ("https://spdx.org/licenses/AGPL-3.0-or-later.html",)


def test_permissive_packages_are_silent_and_told_on_the_package() -> None:
    """Policies read expression and class there."""
    found = assess(package(PackageType.NPM, "a", "MIT"))

    assert found.findings == ()
    assert found.packages[0].licence_expression == "MIT"
    assert found.packages[0].licence_class is LicenceClass.PERMISSIVE


def test_a_licence_file_says_what_the_metadata_do_not() -> None:
    """Found beside the metadata, also in a folder for licences."""
    for place in ("s/x-1.dist-info/LICENSE", "s/x-1.dist-info/licenses/LICENSE"):
        bare = package(PackageType.PYPI, "x", location="s/x-1.dist-info/METADATA")
        found = assess(bare, files=(file(place, MIT),))
        assert found.packages[0].licence_expression == "MIT"
        assert found.findings == ()


def test_metadata_that_are_understood_win() -> None:
    """And a file that asks for more is told."""
    stated = package(PackageType.NPM, "x", "MIT", location="node_modules/x/package.json")
    found = assess(stated, files=(file("node_modules/x/LICENSE", AGPL),))

    assert found.packages[0].licence_expression == "MIT"
    assert rules(found) == ["licence-file-stricter"]
    assert only(found).severity is Severity.LOW
    assert only(found).location == "node_modules/x/LICENSE"


def test_a_file_that_holds_the_licences_to_choose_from_is_not_stricter() -> None:
    """Both texts stand in it, and one may be chosen."""
    stated = package(
        PackageType.NPM, "x", "(MIT OR AGPL-3.0-only)", location="node_modules/x/package.json"
    )
    found = assess(stated, files=(file("node_modules/x/LICENSE", MIT + AGPL),))

    assert found.findings == ()


def test_packages_of_the_distribution_are_one_finding() -> None:
    """However many are under the GPL; weaker classes are not told."""
    many = [package(PackageType.DEB, f"p{n}", "GPL-2+") for n in range(30)]
    weak = package(PackageType.DEB, "w", "LGPL-2.1")
    one = only(assess(*many, weak))

    assert one.title == "30 distribution packages: strong-copyleft"
    assert (one.severity, one.confidence) == (Severity.NEGLIGIBLE, Confidence.LOW)
    assert len(one.evidence) == 10


def test_what_the_application_adds_of_the_distribution_is_counted_apart() -> None:
    """The base image is somebody else's business."""
    base = package(PackageType.APK, "a", "AGPL-3.0-only", part=Part.BASE)
    added = package(PackageType.APK, "b", "AGPL-3.0-only", part=Part.APP)
    found = assess(base, added)

    assert [(one.part, one.id.rpartition(":")[2]) for one in found.findings] == [
        (Part.BASE, "distribution"),
        (Part.APP, "distribution-added"),
    ]


def test_unknown_licences_are_told_together_and_are_not_harmless() -> None:
    """One finding for each type of packages."""
    found = assess(*(package(PackageType.GOLANG, f"m{n}") for n in range(3)), package(PackageType.GEM, "g", "Dual"))  # fmt: skip

    assert rules(found) == ["unknown-licence", "unknown-licence"]
    assert {one.title for one in found.findings} == {
        "3 golang packages whose licence is not known",
        "1 gem packages whose licence is not known",
    }
    assert {one.licence_class for one in found.packages} == {LicenceClass.UNKNOWN}


@pytest.mark.parametrize("scope", [Scope.DEVELOPMENT, Scope.OPTIONAL])
def test_what_a_lockfile_names_beyond_the_needed_is_not_judged(scope: Scope) -> None:
    """Nothing shows that it is there: a lockfile lists the builds for all platforms."""
    named = package(PackageType.NPM, "d", "AGPL-3.0", declared=True, scope=scope)
    installed = package(PackageType.NPM, "d", "AGPL-3.0", location="a/package.json", scope=scope)

    assert assess(named).findings == ()
    assert len(assess(installed).findings) == 1


def test_what_a_lockfile_names_has_the_licence_of_what_is_installed() -> None:
    """Lockfiles seldom say one."""
    installed = package(PackageType.NPM, "a", "ISC", location="node_modules/a/package.json")
    named = package(PackageType.NPM, "a", location="package-lock.json", declared=True)

    assert [one.licence_expression for one in assess(installed, named).packages] == ["ISC", "ISC"]


def test_a_licence_file_of_nobody_is_a_finding_where_it_is_strict() -> None:
    """Something was copied in by hand."""
    found = assess(files=(file("srv/vendor/tool/LICENSE", AGPL), file("srv/lib/LICENSE", MIT)))

    assert rules(found) == ["network-copyleft-licence"]
    assert only(found).location == "srv/vendor/tool/LICENSE"


def test_an_unrecognised_licence_file_of_nobody_is_told() -> None:
    """A person has to read it."""
    found = assess(files=(file("srv/LICENSE", "Ask first."),))

    assert rules(found) == ["unrecognised-licence-file"]


def test_files_belong_to_who_recorded_them_and_to_folders_named_after_a_package() -> None:
    """So they are no findings of their own."""
    deb = package(PackageType.DEB, "tool", location="var/lib/dpkg/status")
    documents = file("usr/share/doc/tool/copyright", AGPL)
    own = file("opt/tool/LICENSE", AGPL)
    found = assess(deb, files=(documents, own), owned={deb.key: (OwnedFile("opt/tool/LICENSE"),)})

    assert found.packages[0].licence_expression == "AGPL-3.0-or-later"
    assert [one.title for one in found.findings] == ["1 distribution packages: network-copyleft"]


def test_ids_are_of_rule_and_place_only() -> None:
    """They survive a rebuild; every rule is explained."""
    first = assess(package(PackageType.PYPI, "a", "GPL-3.0-only", location="m/METADATA"))

    assert only(first).id == "licence:strong-copyleft-licence:pkg:pypi/a@1#m/METADATA"
    assert {one.rule for one in first.findings} <= set(RULES)
