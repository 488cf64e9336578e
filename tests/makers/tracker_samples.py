"""Make small files in the formats of the trackers of Alpine, Debian, Ubuntu, Arch and Photon."""

from collections.abc import Mapping, Sequence

from tests.makers.feed_samples import Json, as_json


def secdb(
    release: str = "v3.20",
    repository: str = "main",
    packages: Mapping[str, Mapping[str, Sequence[str]]] | None = None,
) -> bytes:
    """Return one file of Alpine's secdb: package → version → entries."""
    entries = [
        {"pkg": {"name": name, "secfixes": fixes}} for name, fixes in (packages or {}).items()
    ]
    return as_json(
        {
            "distroversion": release,
            "reponame": repository,
            "urlprefix": "https://mirror.example",
            "packages": entries,
        }
    )


def debian_status(status: str = "open", urgency: str = "not yet assigned", **more: str) -> Json:
    return {"status": status, "urgency": urgency, "repositories": {}, **more}


def debian(packages: Mapping[str, Mapping[str, Mapping[str, Json]]]) -> bytes:
    """Return the tracker's JSON from package → flaw → release → status."""
    return as_json(
        {
            package: {
                flaw: {
                    "description": f"a flaw in {package}",
                    "scope": "remote",
                    "debianbug": 1012345,
                    "releases": releases,
                }
                for flaw, releases in flaws.items()
            }
            for package, flaws in packages.items()
        }
    )


def ubuntu(cve: str, statuses: Sequence[str], *fields: str, priority: str = "medium") -> bytes:
    """Return one file of the Ubuntu CVE Tracker; ``statuses`` are its release lines."""
    lines = [
        f"Candidate: {cve}",
        "PublicDate: 2026-01-02 03:04:00 UTC",
        "References:",
        f" https://www.cve.org/CVERecord?id={cve}",
        "Description:",
        " A flaw that lets an attacker",
        " do things.",
        "Ubuntu-Description:",
        "Notes:",
        " somebody> a note with released_word: released (9)",
        f"Priority: {priority}",
        " Because of reasons",
        "CVSS:",
        " nvd: CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H [9.8 CRITICAL]",
        *fields,
        "",
        "Patches_openssl:",
        *statuses,
        "",
    ]
    return "\n".join(lines).encode()


def arch_group(name: str = "AVG-1", status: str = "Fixed", **more: object) -> Json:
    return {
        "name": name,
        "packages": ["openssl", "lib32-openssl"],
        "status": status,
        "severity": "High",
        "type": "denial of service",
        "affected": "3.0-1",
        "fixed": "3.1-1",
        "ticket": None,
        "issues": ["CVE-2026-1001", "CVE-2026-1002"],
        "advisories": ["ASA-202601-1"],
        **more,
    }


def photon(*entries: tuple[str, str, str], status: str = "Fixed") -> bytes:
    """Return one file of Photon's metadata from (CVE, package, fixed version)."""
    return as_json(
        [
            {
                "cve_id": cve,
                "pkg": package,
                "cve_score": 7.5,
                "aff_ver": f"all versions before {fixed} are vulnerable",
                "res_ver": fixed,
                "status": status,
            }
            for cve, package, fixed in entries
        ]
    )
