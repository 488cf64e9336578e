"""
Make small files in the format of each advisory publisher, and serve them from memory.

Everything here is invented; only the shapes are the publishers'.
"""

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Iterable, Mapping, Sequence

import zstandard

from pratique.advisories.interface import Batch, Feed, FeedNotFound, Fetched, Job, Row, Since

Json = Mapping[str, object]


class MemoryFetcher:
    """Serve a feed's files from a dict; what it was asked for stands in ``asked``."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = dict(files)
        self.asked: list[str] = []
        self.bodies: list[io.BytesIO] = []

    def get(self, path: str, *, etag: str = "") -> Fetched:
        self.asked.append(path)
        if path not in self.files:
            raise FeedNotFound(f"no {path}")
        content = self.files[path]
        current = hashlib.sha256(content).hexdigest()[:16]
        if etag == current:
            return Fetched(body=None, etag=current)
        self.bodies.append(io.BytesIO(content))
        return Fetched(body=self.bodies[-1], etag=current, size_bytes=len(content))


def job(feed: Feed, files: Mapping[str, bytes], **more: object) -> Job:
    """Return a job for a feed's first shard over files in memory."""
    return Job(shard=feed.SHARDS[0], fetcher=MemoryFetcher(files), **more)  # type: ignore[arg-type]


def fetched(
    feed: Feed, files: Mapping[str, bytes], since: Since | None = None, **more: object
) -> tuple[Batch, list[Row]]:
    """Return the batch and all its rows; every body that was handed out must be closed by then."""
    work = job(feed, files, since=since or Since(), **more)
    batch = feed.fetch(work)
    rows = list(batch.rows)
    assert isinstance(work.fetcher, MemoryFetcher)
    assert all(body.closed for body in work.fetcher.bodies)
    return batch, rows


def since(batch: Batch) -> Since:
    """Return what a shard would remember of a batch."""
    return Since(etags=batch.etags, modified=batch.modified)


def as_json(value: object) -> bytes:
    return json.dumps(value).encode()


