"""Recognise sudo and its policy plug-in."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "sudo"
VERSION = 1
PROGRAM = Program(
    name="sudo",
    names=("sudo", "sudoers.so"),
    evidence=(
        Evidence(
            b"Sudo version %s",
            rb"Sudo version %s\n\0(?P<version>1\.[0-9]{1,2}\.[0-9]{1,2}(?:p[0-9]{1,2})?)\0",
            64,
        ),
        Evidence(
            b"sudoers 1.",
            rb"\0sudoers (?P<version>1\.[0-9]{1,2}\.[0-9]{1,2}(?:p[0-9]{1,2})?)\0",
            64,
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/lib/sudo/sudoers.so",
        b"\x00\x00sudoers 1.9.5p2\x00\x00",
        "1.9.5p2",
        "Debian sudo 1.9.5p2-3+deb11u1",
    ),
    Sample(
        "usr/libexec/sudo/sudoers.so",
        b"\x00\x00sudoers 1.9.16p2\x00\x00",
        "1.9.16p2",
        "Debian sudo 1.9.16p2-3+deb13u2",
    ),
    Sample(
        "usr/bin/sudo",
        b"\x00Sudo version %s\n\x001.9.13p3\x00",
        "1.9.13p3",
        "Debian sudo 1.9.13p3-1+deb12u4",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
