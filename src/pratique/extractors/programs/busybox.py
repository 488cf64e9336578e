"""Recognise BusyBox, under its own name and under those of its hard-linked applets."""

from pratique.extractors.programs._program import THREE, Evidence, Program, Sample

NAME = "busybox"
VERSION = 1
PROGRAM = Program(
    name="busybox",
    names=("busybox", "[", "busybox.static"),
    globs=("busybox-*",),
    evidence=(Evidence(b"BusyBox v", rb"BusyBox v" + THREE + rb"(?![0-9.])", 48),),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "bin/busybox",
        b"\x00BusyBox v1.30.1\x00",
        "1.30.1",
        "Debian busybox 1:1.30.1-6+b3",
    ),
    Sample(
        "usr/bin/busybox",
        b"\x00BusyBox v1.37.0\x00",
        "1.37.0",
        "Debian busybox 1:1.37.0-6+b9",
    ),
    Sample(
        "[",
        b"\x00BusyBox v1.36.1\x00",
        "1.36.1",
        "published build busybox 1.36.1 (linux-amd64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
