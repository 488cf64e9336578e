"""
Prove every order on the published comparison tables.

The tables are the ones that apk-tools, rpm, go-rpm-version, claircore and osv-scalibr test with.
``WRONG`` names the rows that the ecosystem's own tool contradicts, each with the reason.
"""

from pathlib import Path

import pytest

from pratique.formats.versions.order import compare
from pratique.model.errors import FormatError

ECOSYSTEMS = {
    "alpine": "Alpine",
    "cran": "CRAN",
    "debian": "Debian",
    "hackage": "Hackage",
    "maven": "Maven",
    "nuget": "NuGet",
    "packagist": "Packagist",
    "pub": "Pub",
    "pypi": "PyPI",
    "redhat": "Red Hat",
    "rpm": "Red Hat",
    "rubygems": "RubyGems",
    "semver": "npm",
}
SIGNS = {"<": -1, "=": 0, ">": 1}
TABLES = {
    "apk-tools": 727,
    "claircore-rpm-compare": 11,
    "claircore-rpm-rpmvercmp": 112,
    "rpm-test": 76,
    "rpm-testcase": 4356,
    "scalibr-alpine": 778,
    "scalibr-alpine-generated": 13979,
    "scalibr-cran": 20,
    "scalibr-cran-generated": 56,
    "scalibr-debian": 29,
    "scalibr-debian-generated": 14000,
    "scalibr-hackage": 10,
    "scalibr-maven": 100,
    "scalibr-maven-generated": 14000,
    "scalibr-nuget": 34,
    "scalibr-packagist": 94,
    "scalibr-packagist-generated": 10000,
    "scalibr-pub": 99,
    "scalibr-pypi": 36,
    "scalibr-pypi-generated": 12000,
    "scalibr-redhat": 164,
    "scalibr-rubygems": 24,
    "scalibr-rubygems-generated": 4000,
    "scalibr-semver": 85,
}
"""Each table and the least number of rows it must have, so that an empty file proves nothing."""

WRONG = {
    # These rows compare whole package names (name-epoch:version-release.arch), not versions.
    "claircore-rpm-compare": {
        ("fonts-filesystem-0:2.0.5-12.fc39.noarch", "fonts-filesystem-2.0.5-12.fc39.noarch"),
        ("a-1-1", "1-1"),
    },
    # Meant for rpmvercmp alone. As a version-release, the last hyphen starts the release, and
    # `rpm --eval '%{lua:print(rpm.vercmp("1-2-3-4","1.2.3.4"))}'` (4.18) prints -1.
    "rpm-testcase": {
        ("1.2.3.4", "1-2-3-4"),
        ("1-2-3-4", "1.2.3.4"),
        ("1-2-3-4", "1.2.3a"),
        ("1-2-3-4", "1.2.3b"),
        ("1.2.3a", "1-2-3-4"),
        ("1.2.3b", "1-2-3-4"),
    },
    # Made with a Maven older than 3.9, in which ".RC1" was not yet the same as "-RC1" (MNG-7644;
    # the specification: ".qualifier" = "-qualifier" < "-number" < ".number").
    "scalibr-maven-generated": {
        ("1.0.0-RC16", "1.0.0.RC8-beta"),
        ("1.0.0-gradle-rework-beta3", "1.0.0.RC7-3"),
        ("2.9.0-1", "2.9.0.RC1"),
        ("3.6.2.FL.20090615", "3.6.2-FL-2009-05-11"),
        ("6.1.12.rc5", "6.1.12rc1"),
        ("1.1.31.sec10", "1.1.31_noneautotype"),
        ("1.1.34.sec10", "1.1.34_noneautotype"),
        ("1.1.46.sec10", "1.1.46_noneautotype"),
        ("1.2.8.sec10_noneautotype", "1.2.8_noneautotype"),
        ("1.2.31.sec10", "1.2.31_noneautotype"),
        ("1.2.48.sec10", "1.2.48_noneautotype"),
        ("1.2.50.sec10", "1.2.50_noneautotype"),
        ("1.2.54.sec10", "1.2.54_noneautotype"),
        ("1.2.57.sec10", "1.2.57_noneautotype"),
        ("1.2.60.sec10", "1.2.60_noneautotype"),
        ("1.2.67.sec10", "1.2.67_noneautotype"),
        ("1.0.0rc0", "1.0.beta8"),
        ("1.5.9.RC1", "1.5.9-RC0"),
        ("3.5.0-CR-2", "3.5.0.Beta-1"),
        ("1.1.0-01-glassfish", "1.1.0.Beta1"),
    },
    # PHP's placeholder "#" equals every number, so 1.2.3.1 = 1.2.3.# = 1.2.3.2: no order at all.
    # No Packagist version holds it.
    "scalibr-packagist": {
        ("1.2.3.#", "1.2.3"),
        ("1.2.3.#", "1.2.3.1"),
        ("1.2.3.#.beta", "1.2.3"),
    },
}


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_row_of_a_published_table_holds(table: str, shared: Path) -> None:
    """Every row holds, except exactly those that the ecosystem's own tool contradicts."""
    text = (shared / "fixtures/versions" / f"{table}.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines()[1:]]
    broken = {(a, b) for ecosystem, a, op, b, *_ in rows if not _holds(ecosystem, a, op, b)}
    assert broken == WRONG.get(table, set())
    assert len(rows) >= TABLES[table]


def _holds(ecosystem: str, a: str, op: str, b: str) -> bool:
    name = ECOSYSTEMS[ecosystem]
    try:
        return compare(name, a, b) == SIGNS[op] and compare(name, b, a) == -SIGNS[op]
    except FormatError:
        return False


def test_no_table_is_left_out(shared: Path) -> None:
    """Each table in the folder is proven."""
    assert {file.stem for file in (shared / "fixtures/versions").glob("*.tsv")} == set(TABLES)
