"""A tracker and OSV that disagree, from their files to the findings: the tracker's word counts."""

from datetime import UTC, datetime
from pathlib import Path

from pratique.advisories.database import Database
from pratique.matchers.matching import match_packages
from pratique.model.advisory import FixState
from pratique.model.finding import Finding, Fix
from pratique.model.package import PackageType
from pratique.pipelines.db_settings import DbSettings
from pratique.pipelines.update_db import update
from tests.makers.feeds import osv_record, write_osv
from tests.makers.lookup import DEBIAN, package
from tests.makers.tracker_samples import debian, debian_status

FIXED, IGNORED, EARLIER, NEVER, SILENT = (f"CVE-2026-100{n}" for n in range(5))


def found(folder: Path) -> dict[str, Finding]:
    """Return the findings in zlib 1.2-3 over both feeds."""
    settings = DbSettings(
        folder=folder / "shards",
        source=str(folder / "mirror"),
        now=datetime(2026, 11, 21, tzinfo=UTC),
    )
    (done,) = update(["Debian"], settings)
    assert not done.problems
    with Database(settings.folder) as database:
        assert set(database.status("Debian").feeds) == {"debian-tracker", "osv"}
        matched = match_packages([package(PackageType.DEB, "zlib", "1.2-3")], DEBIAN, database)
    return {finding.rule: finding for finding in matched.findings}


def test_the_tracker_wins_and_both_are_quoted(tmp_path: Path) -> None:
    """Fixed, will not fix, fixed earlier, never affected; what it is silent on is OSV's to say."""
    ignored = debian_status(nodsa="Minor issue", nodsa_reason="ignored")
    flaws = {
        FIXED: {"bookworm": debian_status("resolved", fixed_version="1.2-3")},
        IGNORED: {"bookworm": ignored},
        EARLIER: {"bookworm": debian_status("resolved", "medium", fixed_version="1.2-4")},
        NEVER: {"bookworm": debian_status("resolved", fixed_version="0")},
    }
    place = tmp_path / "mirror/debian-tracker/tracker/data/json"
    place.parent.mkdir(parents=True)
    place.write_bytes(debian({"zlib": flaws}))
    fixes = {FIXED: "", IGNORED: "1.2-9", EARLIER: "1.2-5", NEVER: "", SILENT: "1.2-6"}
    records = [
        osv_record(f"DEBIAN-{flaw}", package="zlib", fixed=fix, upstream=[flaw])
        for flaw, fix in fixes.items()
    ]
    erratum = osv_record("DSA-1-1", package="zlib", fixed="1.2-8", upstream=[FIXED, EARLIER])
    write_osv(tmp_path / "mirror", "Debian", [*records, erratum])

    findings = found(tmp_path)

    assert {rule: one.fix for rule, one in findings.items()} == {
        IGNORED: Fix(state=FixState.WILL_NOT_FIX),
        EARLIER: Fix(state=FixState.FIXED, version="1.2-4"),
        SILENT: Fix(state=FixState.FIXED, version="1.2-6"),
    }
    quoted = [(one.feed, one.advisory) for one in findings[EARLIER].evidence]
    assert quoted[0] == ("debian-tracker", EARLIER)
    assert sorted(quoted[1:]) == [("osv", f"DEBIAN-{EARLIER}"), ("osv", "DSA-1-1")]
    graded = findings[EARLIER]
    assert (graded.severity, graded.severity_source) == ("medium", "debian")
    assert findings[IGNORED].evidence[0].note == "no DSA, ignored: Minor issue"