def tar(files: Mapping[str, bytes]) -> bytes:
    """Return a tar archive; long names make pax headers."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return out.getvalue()


def tar_gz(files: Mapping[str, bytes]) -> bytes:
    return gzip.compress(tar(files), mtime=0)


def tar_zst(files: Mapping[str, bytes]) -> bytes:
    return zstandard.compress(tar(files))


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


def updateinfo(updates: Iterable[str]) -> bytes:
    body = "".join(updates)
    return f'<?xml version="1.0" ?>\n<updates>{body}</updates>'.encode()


def update(
    name: str,
    packages: Sequence[tuple[str, str, str, str, str]],
    *,
    cves: Sequence[str] = ("CVE-2026-1001",),
    severity: str = "Important",
    kind: str = "security",
) -> str:
    """Return one erratum; ``packages`` are (name, epoch, version, release, arch)."""
    references = "".join(
        f'<reference href="https://cve.example/{cve}" id="{cve}" title="" type="cve"/>'
        for cve in cves
    )
    listed = "".join(
        f'<package arch="{arch}" epoch="{epoch}" name="{package}" release="{release}"'
        f' version="{version}"><filename>Packages/x.rpm</filename></package>'
        for package, epoch, version, release, arch in packages
    )
    return (
        f'<update author="a@example" status="final" type="{kind}" version="1.4"><id>{name}</id>'
        f'<title>{name}: update</title><issued date="2026-01-02 03:04:05"/>'
        f'<updated date="2026-01-03 03:04:05"/><severity>{severity}</severity>'
        f"<description>Text &amp; more</description><references>{references}</references>"
        f'<pkglist><collection short="al"><name>AL</name>{listed}</collection></pkglist></update>'
    )


def repomd(href: str = "repodata/abc-updateinfo.xml.gz") -> bytes:
    return (
        '<?xml version="1.0"?><repomd xmlns="http://linux.duke.edu/metadata/repo">'
        '<data type="primary"><location href="repodata/p.xml.gz"/></data>'
        f'<data type="updateinfo"><location href="{href}"/></data></repomd>'
    ).encode()


def oval(definitions: Sequence[tuple[str, str, Sequence[tuple[str, str, str]]]]) -> bytes:
    """
    Return OVAL in Microsoft's manner.

    ``definitions`` are (number, patchable, bounds), a bound being (package, operation, evr).
    """
    heads, tests, objects, states = "", "", "", ""
    for number, patchable, bounds in definitions:
        criteria = ""
        for index, (package, operation, evr) in enumerate(bounds):
            key = f"{number}{index}"
            criteria += f'<criterion comment="c" test_ref="oval:x:tst:{key}"/>'
            tests += (
                f'<linux-def:rpminfo_test check="at least one" id="oval:x:tst:{key}">'
                f'<linux-def:object object_ref="oval:x:obj:{key}"/>'
                f'<linux-def:state state_ref="oval:x:ste:{key}"/></linux-def:rpminfo_test>'
            )
            objects += (
                f'<linux-def:rpminfo_object id="oval:x:obj:{key}">'
                f"<linux-def:name>{package}</linux-def:name></linux-def:rpminfo_object>"
            )
            states += (
                f'<linux-def:rpminfo_state id="oval:x:ste:{key}"><linux-def:evr '
                f'datatype="evr_string" operation="{operation}">{evr}</linux-def:evr>'
                "</linux-def:rpminfo_state>"
            )
        heads += (
            f'<definition class="vulnerability" id="oval:x:def:{number}" version="1"><metadata>'
            f'<title>CVE-2026-{number} affecting a package</title><reference source="CVE" '
            f'ref_id="CVE-2026-{number}" ref_url="https://cve.example/{number}"/>'
            f"<patchable>{patchable}</patchable><advisory_date>2026-01-02T03:04:05Z"
            "</advisory_date><severity>High</severity><description>Text.</description></metadata>"
            f'<criteria operator="AND">{criteria}</criteria></definition>'
        )
    return (
        '<oval_definitions xmlns="http://oval.mitre.org/XMLSchema/oval-definitions-5" '
        'xmlns:linux-def="http://oval.mitre.org/XMLSchema/oval-definitions-5#linux">'
        f"<definitions>{heads}</definitions><tests>{tests}</tests><objects>{objects}</objects>"
        f"<states>{states}</states></oval_definitions>"
    ).encode()


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


def kev(*entries: Json) -> bytes:
    return as_json({"title": "Catalog", "count": len(entries), "vulnerabilities": entries})


def kev_entry(cve: str, ransomware: str = "Unknown") -> Json:
    return {
        "cveID": cve,
        "vendorProject": "Example",
        "dateAdded": "2026-01-02",
        "dueDate": "2026-01-23",
        "knownRansomwareCampaignUse": ransomware,
        "cwes": ["CWE-79"],
    }


def nvd_cve(name: str, modified: str = "2026-01-03T00:00:00.000", **more: object) -> Json:
    metric = {
        "source": "nvd@nist.gov",
        "type": "Primary",
        "cvssData": {
            "version": "3.1",
            "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
            "baseScore": 9.8,
            "baseSeverity": "CRITICAL",
        },
    }
    return {
        "cve": {
            "id": name,
            "sourceIdentifier": "cve@example",
            "published": "2026-01-02T03:04:05.123",
            "lastModified": modified,
            "vulnStatus": "Analyzed",
            "descriptions": [{"lang": "es", "value": "Un"}, {"lang": "en", "value": 'A "{" flaw'}],
            "metrics": {"cvssMetricV31": [metric]},
            "weaknesses": [{"source": "x", "description": [{"lang": "en", "value": "CWE-787"}]}],
            **more,
        }
    }


def nvd(*items: Json) -> bytes:
    return as_json(
        {
            "resultsPerPage": len(items),
            "format": "NVD_CVE",
            "version": "2.0",
            "vulnerabilities": items,
        }
    )


def cve_record(name: str, state: str = "PUBLISHED", **more: object) -> bytes:
    """Return a CVE record with a container of CISA's; ``more`` goes into the CNA's."""
    ssvc = {
        "type": "ssvc",
        "content": {
            "id": name,
            "options": [
                {"Exploitation": "poc"},
                {"Automatable": "no"},
                {"Technical Impact": "partial"},
            ],
            "role": "CISA Coordinator",
            "version": "2.0.3",
        },
    }
    return as_json(
        {
            "dataType": "CVE_RECORD",
            "dataVersion": "5.1",
            "cveMetadata": {
                "cveId": name,
                "state": state,
                "datePublished": "2026-01-02T03:04:05.000Z",
                "dateUpdated": "2026-01-03T03:04:05.000Z",
            },
            "containers": {
                "cna": {
                    "providerMetadata": {"orgId": "x", "shortName": "GitHub_M"},
                    "title": "A flaw",
                    "descriptions": [{"lang": "en", "value": "A flaw in a thing"}],
                    "metrics": [
                        {
                            "cvssV4_0": {
                                "version": "4.0",
                                "vectorString": "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H"
                                "/SC:N/SI:N/SA:N",
                                "baseScore": 9.3,
                            }
                        }
                    ],
                    **more,
                },
                "adp": [
                    {
                        "providerMetadata": {"orgId": "y", "shortName": "CISA-ADP"},
                        "title": "CISA ADP Vulnrichment",
                        "metrics": [{"other": ssvc}],
                        "problemTypes": [{"descriptions": [{"lang": "en", "cweId": "CWE-787"}]}],
                    }
                ],
            },
        }
    )


def delta_log(*deltas: tuple[str, Sequence[str], Sequence[str]]) -> bytes:
    """Return the CVE list's log from (time, new, updated)."""
    return as_json(
        [
            {
                "fetchTime": moment,
                "numberOfChanges": len(new) + len(updated),
                "new": [{"cveId": name, "dateUpdated": moment} for name in new],
                "updated": [{"cveId": name, "dateUpdated": moment} for name in updated],
                "error": [],
            }
            for moment, new, updated in deltas
        ]
    )


