"""Recognise the Bun JavaScript runtime."""

from pratique.extractors.programs._program import THREE, Evidence, Program, Sample

NAME = "bun_runtime"
VERSION = 1
PROGRAM = Program(
    name="bun",
    names=("bun",),
    evidence=(
        Evidence(b"un v", rb"[Bb]un v" + THREE + rb"(?![0-9.])", 48),
        Evidence(b"bun-v", rb"bun-v" + THREE + rb"(?![0-9.])", 48),
        Evidence(b"Bun/", rb"Bun/" + THREE + rb"(?![0-9.])", 48),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "bin/bun",
        b"\x00Bun v1.3.5\x00",
        "1.3.5",
        "npm oven-bun-linux-x64 1.3.5",
    ),
    Sample(
        "bin/bun",
        b"\x00Bun v1.1.0\x00",
        "1.1.0",
        "npm oven-bun-linux-x64 1.1.0",
    ),
    Sample(
        "bun",
        b"\x00Bun v0.5.9\x00",
        "0.5.9",
        "published build bun 0.5.9 (linux-amd64)",
    ),
    Sample(
        "bun",
        b"\x00Bun v1.0.0\x00",
        "1.0.0",
        "published build bun 1.0.0 (linux-amd64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
