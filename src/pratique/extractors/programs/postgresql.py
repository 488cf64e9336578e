"""Recognise the PostgreSQL server."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "postgresql"
VERSION = 1
PROGRAM = Program(
    name="postgresql",
    names=("postgres",),
    evidence=(
        Evidence(
            b"PostgreSQL ",
            rb"(?:\0|\?|\()PostgreSQL\)? (?P<version>[0-9]{1,2}(?:\.[0-9]{1,3}){0,2}(?:(?:alpha|beta|rc|devel)[0-9]{0,2})?)(?![0-9.])",
            48,
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/lib/postgresql/13/bin/postgres",
        b"\x00\x00PostgreSQL 13.16\x00",
        "13.16",
        "Debian postgresql-13 13.16-0+deb11u1",
    ),
    Sample(
        "usr/lib/postgresql/17/bin/postgres",
        b"\x00\x00PostgreSQL 17.11\x00",
        "17.11",
        "Debian postgresql-17 17.11-0+deb13u1",
    ),
    Sample(
        "postgres",
        b"\x00\x00PostgreSQL 15.1\x00",
        "15.1",
        "published build postgres 15.1 (linux-amd64)",
    ),
    Sample(
        "postgres",
        b"\x00\x00PostgreSQL 15beta4\x00",
        "15beta4",
        "published build postgres 15beta4 (linux-amd64)",
    ),
    Sample(
        "postgres",
        b"\x00?PostgreSQL 9.6.24\x00",
        "9.6.24",
        "published build postgres 9.6.24 (linux-amd64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
