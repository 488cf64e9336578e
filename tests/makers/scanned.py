"""Make what a whole scan needs: a small Debian-like OCI layout and a mirror that knows its flaws."""

from pathlib import Path

from tests.makers.feeds import osv_record, write_osv
from tests.makers.image import ImageMaker, Json, named, write
from tests.makers.os_packages import dpkg_stanza, os_release

NOW = "1795262400"
"""SOURCE_DATE_EPOCH of these tests: 2026-11-21."""
OS_RELEASE = os_release(id="debian", version_id="12", pretty_name="Debian GNU/Linux 12 (bookworm)")
STATUS = dpkg_stanza("openssl", "1.2-1") + dpkg_stanza("bash", "5.2-2")
FILES: dict[str, bytes | str] = {"etc/os-release": OS_RELEASE, "var/lib/dpkg/status": STATUS}
GRADED = [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}]


def debian(folder: Path, *layers: dict[str, bytes | str], **config: object) -> Path:
    """Write a layout whose tag is ``app``, with an attestation beside the image."""
    maker = ImageMaker()
    image = maker.image(*(layers or (FILES,)), config=config or None)
    entry = image | {"platform": {"os": "linux", "architecture": "amd64"}}
    index = maker.index(entry, maker.attestation(image))
    return write(folder, maker.files(named(index, "app")))


def two_platforms(folder: Path) -> Path:
    """Write a layout with one image each for amd64 and arm64."""
    maker = ImageMaker()
    entries: list[Json] = []
    for architecture in ("amd64", "arm64"):
        image = maker.image(FILES, platform=f"linux/{architecture}")
        entries.append(image | {"platform": {"os": "linux", "architecture": architecture}})
    return write(folder, maker.files(named(maker.index(*entries), "app")))


def mirror(folder: Path) -> Path:
    """Write feeds: a critical flaw of openssl with a fix, a flaw of bash with neither."""
    cve = {"severity": GRADED, "upstream": ["CVE-2026-1001"]}
    records = [
        osv_record("DEBIAN-CVE-2026-1001", package="openssl", fixed="1.2-3", **cve),
        osv_record("DEBIAN-CVE-2026-1002", package="bash", fixed="", upstream=["CVE-2026-1002"]),
    ]
    write_osv(folder, "Debian", records)
    return folder
