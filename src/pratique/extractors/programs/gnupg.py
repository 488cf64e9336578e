"""Recognise GnuPG."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "gnupg"
VERSION = 1
PROGRAM = Program(
    name="gnupg",
    names=("gpg", "gpg2", "gpgv"),
    evidence=(
        Evidence(
            b"OpenPGP server ",
            rb"OpenPGP server (?P<version>[12]\.[0-9]{1,2}\.[0-9]{1,3}) ready",
            64,
        ),
        Evidence(
            b"GPL-3.0-or-later\x00",
            rb"GPL-3\.0-or-later\0(?P<version>[12]\.[0-9]{1,2}\.[0-9]{1,3})\0",
            64,
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/bin/gpg",
        b"\x00OpenPGP server 2.2.27 ready\x00",
        "2.2.27",
        "Debian gpg 2.2.27-2+deb11u2",
    ),
    Sample(
        "usr/bin/gpg",
        b"\x00OpenPGP server 2.4.7 ready\x00",
        "2.4.7",
        "Debian gpg 2.4.7-21+deb13u1+b5",
    ),
    Sample(
        "usr/bin/gpg",
        b"\x00OpenPGP server 2.2.40 ready\x00",
        "2.2.40",
        "Debian gpg 2.2.40-1.1+deb12u2",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
