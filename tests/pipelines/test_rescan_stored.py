"""Stored images are judged again as a scan of today would judge them."""

from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from pratique.formats.purl import language_purl
from pratique.kit.store import Store
from pratique.model.package import Package, PackageType
from pratique.model.report import Report
from pratique.pipelines.rescan_stored import rescan_stored
from pratique.pipelines.scan_target import ScanSettings, scan_target
from pratique.pipelines.store_inventory import store_report, stored_form
from pratique.pipelines.update_db import DbSettings, ensure, update
from pratique.sources.interface import Options
from tests.makers import scanned
from tests.makers.feeds import osv_record, write_osv

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def database(folder: Path) -> DbSettings:
    return DbSettings(folder=folder / "shards", source=str(folder / "mirror"), now=NOW, max_age_s=0)


def scan(folder: Path) -> Report:
    scanned.mirror(folder / "mirror")
    settings = ScanSettings(source=Options(), now=NOW, database=database(folder), workers=0)
    return scan_target(f"oci:{scanned.debian(folder / 'image')}:app", settings)


def test_the_same_data_change_nothing(tmp_path: Path) -> None:
    """What is said of each piece equals what the scan said."""
    report, store = scan(tmp_path), Store(tmp_path / "data")
    assert store_report(report, store) == 1
    lookup, missing = ensure(store.bases(), database(tmp_path))
    outcome = rescan_stored(store, lookup)
    lookup.close()
    assert "Debian" not in {unknown.location for unknown in missing}
    assert (outcome.holders, outcome.changes) == (1, ())
    assert outcome.pieces == len(report.subjects[0].packages)
    said = {flaw.rule for _, _, flaws in store.pieces() for flaw in flaws}
    assert said == {finding.rule for finding in report.subjects[0].findings if finding.package}
    store.close()


def test_a_new_advisory_is_told_for_the_images_that_hold_its_package_and_once(
    tmp_path: Path,
) -> None:
    report, store = scan(tmp_path), Store(tmp_path / "data")
    store_report(report, store)
    package = report.subjects[0].packages[0]
    name = package.source_name or package.name
    mirror = tmp_path / "mirror"
    record = osv_record(
        "DEBIAN-CVE-2026-7777",
        "Debian:12",
        name,
        fixed="99:1",
        modified="2026-11-20T00:00:00Z",
        upstream=["CVE-2026-7777"],
    )
    write_osv(mirror, "Debian", [record])
    settings = database(tmp_path)
    assert len(list(update(("Debian",), settings))) == 1
    lookup, _ = ensure(store.bases(), replace(settings, offline=True, max_age_s=1e9))
    outcome = rescan_stored(store, lookup, ["Debian"])
    again = rescan_stored(store, lookup, ["Debian"])
    none = rescan_stored(store, lookup, [])
    lookup.close()
    change = next(one for one in outcome.changes if one.package.name == package.name)
    assert "CVE-2026-7777" in {flaw.rule for flaw in change.new}
    assert [one.digest for one in change.holders] == [report.subjects[0].digest]
    assert again.changes == ()
    assert none.pieces == 0
    store.close()


def test_a_folder_is_not_kept(tmp_path: Path) -> None:
    """It has no digest that would name it."""
    report = scan(tmp_path)
    nameless = replace(report, subjects=tuple(replace(s, digest=None) for s in report.subjects))
    store = Store(tmp_path / "data")
    assert store_report(nameless, store) == 0
    assert store.holders() == ()


def test_what_differs_between_images_that_hold_a_package_is_left_out(tmp_path: Path) -> None:
    subject = scan(tmp_path).subjects[0]
    stored = stored_form(subject)
    assert len(stored.pieces) == len(subject.packages)
    for piece in stored.pieces:
        assert (piece.package.location, piece.package.layer, piece.package.depends) == (
            "",
            None,
            (),
        )
        assert "Debian" in stored.bases[piece]


def requests(version: str, location: str, **more: bool) -> Package:
    purl = language_purl(PackageType.PYPI, "requests", version)
    return Package(
        type=PackageType.PYPI,
        name="requests",
        version=version,
        purl=purl,
        location=location,
        origin="wheel",
        **more,
    )


def test_what_is_installed_too_is_kept_once(tmp_path: Path) -> None:
    """A scan judges it where it is installed; alone, the lockfile's copy would look like news."""
    packages = (
        requests("2.19.1", "usr/lib/requests.dist-info/METADATA"),
        requests("2.19.1", "app/poetry.lock", declared=True),
        requests("2.20.0", "app/poetry.lock", declared=True),
    )
    kept = stored_form(replace(scan(tmp_path).subjects[0], packages=packages)).pieces
    assert sorted((piece.package.version, piece.package.declared) for piece in kept) == [
        ("2.19.1", False),
        ("2.20.0", True),
    ]
