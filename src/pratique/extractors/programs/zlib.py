"""Recognise the zlib compression library."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "zlib"
VERSION = 1
PROGRAM = Program(
    name="zlib",
    globs=("libz.so*",),
    evidence=(
        Evidence(
            b" deflate 1.",
            rb" deflate (?P<version>1\.[0-9]{1,2}(?:\.[0-9]{1,3}){0,3})(?:\.zlib-ng)? Copyright",
            64,
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "lib/x86_64-linux-gnu/libz.so.1.2.11",
        b"\x00 deflate 1.2.11 Copyright\x00",
        "1.2.11",
        "Debian zlib1g 1:1.2.11.dfsg-2+deb11u2",
    ),
    Sample(
        "usr/lib/x86_64-linux-gnu/libz.so.1.3.1",
        b"\x00 deflate 1.3.1 Copyright\x00",
        "1.3.1",
        "Debian zlib1g 1:1.3.dfsg+really1.3.1-1+b1",
    ),
    Sample(
        "lib/x86_64-linux-gnu/libz.so.1.2.13",
        b"\x00 deflate 1.2.13 Copyright 1995-2022",
        "1.2.13",
        "Debian zlib1g 1:1.2.13.dfsg-1",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
