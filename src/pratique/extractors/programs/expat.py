"""Recognise the Expat XML parser."""

from pratique.extractors.programs._program import THREE, Evidence, Program, Sample

NAME = "expat"
VERSION = 1
PROGRAM = Program(
    name="expat",
    globs=("libexpat.so*",),
    evidence=(Evidence(b"expat_", rb"\0expat_" + THREE + rb"\0", 48),),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "lib/x86_64-linux-gnu/libexpat.so.1.6.12",
        b"\x00\x00expat_2.2.10\x00\x00",
        "2.2.10",
        "Debian libexpat1 2.2.10-2+deb11u5",
    ),
    Sample(
        "usr/lib/x86_64-linux-gnu/libexpat.so.1.12.3",
        b"\x00\x00expat_2.8.3\x00\x00",
        "2.8.3",
        "Debian libexpat1 2.8.3-1~deb13u1",
    ),
    Sample(
        "lib/x86_64-linux-gnu/libexpat.so.1.8.10",
        b"\x00expat_2.5.0\x00",
        "2.5.0",
        "Debian libexpat1 2.5.0-1+deb12u2",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
