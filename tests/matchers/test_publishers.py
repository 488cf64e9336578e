"""Name the publisher and the page of an advisory."""

import pytest

from pratique.matchers._publishers import publisher_of
from tests.makers.lookup import advisory

CVE = "CVE-2024-0001"
PAGES = [
    (CVE, "Debian:12", "debian", f"https://security-tracker.debian.org/tracker/{CVE}"),
    ("DLA-1-1", "Debian:11", "debian", "https://security-tracker.debian.org/tracker/DLA-1-1"),
    ("UBUNTU-" + CVE, "Ubuntu:22.04:LTS", "ubuntu", f"https://ubuntu.com/security/{CVE}"),
    ("USN-1-1", "Ubuntu:22.04:LTS", "ubuntu", "https://ubuntu.com/security/notices/USN-1-1"),
    (CVE, "Alpine:v3.20", "alpine", f"https://security.alpinelinux.org/vuln/{CVE}"),
    (
        "RHSA-2024:1",
        "Red Hat:enterprise_linux:9::baseos",
        "redhat",
        "https://access.redhat.com/errata/RHSA-2024:1",
    ),
    (CVE, "Red Hat:enterprise_linux:9", "redhat", f"https://access.redhat.com/security/cve/{CVE}"),
    ("ALSA-2024:1", "AlmaLinux:9", "almalinux", "https://errata.almalinux.org/9/ALSA-2024-1.html"),
    ("AVG-1", "Arch Linux", "archlinux", "https://security.archlinux.org/AVG-1"),
    ("GHSA-a", "PyPI", "ghsa", "https://github.com/advisories/GHSA-a"),
    ("MAL-2024-1", "npm", "osv", "https://osv.dev/vulnerability/MAL-2024-1"),
    ("TEMP-1-A", "Debian:12", "debian", "https://osv.dev/vulnerability/TEMP-1-A"),
]


@pytest.mark.parametrize(("name", "ecosystem", "publisher", "page"), PAGES)
def test_pages(name: str, ecosystem: str, publisher: str, page: str) -> None:
    """Each publisher's own scheme."""
    flaw = name if name.startswith("TEMP") else CVE
    assert publisher_of(advisory(name), ecosystem, flaw) == (publisher, page)


def test_the_records_own_page_comes_first() -> None:
    """Where the record names a page with its id, that page is quoted; plain http is not."""
    said = advisory(
        "ALAS2023-2023-001",
        references=(
            "http://x/ALAS2023-2023-001",
            "https://alas.aws.amazon.com/AL2023/ALAS2023-2023-001.html",
        ),
    )
    assert publisher_of(said, "Amazon Linux:2023", CVE) == (
        "amazon",
        "https://alas.aws.amazon.com/AL2023/ALAS2023-2023-001.html",
    )
