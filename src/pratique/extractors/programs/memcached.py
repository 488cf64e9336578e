"""Recognise the memcached server."""

from pratique.extractors.programs._program import THREE, Evidence, Program, Sample

NAME = "memcached"
VERSION = 1
PROGRAM = Program(
    name="memcached",
    names=("memcached",),
    evidence=(Evidence(b"memcached 1.", rb"\0memcached " + THREE + rb"(?![0-9.])", 48),),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/bin/memcached",
        b"\x00\x00memcached 1.6.9\x00",
        "1.6.9",
        "Debian memcached 1.6.9+dfsg-1",
    ),
    Sample(
        "usr/bin/memcached",
        b"\x00\x00memcached 1.6.38\x00",
        "1.6.38",
        "Debian memcached 1.6.38-1",
    ),
    Sample(
        "memcached",
        b"\x00\x00memcached 1.6.18\x00",
        "1.6.18",
        "published build memcached 1.6.18 (linux-amd64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