BASEOS = "cpe:/o:redhat:enterprise_linux:9::baseos"


def vex(
    cve: str,
    status: Mapping[str, Sequence[tuple[str, str]]],
    *,
    status_of_document: str = "final",
    **more: object,
) -> bytes:
    """
    Return a VEX document in Red Hat's manner.

    ``status`` maps a product status to (CPE, package URL) pairs; the id of a pair is
    ``<cpe>:<purl>``. ``more`` goes into the vulnerability (threats, scores, remediations).
    """
    pairs = [pair for said in status.values() for pair in said]
    cpes, purls = sorted({c for c, _ in pairs}), sorted({p for _, p in pairs})
    products = [
        {"category": "product_name", "name": c, "product": _product(c, cpe=c)} for c in cpes
    ]
    packages = [
        {"category": "product_version", "name": p, "product": _product(p, purl=p)} for p in purls
    ]
    relationships = [
        {
            "category": "default_component_of",
            "full_product_name": {"name": "x", "product_id": f"{c}:{p}"},
            "product_reference": p,
            "relates_to_product_reference": c,
        }
        for c, p in sorted(set(pairs))
    ]
    family = {"category": "product_family", "name": "RHEL", "branches": products}
    return as_json(
        {
            "document": {
                "aggregate_severity": {"namespace": "https://r.example", "text": "Important"},
                "category": "csaf_vex",
                "csaf_version": "2.0",
                "title": "a flaw",
                "tracking": {
                    "id": cve,
                    "status": status_of_document,
                    "current_release_date": "2026-01-03T03:04:05+00:00",
                },
            },
            "product_tree": {
                "branches": [
                    {"category": "vendor", "name": "Red Hat", "branches": [family, *packages]}
                ],
                "relationships": relationships,
            },
            "vulnerabilities": [
                {
                    "cve": cve,
                    "cwe": {"id": "CWE-787", "name": "x"},
                    "notes": [{"category": "description", "text": "A flaw was found."}],
                    "references": [{"category": "self", "url": f"https://r.example/{cve}"}],
                    "release_date": "2026-01-02T00:00:00+00:00",
                    "product_status": {
                        name: [f"{c}:{p}" for c, p in said] for name, said in status.items()
                    },
                    **more,
                }
            ],
        }
    )


def _product(name: str, **helper: str) -> Json:
    return {"name": name, "product_id": name, "product_identification_helper": helper}


def elsa(
    name: str,
    packages: Sequence[str],
    *,
    release: str = "9",
    arch: str = "x86_64",
    module: str = "",
) -> str:
    """Return one erratum in Oracle's OVAL; ``packages`` are "name is earlier than evr"."""
    listed = "".join(
        f'<criteria operator="AND"><criterion test_ref="t" comment="{package}"/>'
        f'<criterion test_ref="t" comment="x is signed with the Oracle Linux {release} key"/>'
        "</criteria>"
        for package in packages
    )
    stream = f'<criterion test_ref="t" comment="Module {module} is enabled"/>' if module else ""
    return (
        f'<definition id="oval:com.oracle.elsa:def:{name}" class="patch"><metadata><title>\n{name}: '
        'update (IMPORTANT)\n</title><affected family="unix"><platform>Oracle Linux</platform>'
        f'</affected><reference source="elsa" ref_id="{name}" ref_url="https://o.example/{name}"/>'
        '<reference source="CVE" ref_id="CVE-2026-1001" ref_url="https://o.example/CVE-2026-1001"/>'
        "<description>Text</description><advisory><severity>IMPORTANT</severity>"
        '<issued date="2026-01-02"/></advisory></metadata><criteria operator="AND">'
        f'<criterion test_ref="t" comment="Oracle Linux {release} is installed"/>'
        '<criteria operator="OR"><criteria operator="AND">'
        f'<criterion test_ref="t" comment="Oracle Linux arch is {arch}"/>{stream}'
        f'<criteria operator="OR">{listed}</criteria></criteria></criteria></criteria></definition>'
    )


def elsa_file(*errata: str) -> bytes:
    return (
        '<oval_definitions xmlns="http://oval.mitre.org/XMLSchema/oval-definitions-5">'
        f"<definitions>{''.join(errata)}</definitions></oval_definitions>"
    ).encode()


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
