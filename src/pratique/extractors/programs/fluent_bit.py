"""Recognise the Fluent Bit log processor."""

from pratique.extractors.programs._program import THREE, Evidence, Program, Sample

NAME = "fluent_bit"
VERSION = 1
PROGRAM = Program(
    name="fluent-bit",
    names=("fluent-bit",),
    evidence=(
        Evidence(b"Fluent Bit", rb"\0" + THREE + rb"\0{1,4}(?:\x1b\[1m\0)?(?:%s)?Fluent Bit", 48),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "fluent-bit",
        b"\x00\x001.3.10\x00\x00Fluent Bit\x00",
        "1.3.10",
        "published build fluent-bit 1.3.10 (linux-arm)",
    ),
    Sample(
        "fluent-bit",
        b"\x00\x001.7.0\x00\x1b[1m\x00%sFluent Bit\x00",
        "1.7.0",
        "published build fluent-bit 1.7.0-dev-3 (linux-amd64)",
    ),
    Sample(
        "fluent-bit",
        b"\x00\x002.2.1\x00\x00\x00Fluent Bit\x00",
        "2.2.1",
        "published build fluent-bit 2.2.1 (linux-arm64)",
    ),
    Sample(
        "fluent-bit",
        b"\x00\x003.0.2\x00%sFluent Bit\x00",
        "3.0.2",
        "published build fluent-bit 3.0.2 (linux-amd64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
