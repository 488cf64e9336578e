"""Recognise the lighttpd web server."""

from pratique.extractors.programs._program import THREE, Evidence, Program, Sample

NAME = "lighttpd"
VERSION = 1
PROGRAM = Program(
    name="lighttpd",
    names=("lighttpd",),
    evidence=(Evidence(b"lighttpd/", rb"\0lighttpd/" + THREE + rb"(?:\0| )", 48),),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/sbin/lighttpd",
        b"\x00\x00lighttpd/1.4.59\x00\x00",
        "1.4.59",
        "Debian lighttpd 1.4.59-1+deb11u2",
    ),
    Sample(
        "usr/sbin/lighttpd",
        b"\x00\x00lighttpd/1.4.79\x00\x00",
        "1.4.79",
        "Debian lighttpd 1.4.79-2",
    ),
    Sample(
        "lighttpd",
        b"\x00\x00lighttpd/1.4.76\x00\x00",
        "1.4.76",
        "published build lighttpd 1.4.76 (linux-amd64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
