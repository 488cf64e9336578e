"""Recognise the jq processor."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "jq"
VERSION = 1
PROGRAM = Program(
    name="jq",
    names=("jq",),
    evidence=(
        Evidence(b"jq: error", rb"\0(?P<version>1\.[0-9](?:\.[0-9]{1,2})?)\0", 96),
        Evidence(b"jq-%s", rb"\0(?P<version>1\.[0-9](?:\.[0-9]{1,2})?)\0", 64),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/bin/jq",
        b"\x00\x001.6\x00DEBUG:\x00\x1e\x00jq: error (at %\x00",
        "1.6",
        "Debian jq 1.6-2.1",
    ),
    Sample(
        "usr/bin/jq",
        b"\x00\x001.7\x00\x1e\x00jq: error (at \x00",
        "1.7",
        "Debian jq 1.7.1-6+deb13u3",
    ),
    Sample(
        "jq",
        b"\x00\x001.7.1\x00DEBUG:\x00\x1e\x00jq: error (at %\x00",
        "1.7.1",
        "published build jq 1.7.1 (linux-amd64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
