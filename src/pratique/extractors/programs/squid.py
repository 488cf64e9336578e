"""Recognise the Squid proxy."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "squid"
VERSION = 1
PROGRAM = Program(
    name="squid",
    names=("squid",),
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
)
"""What published builds say of themselves, cut to the words that count."""
