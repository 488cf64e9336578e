"""Recognise GNU Bash."""

from pratique.extractors.programs._program import THREE, Evidence, Program, Sample

NAME = "bash"
VERSION = 1
PROGRAM = Program(
    name="bash",
    names=("bash", "rbash"),
    evidence=(
        Evidence(
            b"@(#)Bash version ",
            rb"@\(#\)Bash version " + THREE + rb"\([0-9]{1,4}\) [a-z0-9]+ GNU",
            64,
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "bin/bash",
        b"\x00@(#)Bash version 5.1.4(1) release GNU\x00",
        "5.1.4",
        "Debian bash 5.1-2+deb11u1",
    ),
    Sample(
        "usr/bin/bash",
        b"\x00@(#)Bash version 5.2.37(1) release GNU\x00",
        "5.2.37",
        "Debian bash 5.2.37-2+b10",
    ),
    Sample(
        "bash",
        b"\x00@(#)Bash version 5.1.16(1) release GNU\x00",
        "5.1.16",
        "published build bash 5.1.16 (linux-amd64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
