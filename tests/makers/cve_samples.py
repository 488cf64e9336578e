"""Make small files in the formats of CISA, NVD and the CVE list."""

from collections.abc import Sequence

from tests.makers.feed_samples import Json, as_json


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
                        "metrics": [{"other": _ssvc(name)}],
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


def _ssvc(name: str) -> Json:
    options = [{"Exploitation": "poc"}, {"Automatable": "no"}, {"Technical Impact": "partial"}]
    content = {"id": name, "options": options, "role": "CISA Coordinator", "version": "2.0.3"}
    return {"type": "ssvc", "content": content}
