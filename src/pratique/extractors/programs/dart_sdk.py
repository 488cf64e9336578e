"""Recognise the Dart SDK."""

from pratique.extractors.programs._program import THREE, Evidence, Program, Sample

NAME = "dart_sdk"
VERSION = 1
PROGRAM = Program(
    name="dart",
    names=("dart", "dartvm"),
    evidence=(
        Evidence(b" (stable)", rb"\0" + THREE + rb" \(stable\)", 64),
        Evidence(
            b" (beta)",
            rb"\0(?P<version>[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,5}-[0-9]{1,4}\.[0-9]{1,3}\.beta) \(beta\)",
            64,
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "dart",
        b"\x00\x002.12.4 (stable)\x00",
        "2.12.4",
        "published build dart 2.12.4 (linux-amd64)",
    ),
    Sample(
        "dart",
        b"\x00\x003.0.0 (stable)\x00",
        "3.0.0",
        "published build dart 3.0.0 (linux-arm)",
    ),
    Sample(
        "dart",
        b"\x00\x003.5.2 (stable)\x00",
        "3.5.2",
        "published build dart 3.5.2 (linux-amd64)",
    ),
    Sample(
        "dart",
        b"\x00\x003.6.0-216.1.beta (beta)\x00",
        "3.6.0-216.1.beta",
        "published build dart 3.6.0-216.1.beta (linux-amd64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
