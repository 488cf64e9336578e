"""Recognise the PgBouncer connection pooler."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "pgbouncer"
VERSION = 1
PROGRAM = Program(
    name="pgbouncer",
    names=("pgbouncer",),
    evidence=(
        Evidence(b"PgBouncer ", rb"PgBouncer (?P<version>1\.[0-9]{1,2}\.[0-9]{1,2})(?![0-9.])", 64),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/sbin/pgbouncer",
        b"\x00PgBouncer 1.15.0\x00",
        "1.15.0",
        "Debian pgbouncer 1.15.0-1",
    ),
    Sample(
        "usr/sbin/pgbouncer",
        b"\x00PgBouncer 1.24.1\x00",
        "1.24.1",
        "Debian pgbouncer 1.24.1-1+deb13u2",
    ),
    Sample(
        "usr/sbin/pgbouncer",
        b"\x00PgBouncer 1.18.0\x00",
        "1.18.0",
        "Debian pgbouncer 1.18.0-1+deb12u1",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
