"""Make small files in the formats of rpm distributions: updateinfo, OVAL, Red Hat's VEX."""

from collections.abc import Iterable, Mapping, Sequence

from tests.makers.feed_samples import Json, as_json


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
            "product_tree": _tree([pair for said in status.values() for pair in said]),
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


def _tree(pairs: Sequence[tuple[str, str]]) -> Json:
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
    branches = [{"category": "vendor", "name": "Red Hat", "branches": [family, *packages]}]
    return {"branches": branches, "relationships": relationships}
