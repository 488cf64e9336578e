"""
Name who published an advisory and the page on which a person can read it.

Law: an address is taken from the record itself where one names the advisory; else it is made from
the publisher's own scheme; it is never fetched. Unknown publishers are those of OSV's page.
"""

from functools import lru_cache

from pratique.model.advisory import Advisory

_BY_PREFIX = {
    "ALAS": ("amazon", "https://alas.aws.amazon.com/alas.html"),
    "ALBA": ("almalinux", "https://errata.almalinux.org/{release}/{dashed}.html"),
    "ALEA": ("almalinux", "https://errata.almalinux.org/{release}/{dashed}.html"),
    "ALSA": ("almalinux", "https://errata.almalinux.org/{release}/{dashed}.html"),
    "AVG": ("archlinux", "https://security.archlinux.org/{id}"),
    "DLA": ("debian", "https://security-tracker.debian.org/tracker/{id}"),
    "DSA": ("debian", "https://security-tracker.debian.org/tracker/{id}"),
    "DTSA": ("debian", "https://security-tracker.debian.org/tracker/{id}"),
    "ELSA": ("oracle", "https://linux.oracle.com/errata/{id}.html"),
    "GHSA": ("ghsa", "https://github.com/advisories/{id}"),
    "GO": ("go", "https://pkg.go.dev/vuln/{id}"),
    "LSN": ("ubuntu", "https://ubuntu.com/security/notices/{id}"),
    "PYSEC": ("pypa", "https://osv.dev/vulnerability/{id}"),
    "RHBA": ("redhat", "https://access.redhat.com/errata/{id}"),
    "RHEA": ("redhat", "https://access.redhat.com/errata/{id}"),
    "RHSA": ("redhat", "https://access.redhat.com/errata/{id}"),
    "RLSA": ("rocky", "https://errata.rockylinux.org/{id}"),
    "RUSTSEC": ("rustsec", "https://rustsec.org/advisories/{id}"),
    "RXSA": ("rocky", "https://errata.rockylinux.org/{id}"),
    "USN": ("ubuntu", "https://ubuntu.com/security/notices/{id}"),
}
_BY_BASE = {
    "AlmaLinux": ("almalinux", "https://osv.dev/vulnerability/{id}"),
    "Alpine": ("alpine", "https://security.alpinelinux.org/vuln/{cve}"),
    "Amazon Linux": ("amazon", "https://explore.alas.aws.amazon.com/{cve}.html"),
    "Arch Linux": ("archlinux", "https://security.archlinux.org/{cve}"),
    "Azure Linux": ("microsoft", "https://msrc.microsoft.com/update-guide/vulnerability/{cve}"),
    "Bitnami": ("bitnami", "https://osv.dev/vulnerability/{id}"),
    "Chainguard": ("chainguard", "https://images.chainguard.dev/security/{id}"),
    "Debian": ("debian", "https://security-tracker.debian.org/tracker/{cve}"),
    "Fedora": ("fedora", "https://bodhi.fedoraproject.org/updates/{id}"),
    "NVD": ("nvd", "https://nvd.nist.gov/vuln/detail/{cve}"),
    "Node.js": ("nodejs", "https://github.com/nodejs/security-wg/tree/main/vuln/core"),
    "Oracle Linux": ("oracle", "https://linux.oracle.com/cve/{cve}.html"),
    "Photon OS": ("vmware", "https://github.com/vmware/photon/wiki/Security-Advisories"),
    "Red Hat": ("redhat", "https://access.redhat.com/security/cve/{cve}"),
    "Rocky Linux": ("rocky", "https://errata.rockylinux.org/{id}"),
    "SUSE": ("suse", "https://www.suse.com/security/cve/{cve}.html"),
    "Ubuntu": ("ubuntu", "https://ubuntu.com/security/{cve}"),
    "Wolfi": ("chainguard", "https://images.chainguard.dev/security/{id}"),
    "openSUSE": ("suse", "https://www.suse.com/security/cve/{cve}.html"),
}


def publisher_of(advisory: Advisory, ecosystem: str, flaw: str) -> tuple[str, str]:
    """
    Return the publisher's short name and the address of the advisory's page.

    >>> from pratique.model.advisory import AdvisoryId
    >>> publisher_of(Advisory(id=AdvisoryId("DSA-5000-1"), feed="osv"), "Debian:12", "CVE-2021-1")
    ('debian', 'https://security-tracker.debian.org/tracker/DSA-5000-1')
    """
    return _publisher(str(advisory.id), advisory.references, ecosystem, flaw)


@lru_cache(maxsize=1 << 10)
def _publisher(own: str, references: tuple[str, ...], ecosystem: str, flaw: str) -> tuple[str, str]:
    base, _, release = ecosystem.partition(":")
    prefix = own.partition("-")[0]
    if prefix.startswith("ALAS"):
        prefix = "ALAS"
    fallback = ("osv", "https://osv.dev/vulnerability/{id}")
    # A record under the flaw's own name is the distribution's word on it.
    name, scheme = _BY_PREFIX.get(prefix) or _BY_BASE.get(base) or fallback
    dashed = own.replace(":", "-")
    stated = _stated(references, own, dashed)
    if stated and prefix != "CVE":
        return name, stated
    values = {"id": own, "dashed": dashed, "cve": flaw, "release": release.partition(".")[0]}
    if "{cve}" in scheme and not flaw.startswith("CVE-"):
        return name, stated or fallback[1].format(**values)
    return name, scheme.format(**values)


def _stated(references: tuple[str, ...], own: str, dashed: str) -> str:
    # SUSE writes "SUSE-SU-2023:0037-1" as "suse-su-20230037-1" in addresses.
    spellings = (own, dashed, own.lower().replace(":", ""))
    for address in references:
        if address.startswith("https://") and any(name in address for name in spellings):
            return address
    return ""
