"""
Judge real images twice: by our matchers and by independent readings of the same feeds.

Besides each package as installed, every version that the feed names for its source is tried, and
the versions just below and above, so that each boundary of each range is crossed.
"""

import tarfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from pratique.formats.feeds import osv, secdb, ubuntu_tracker
from pratique.matchers.matching import match_packages
from pratique.model.advisory import Advisory
from pratique.model.distro import Distro
from pratique.model.package import Package, PackageType
from tests.makers.lookup import DEBIAN, MemoryLookup, package
from tests.matchers import oracle

BIONIC = Distro(id="ubuntu", version="18.04")
SLE = Distro(id="sles", version="15.3")
ALPINE_IMAGES = {
    "alpine-3.10.docker.tar": "3.10",
    "alpine-3.15-zstd.oci.tar": "3.15",
    "alpine-3.18-misconfig.oci.tar": "3.18",
    "alpine-3.20-multiarch.oci.tar": "3.20",
    "node-app-alpine.oci.tar": "3.12",
    "polyglot-ruby-php-conda.oci.tar": "3.15",
    "python-app-alpine.oci.tar": "3.18",
}

MANY_FLAWS = frozenset(
    [
        "curl",
        "ffmpeg",
        "imagemagick",
        "openssl",
        "php8.2",
        "python3.11",
        "qemu",
        "tiff",
        "vim",
        "xen",
    ]
)
"""Source packages that are not in the image, but have the most statements."""


@pytest.mark.parametrize("image", ALPINE_IMAGES)
def test_alpine_equals_a_direct_comparison_with_secdb(image: str, shared: Path) -> None:
    """Found flaws are exactly those that thirty lines over the same files find."""
    release = ALPINE_IMAGES[image]
    folder = shared / "mirror/alpine-secdb" / f"v{release}"
    text = oracle.last_file(shared / "images" / image, "lib/apk/db/installed")
    installed = list(oracle.apk_installed(text))
    assert len(installed) >= 14
    fixes = [
        fix for file in sorted(folder.glob("*.json")) for fix in secdb.fixes(file.read_bytes())
    ]
    records = list(secdb.advisories(fixes, "alpine-secdb"))
    tried = [*installed, *_variants(installed, records, f"Alpine:v{release}", _apk_near)]
    expected = oracle.secdb_hits(folder, tried)
    assert _ours(PackageType.APK, tried, Distro(id="alpine", version=release), records) == expected
    assert len(expected) > 100


def test_debian_equals_a_second_implementation(shared: Path) -> None:
    """debian-12-slim over Debian's OSV records: found flaws are exactly those of other code."""
    archive = shared / "mirror/osv/Debian/all.zip"
    text = oracle.last_file(shared / "images/debian-12-slim.oci.tar", "var/lib/dpkg/status")
    installed = list(oracle.dpkg_installed(text))
    sources = {source for _, _, source, _ in installed} | MANY_FLAWS
    raw = oracle.osv_records(archive, "Debian:12", sources)
    with ZipFile(archive) as zipped:
        records = [
            osv.parse(zipped.read(f"{one['id']}.json"), feed="osv", base="Debian") for one in raw
        ]
    plain = oracle.debian_hits(raw, "Debian:12", installed)
    assert _ours(PackageType.DEB, installed, DEBIAN, records) == plain
    assert len(plain) > 50
    others = [(name, "1", name, "1") for name in sorted(MANY_FLAWS)]
    tried = list(_variants([*installed, *others], records, "Debian:12", _deb_near))
    assert len(tried) > 500
    assert _ours(PackageType.DEB, tried, DEBIAN, records) == oracle.debian_hits(
        raw, "Debian:12", tried
    )


def test_ubuntu_equals_a_second_implementation(shared: Path) -> None:
    """ubuntu-18.04 over Ubuntu's own tracker, Pro included: exactly the flaws other code finds."""
    archive = shared / "mirror/ubuntu-cve-tracker/ubuntu-cve-tracker-master.tar.xz"
    text = oracle.last_file(shared / "images/ubuntu-18.04-trimmed.oci.tar", "var/lib/dpkg/status")
    installed = list(oracle.dpkg_installed(text))
    statuses = oracle.ubuntu_statuses(archive, "bionic", {one[2] for one in installed})
    flaws = {flaw for flaw, _ in statuses}
    with tarfile.open(archive) as tar:
        records = [
            ubuntu_tracker.advisory(tar.extractfile(member).read(), "ubuntu-cve-tracker")  # type: ignore[union-attr]
            for member in tar
            if member.isfile() and member.name.rpartition("/")[2] in flaws
        ]
    expected = oracle.ubuntu_hits(statuses, "bionic", installed)
    assert _ours(PackageType.DEB, installed, BIONIC, records) == expected
    assert len(expected) > 200


def test_suse_equals_a_second_implementation(shared: Path, need: Callable[[str], str]) -> None:
    """SLE 15 SP3 over SUSE's errata, compared by rpm itself: exactly the flaws other code finds."""
    need("rpm")
    archive = shared / "mirror/osv/SUSE/all.zip"
    table = (shared / "images/expected/sle15-ndb-trimmed.packages.tsv").read_text()
    installed = [_rpm_row(line.split("\t")) for line in table.splitlines()[1:]]
    with ZipFile(archive) as zipped:
        names = [name for name in zipped.namelist() if name.endswith(".json")]
        records = [osv.parse(zipped.read(name), feed="osv", base="SUSE") for name in names]
    expected = oracle.suse_hits(archive, "15 SP3", installed)
    assert _ours(PackageType.RPM, installed, SLE, records) == expected
    assert len(expected) > 80


def _rpm_row(row: list[str]) -> oracle.Installed:
    name, version, source = row[0], row[1], row[2].removesuffix(".src.rpm")
    source_name, source_version, release = source.rsplit("-", 2)
    return name, version, source_name, f"{source_version}-{release}"


def _ours(
    kind: PackageType,
    installed: Iterable[oracle.Installed],
    distro: Distro,
    records: Iterable[Advisory],
) -> set[oracle.Hit]:
    packages: list[Package] = [
        package(kind, name, version, source_name=source, source_version=source_version)
        for name, version, source, source_version in installed
    ]
    matched = match_packages(packages, distro, MemoryLookup(records))
    assert matched.unknowns == ()
    return {
        (finding.rule, finding.package_name, finding.package_version)
        for finding in matched.findings
        if finding.rule.startswith("CVE-") or kind is not PackageType.APK
    }


def _variants(
    installed: Iterable[oracle.Installed], records: Iterable[Advisory], ecosystem: str, near: object
) -> Iterator[oracle.Installed]:
    """Yield each source once in every version that a range names, and in its neighbours."""
    sources = {source: name for name, _, source, _ in installed}
    bounds = {
        (affected.name, bound)
        for record in records
        for affected in record.affected
        if affected.ecosystem == ecosystem and affected.name in sources
        for interval in affected.ranges
        for bound in (interval.introduced, interval.fixed, interval.last_affected)
        if bound not in ("", "0")
    }
    for source, bound in sorted(bounds):
        for version in near(bound):  # type: ignore[operator]
            yield sources[source], version, source, version


def _deb_near(version: str) -> tuple[str, ...]:
    return version, version + "~", version + "+b1"


def _apk_near(version: str) -> tuple[str, ...]:
    stem, _, revision = version.rpartition("-r")
    if not stem:
        return (version,)
    return version, f"{stem}_rc1-r9", f"{stem}-r{int(revision) + 1}"
