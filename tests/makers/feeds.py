"""Make small advisory feeds in their publishers' layouts: records, archives, lists."""

import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

Record = Mapping[str, object]


def osv_record(
    name: str,
    ecosystem: str = "Debian:12",
    package: str = "openssl",
    *,
    fixed: str = "1.2-3",
    modified: str = "2026-01-02T03:04:05Z",
    **more: object,
) -> dict[str, object]:
    """Return one OSV record; ``fixed`` empty makes it unfixed, ``more`` are top-level keys."""
    events = [{"introduced": "0"}, {"fixed": fixed}] if fixed else [{"introduced": "0"}]
    return {
        "id": name,
        "modified": modified,
        "published": "2026-01-01T00:00:00Z",
        "summary": f"a flaw in {package}",
        "details": f"Details of {name}.",
        "affected": [
            {
                "package": {"ecosystem": ecosystem, "name": package},
                "ranges": [{"type": "ECOSYSTEM", "events": events}],
            }
        ],
        **more,
    }


def osv_records(
    count: int, ecosystem: str = "Debian:12", package: str = "package-"
) -> list[dict[str, object]]:
    """Return ``count`` records, each about a package of its own."""
    return [
        osv_record(f"DEBIAN-CVE-2026-{1000 + n}", ecosystem, f"{package}{n}", fixed=f"1.{n}-1")
        for n in range(count)
    ]


def write_osv(
    folder: Path, ecosystem: str, records: Iterable[Record], *, singles: bool = False
) -> Path:
    """Write one ecosystem of an OSV mirror below ``folder`` (the root of all feeds)."""
    root = folder / "osv"
    place = root / ecosystem
    place.mkdir(parents=True, exist_ok=True)
    ordered = sorted(records, key=lambda record: str(record["modified"]), reverse=True)
    with zipfile.ZipFile(place / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for record in ordered:
            member = zipfile.ZipInfo(f"{record['id']}.json", (2026, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, json.dumps(record))
    lines = [f"{record['modified']},{record['id']}\n" for record in ordered]
    (place / "modified_id.csv").write_text("".join(lines))
    if singles:
        for record in ordered:
            (place / f"{record['id']}.json").write_text(json.dumps(record))
    names = sorted(entry.name for entry in root.iterdir() if entry.is_dir())
    (root / "ecosystems.txt").write_text("\n".join(names) + "\n")
    return place
