"""
List the made-up advisories of the sample feed, one for each thing a reader should see.

The comments say what the scan must make of each; tests/examples/demo holds it to that.
"""

from typing import NamedTuple


class Flaw(NamedTuple):
    """One invented flaw of a Debian 12 source package; ``fixed`` empty: no fix is known."""

    cve: str
    source: str
    fixed: str
    summary: str
    vector: str = ""
    urgency: str = "not yet assigned"
    release: str = "12"
    withdrawn: str = ""


FLAWS = (
    # Found in libssl3 and openssl: critical, fixed, known to be exploited.
    Flaw(
        "CVE-2099-1001",
        "openssl",
        "3.0.13-1~deb12u1",
        "A handshake of seven messages lets a stranger run code.",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
    ),
    # Found in libc6: high, fixed.
    Flaw(
        "CVE-2099-1002",
        "glibc",
        "2.36-9+deb12u7",
        "A long host name overruns a buffer in the resolver.",
        "CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H",
    ),
    # Found in curl and libcurl4: medium, fixed; an erratum names it too.
    Flaw(
        "CVE-2099-1003",
        "curl",
        "7.88.1-10+deb12u6",
        "A redirect carries credentials to another host.",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:L/I:L/A:N",
    ),
    # Found in harbourmaster: high, fixed.
    Flaw(
        "CVE-2099-1004",
        "harbourmaster",
        "1.4.3-1",
        "Any ship may cancel the berth of another.",
        "CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:N/I:H/A:H",
    ),
    # Found in zlib1g: the publisher calls it unimportant, no fix.
    Flaw(
        "CVE-2099-1005",
        "zlib",
        "",
        "A program that is not built misreads its own options.",
        urgency="unimportant",
    ),
    # Found in perl-base: nobody has graded it, no fix.
    Flaw("CVE-2099-1006", "perl", "", "A module reads a file it should not."),
    # Found in login, low; the binary's rebuild suffix +b1 does not count as the fix.
    Flaw(
        "CVE-2099-1007",
        "shadow",
        "1:4.13+dfsg1-1+deb12u1",
        "A short password is accepted twice.",
        "CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:U/C:L/I:N/A:N",
    ),
    # Not found: the installed tar already has the fix.
    Flaw("CVE-2099-2001", "tar", "1.34+dfsg-1.2+deb12u1", "A header of a header is read."),
    # Not found: speaks of another release.
    Flaw("CVE-2099-2002", "bash", "5.1-2+deb11u9", "A variable runs.", release="11"),
    # Not found: xz-utils was removed, only its configuration is left.
    Flaw("CVE-2099-2003", "xz-utils", "", "A test file is not a test file."),
    # Not found: withdrawn by its publisher.
    Flaw("CVE-2099-2004", "glibc", "", "A mistake.", withdrawn="2026-01-15T00:00:00Z"),
)

EXPECTED = frozenset(
    {
        ("CVE-2099-1001", "libssl3"),
        ("CVE-2099-1001", "openssl"),
        ("CVE-2099-1002", "libc6"),
        ("CVE-2099-1003", "curl"),
        ("CVE-2099-1003", "libcurl4"),
        ("CVE-2099-1004", "harbourmaster"),
        ("CVE-2099-1005", "zlib1g"),
        ("CVE-2099-1006", "perl-base"),
        ("CVE-2099-1007", "login"),
    }
)
"""The findings a right scan has: (CVE, binary package)."""
