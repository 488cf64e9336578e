"""Recognise the ProFTPD server."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "proftpd"
VERSION = 1
PROGRAM = Program(
    name="proftpd",
    names=("proftpd",),
    evidence=(
        Evidence(
            b"ProFTPD Version ",
            rb"ProFTPD Version (?P<version>[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,5}(?:[a-z]|rc[0-9])?)(?:\0| )",
            48,
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/sbin/proftpd",
        b"\x00ProFTPD Version 1.3.7a\x00\x00",
        "1.3.7a",
        "Debian proftpd-core 1.3.7a+dfsg-12+deb11u2",
    ),
    Sample(
        "usr/sbin/proftpd",
        b"\x00ProFTPD Version 1.3.8c\x00\x00",
        "1.3.8c",
        "Debian proftpd-core 1.3.8.c+dfsg-4+deb13u3",
    ),
    Sample(
        "proftpd",
        b"\x00ProFTPD Version 1.3.8b\x00\x00",
        "1.3.8b",
        "published build proftpd 1.3.8b (linux-amd64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
