"""Recognise the Unbound resolver."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "unbound"
VERSION = 1
PROGRAM = Program(
    name="unbound",
    names=("unbound",),
    globs=("libunbound.so*",),
    evidence=(
        Evidence(b"unbound ", rb"\0unbound (?P<version>1\.[0-9]{1,2}\.[0-9]{1,2})(?![0-9.])", 48),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/sbin/unbound",
        b"\x00\x00unbound 1.13.1\x00",
        "1.13.1",
        "Debian unbound 1.13.1-1+deb11u2",
    ),
    Sample(
        "usr/sbin/unbound",
        b"\x00\x00unbound 1.22.0\x00",
        "1.22.0",
        "Debian unbound 1.22.0-2+deb13u3",
    ),
    Sample(
        "usr/sbin/unbound",
        b"\x00unbound 1.17.1\x00",
        "1.17.1",
        "Debian unbound 1.17.1-2+deb12u4",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
