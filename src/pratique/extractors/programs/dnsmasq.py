"""Recognise the dnsmasq DNS and DHCP server."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "dnsmasq"
VERSION = 1
PROGRAM = Program(
    name="dnsmasq",
    names=("dnsmasq",),
    evidence=(
        Evidence(b"dnsmasq-", rb"dnsmasq-(?P<version>2\.[0-9]{2,3}(?:rc[0-9])?)(?:\0|-)", 48),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/sbin/dnsmasq",
        b"\x00dnsmasq-2.85\x00\x00",
        "2.85",
        "Debian dnsmasq-base 2.85-1",
    ),
    Sample(
        "usr/sbin/dnsmasq",
        b"\x00dnsmasq-2.91\x00\x00",
        "2.91",
        "Debian dnsmasq-base 2.91-1+deb13u2",
    ),
    Sample(
        "usr/sbin/dnsmasq",
        b"\x00dnsmasq-2.90\x00version.bind\x00",
        "2.90",
        "Debian dnsmasq-base 2.90-4~deb12u2",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
