"""Recognise the Squid proxy."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "squid"
VERSION = 1
PROGRAM = Program(
    name="squid",
    # Debian has one build for each TLS library, behind a link that is set when it is installed.
    names=("squid", "squid-gnutls", "squid-openssl"),
    evidence=(
        Evidence(b"squid/", rb"squid/(?P<version>[0-9]{1,2}(?:\.[0-9]{1,2}){1,2})(?:\0|-)", 48),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/sbin/squid",
        b"\x00squid/4.13\x00\x00",
        "4.13",
        "Debian squid 4.13-10+deb11u3",
    ),
    Sample(
        "usr/sbin/squid",
        b"\x00squid/5.7\x00\x00",
        "5.7",
        "Debian squid 5.7-2+deb12u6",
    ),
    Sample(
        "usr/sbin/squid-gnutls",
        b"\x00squid/6.13\x00",
        "6.13",
        "Debian squid 6.13-2+deb13u3",
    ),
    Sample(
        "usr/sbin/squid-gnutls",
        b"\x00squid/7.7\x00",
        "7.7",
        "Debian squid 7.7-1",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
