"""Recognise the Redis server."""

from pratique.extractors.programs._program import THREE, Evidence, Program, Sample

NAME = "redis"
VERSION = 1
PROGRAM = Program(
    name="redis",
    names=("redis-server", "redis-sentinel", "redis-check-rdb"),
    others=(b"valkey",),
    evidence=(
        Evidence(
            b"-builtin\x00",
            rb"\0(?P<version>[0-9]{1,2}\.[0-9]{1,3}\.[0-9]{1,3})\0(?:[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{1,2}\0)?(?:c11|atomic|sync)-builtin\0",
            48,
        ),
        Evidence(b"Redis version ", rb"Redis version " + THREE, 64),
        Evidence(
            b"000000000\x00",
            rb"(?<![0-9.])(?P<version>[0-9]{1,2}\.[0-9]{1,3}\.[0-9]{1,3})[0-9a-f]{12}-[0-9]{10}[01]?[0-9a-f]{8,9}\0",
            110,
        ),
        Evidence(
            b"000000000\x00",
            rb"(?<![0-9.])(?P<version>[0-9]{1,2}\.[0-9]{1,3}\.[0-9]{1,3})[a-z][A-Za-z0-9_.-]{0,60}-[0-9]{10}[01]?[0-9a-f]{8,9}\0",
            110,
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/bin/redis-check-rdb",
        b"\x00\x006.0.16\x00atomic-builtin\x00\x00",
        "6.0.16",
        "Debian redis-tools 5:6.0.16-1+deb11u2",
    ),
    Sample(
        "usr/bin/redis-check-rdb",
        b"\x00\x008.0.2\x0014.2.0\x00c11-builtin\x00\x00",
        "8.0.2",
        "Debian redis-tools 5:8.0.2-3+deb13u2",
    ),
    Sample(
        "redis-server",
        b"\x004.0.11841ce7054bd9-1542359302000000000\x00\x00",
        "4.0.11",
        "published build redis-server 4.0.11 (linux-amd64)",
    ),
    Sample(
        "redis-server",
        b"\x007.0.0e11381fbd8bd-1653733480000000000\x00\x00",
        "7.0.0",
        "published build redis-server 7.0.0 (linux-amd64)",
    ),
    Sample(
        "redis-server",
        b"\x007.2.5buildkitsandbox-1725496002000000000\x00\x00",
        "7.2.5",
        "published build redis-server 7.2.5 (linux-386)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
