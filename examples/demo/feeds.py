"""
Write the sample feeds: OSV, CISA KEV, EPSS and endoflife.date, in their publishers' layouts.

Sources of the layouts: https://google.github.io/osv.dev/data/ ,
https://www.cisa.gov/known-exploited-vulnerabilities-catalog , https://www.first.org/epss/ ,
https://endoflife.date/docs/api .
"""

import gzip
import io
import json
import zipfile
from pathlib import Path

from examples.demo.advisories import FLAWS, Flaw

PUBLISHED = "2026-01-10T00:00:00Z"
MODIFIED = "2026-02-01T00:00:00Z"
EXPLOITED = "CVE-2099-1001"
EPSS = (("CVE-2099-1001", "0.94210", "0.99900"), ("CVE-2099-1003", "0.00120", "0.31000"))
RELEASES = (("13", "2025-08-09", "2028-08-09"), ("12", "2023-06-10", "2026-07-11"))


def write_feeds(folder: Path) -> None:
    """Write one directory per feed below ``folder``, as ``--source`` expects."""
    _write_osv(folder / "osv")
    _write(
        folder / "cisa-kev/sites/default/files/feeds/known_exploited_vulnerabilities.json",
        _json(_catalogue()),
    )
    rows = "".join(f"{cve},{score},{rank}\n" for cve, score, rank in EPSS)
    header = "#model_version:v2099.01.01,score_date:2026-02-01T00:00:00+0000\ncve,epss,percentile\n"
    packed = gzip.compress((header + rows).encode(), mtime=0)
    _write(folder / "epss/epss_scores-current.csv.gz", packed)
    _write(folder / "endoflife.date/api/debian.json", _json(_cycles()))
    _write(folder / "endoflife.date/api/all.json", _json(["debian"]))


def _write_osv(folder: Path) -> None:
    records = [_record(flaw) for flaw in FLAWS] + [_erratum()]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for record in records:
            # A fixed date: equal bytes on every run.
            name = zipfile.ZipInfo(f"{record['id']}.json", (2026, 2, 1, 0, 0, 0))
            name.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(name, _json(record))
    _write(folder / "Debian/all.zip", buffer.getvalue())
    lines = "".join(f"{MODIFIED},{record['id']}\n" for record in records)
    _write(folder / "Debian/modified_id.csv", lines.encode())
    _write(folder / "ecosystems.txt", b"Debian\n")


def _record(flaw: Flaw) -> dict[str, object]:
    """Return one flaw as OSV.dev publishes a Debian CVE."""
    events = [{"introduced": "0"}] + ([{"fixed": flaw.fixed}] if flaw.fixed else [])
    record: dict[str, object] = {
        "schema_version": "1.7.0",
        "id": f"DEBIAN-{flaw.cve}",
        "modified": MODIFIED,
        "published": PUBLISHED,
        "upstream": [flaw.cve],
        "details": f"{flaw.summary} Invented for the demonstration.",
        "affected": [
            {
                "package": {"ecosystem": f"Debian:{flaw.release}", "name": flaw.source},
                "ranges": [{"type": "ECOSYSTEM", "events": events}],
                "ecosystem_specific": {"urgency": flaw.urgency},
            }
        ],
    }
    if flaw.vector:
        record["severity"] = [{"type": "CVSS_V3", "score": flaw.vector}]
    if flaw.withdrawn:
        record["withdrawn"] = flaw.withdrawn
    return record


def _erratum() -> dict[str, object]:
    """Return a security announcement that fixes the flaw of curl, as OSV.dev has a DSA."""
    return {
        "schema_version": "1.7.0",
        "id": "DSA-9901-1",
        "modified": MODIFIED,
        "published": PUBLISHED,
        "upstream": ["CVE-2099-1003"],
        "summary": "curl - security update",
        "affected": [
            {
                "package": {"ecosystem": "Debian:12", "name": "curl"},
                "ranges": [
                    {
                        "type": "ECOSYSTEM",
                        "events": [{"introduced": "0"}, {"fixed": "7.88.1-10+deb12u6"}],
                    }
                ],
            }
        ],
    }


def _catalogue() -> dict[str, object]:
    entry = {
        "cveID": EXPLOITED,
        "vendorProject": "Sample",
        "product": "openssl",
        "vulnerabilityName": "Sample OpenSSL Code Execution Vulnerability",
        "dateAdded": "2026-01-20",
        "shortDescription": "Invented for the demonstration.",
        "requiredAction": "None; it does not exist.",
        "dueDate": "2026-02-10",
        "knownRansomwareCampaignUse": "Unknown",
        "notes": "",
        "cwes": ["CWE-787"],
    }
    return {
        "title": "Sample catalogue in the layout of CISA's",
        "catalogVersion": "2026.02.01",
        "dateReleased": MODIFIED,
        "count": 1,
        "vulnerabilities": [entry],
    }


def _cycles() -> list[dict[str, object]]:
    return [
        {"cycle": cycle, "releaseDate": released, "eol": eol, "latest": f"{cycle}.0", "lts": False}
        for cycle, released, eol in RELEASES
    ]


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
