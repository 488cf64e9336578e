"""Make VEX documents of each format, all about one flaw."""

import json
from typing import Any

FLAW = "CVE-2024-0001"
PURL = "pkg:deb/debian/openssl"
IMAGE = "pkg:oci/app@sha256:" + "a" * 64


def openvex(*statements: dict[str, Any], **more: object) -> bytes:
    """Return an OpenVEX document; a statement needs only what it is tested for."""
    document = {
        "@context": "https://openvex.dev/ns/v0.2.0",
        "@id": "https://example.com/vex/1",
        "author": "Example Security",
        "timestamp": "2024-01-01T00:00:00Z",
        "version": 1,
        **more,
    }
    return json.dumps({**document, "statements": [statement(**one) for one in statements]}).encode()


def statement(**more: object) -> dict[str, object]:
    """Return an OpenVEX statement: not affected, unless told otherwise."""
    return {
        "vulnerability": {"name": FLAW},
        "products": [{"@id": PURL}],
        "status": "not_affected",
        "justification": "vulnerable_code_not_present",
        **more,
    }


def cyclonedx(*vulnerabilities: dict[str, Any], **more: object) -> bytes:
    """Return a CycloneDX document that lists openssl."""
    return json.dumps(
        {
            "bomFormat": "CycloneDX",
            "specVersion": "1.5",
            "serialNumber": "urn:uuid:1",
            "version": 2,
            "metadata": {
                "timestamp": "2024-02-01T00:00:00Z",
                "authors": [{"name": "Example Security"}],
                "component": {"bom-ref": "root", "type": "container", "name": "app"},
            },
            "components": [
                {"bom-ref": "o", "type": "library", "name": "openssl", "purl": f"{PURL}@1.2-1"}
            ],
            "vulnerabilities": list(vulnerabilities),
            **more,
        }
    ).encode()


def analysis(state: str = "not_affected", *refs: str, **more: object) -> dict[str, object]:
    """Return a CycloneDX vulnerability with an analysis."""
    said = {"state": state, "justification": "code_not_present", "detail": "Left out.", **more}
    return {"id": FLAW, "analysis": said, "affects": [{"ref": ref} for ref in refs or ("o",)]}


def csaf(**status: object) -> bytes:
    """Return a CSAF document with three products and the status given for them."""
    return json.dumps(
        {
            "document": {
                "category": "csaf_vex",
                "csaf_version": "2.0",
                "publisher": {"name": "Example Security"},
                "tracking": {
                    "id": "EX-1",
                    "version": "3",
                    "current_release_date": "2024-03-01T00:00:00Z",
                },
            },
            "product_tree": {
                "branches": [
                    {
                        "branches": [
                            {"product": _product("OS", "pkg:deb/debian/openssl@1.2-1")},
                            {"product": _product("APP", IMAGE)},
                            {"product": {"product_id": "NAMELESS", "name": "?"}},
                        ]
                    }
                ],
                "relationships": [
                    _relation("PART", "OS", "APP"),
                    _relation("LOST", "OS", "NAMELESS"),
                ],
                "product_groups": [{"group_id": "G", "product_ids": ["OS", "APP"]}],
            },
            "vulnerabilities": [
                {
                    "cve": FLAW,
                    "product_status": status,
                    "flags": [
                        {
                            "label": "component_not_present",
                            "group_ids": ["G"],
                            "date": "2024-03-02T00:00:00Z",
                        }
                    ],
                    "threats": [
                        {"category": "impact", "details": "Not built in.", "product_ids": ["OS"]}
                    ],
                }
            ],
        }
    ).encode()


def _product(name: str, purl: str) -> dict[str, object]:
    helper = {
        "purl": purl,
        "hashes": [{"file_hashes": [{"algorithm": "sha256", "value": "B" * 64}]}],
    }
    return {"product_id": name, "name": name, "product_identification_helper": helper}


def _relation(name: str, part: str, whole: str) -> dict[str, object]:
    return {
        "category": "default_component_of",
        "product_reference": part,
        "relates_to_product_reference": whole,
        "full_product_name": {"product_id": name, "name": name},
    }
