"""Recognise the Valkey server."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "valkey"
VERSION = 1
PROGRAM = Program(
    name="valkey",
    names=("valkey-server", "valkey-sentinel", "valkey-check-rdb", "redis-server"),
    evidence=(
        Evidence(
            b"valkey",
            rb"valkey\0?(?P<version>[0-9]{1,2}\.[0-9]{1,3}\.[0-9]{1,3})(?:[0-9a-f]{12}-|[a-z][A-Za-z0-9_.-]{0,60}-)?[0-9]{10}[01][0-9a-f]{8}\0",
            110,
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/bin/valkey-check-rdb",
        b"\x00valkey8.1.11774773269000000000\x00\x00",
        "8.1.1",
        "Debian valkey-tools 8.1.1+dfsg1-3+deb13u2",
    ),
    Sample(
        "valkey-server",
        b"\x00valkey9.0.0buildkitsandbox-1764887574000000000\x00\x00",
        "9.0.0",
        "published build valkey-server 9.0.0 (linux-amd64)",
    ),
    Sample(
        "usr/bin/valkey-check-rdb",
        b"\x00valkey8.0.11734714178000000000\x00",
        "8.0.1",
        "Debian valkey-tools 8.0.1+dfsg1-1~bpo12+1",
    ),
    Sample(
        "usr/bin/valkey-check-rdb",
        b"\x00valkey9.1.21789267002000000000\x00",
        "9.1.2",
        "Debian valkey-tools 9.1.2-1",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
