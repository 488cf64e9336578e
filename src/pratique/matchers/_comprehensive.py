"""
List the feeds that speak of flaws whether they are fixed or not.

Law: only where a publisher also lists what it has not fixed does its "fixed" or "not affected"
speak for a library it ships; from one that publishes fixes only, silence and an old fix look the
same to us, so nothing is suppressed by its word.

Sources, each read for what its records can state:
- Debian tracker: status ``open``/``undetermined`` beside ``resolved`` in
  https://security-tracker.debian.org/tracker/data/json; OSV converts the same data, unfixed ones
  too (osv.dev, vulnfeeds/cmd/converters/debian).
- Ubuntu CVE tracker: ``needed``, ``deferred``, ``ignored``, ``not-affected`` beside ``released``,
  https://git.launchpad.net/ubuntu-cve-tracker/tree/README; UBUNTU-CVE records of OSV are made of it.
- Red Hat CSAF VEX: ``known_affected``, ``known_not_affected``, ``under_investigation`` beside
  ``fixed``, https://security.access.redhat.com/data/csaf/v2/vex/. OSV has its errata only.
- Arch Linux tracker: ``Vulnerable``, ``Not affected`` beside ``Fixed``,
  https://security.archlinux.org/issues/all.json.
- Azure Linux OVAL: definitions of flaws without a fixed version,
  https://github.com/microsoft/AzureLinuxVulnerabilityData.

Fixes only: Alpine, Wolfi and Chainguard (secdb), SUSE and openSUSE, Amazon Linux, AlmaLinux, Rocky
Linux, Oracle Linux, Fedora, Photon OS, Mageia, openEuler, and Red Hat's errata in OSV. Grype counts
the same five as comprehensive (grype/pkg/package.go, ``comprehensiveDistros``).
"""

from pratique.formats.versions.order import base_name

COMPREHENSIVE = {
    "Arch Linux": frozenset({"arch"}),
    "Azure Linux": frozenset({"azure-linux"}),
    "Debian": frozenset({"debian-tracker", "osv"}),
    "Red Hat": frozenset({"redhat-csaf-vex"}),
    "Ubuntu": frozenset({"ubuntu-cve-tracker", "ubuntu-osv", "osv"}),
}
"""Base name of an ecosystem and its feeds that list unfixed flaws too."""


def is_comprehensive(ecosystem: str, feed: str) -> bool:
    """
    Return whether a feed speaks of unfixed flaws of an ecosystem too.

    >>> is_comprehensive("Debian:12", "osv"), is_comprehensive("Alpine:v3.20", "alpine-secdb")
    (True, False)
    """
    return feed in COMPREHENSIVE.get(base_name(ecosystem), ())
