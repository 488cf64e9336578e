"""Recognise the Dovecot mail server."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "dovecot"
VERSION = 1
PROGRAM = Program(
    name="dovecot",
    names=("dovecot",),
    globs=("libdovecot.so*",),
    evidence=(
        Evidence(
            b"Dovecot v", rb"Dovecot v(?P<version>2\.[0-9]{1,2}\.[0-9]{1,3}(?:\.[0-9]{1,2})?)", 64
        ),
        Evidence(
            b" (", rb"\0(?P<version>2\.[0-9]\.[0-9]{1,3}(?:\.[0-9]{1,2})?) \([0-9a-f]{8,12}\)\0", 48
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/sbin/dovecot",
        b"\x00Dovecot v2.3.13\x00",
        "2.3.13",
        "Debian dovecot-core 1:2.3.13+dfsg1-2+deb11u1",
    ),
    Sample(
        "usr/sbin/dovecot",
        b"\x00Dovecot v2.4.1\x00",
        "2.4.1",
        "Debian dovecot-core 1:2.4.1+dfsg1-6+deb13u6",
    ),
    Sample(
        "usr/lib/dovecot/libdovecot.so.0.0.0",
        b"\x00\x00\x00\x002.3.19.1 (9b53102964)\x00\x00",
        "2.3.19.1",
        "Debian dovecot-core 1:2.3.19.1+dfsg1-2.1+deb12u6",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
