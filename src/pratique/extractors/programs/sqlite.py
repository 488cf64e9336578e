"""Recognise SQLite: the program and its library."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "sqlite"
VERSION = 1
PROGRAM = Program(
    name="sqlite",
    names=("sqlite3",),
    globs=("libsqlite3.so*",),
    evidence=(
        Evidence(b"", rb"(?<![0-9A-Za-z.])(?P<version>3\.[0-9]{1,2}\.[0-9]{1,2}(?:\.[0-9])?)\0"),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/lib/x86_64-linux-gnu/libsqlite3.so.0.8.6",
        b"\x003.34.1\x00\x00",
        "3.34.1",
        "Debian libsqlite3-0 3.34.1-3",
    ),
    Sample(
        "usr/lib/x86_64-linux-gnu/libsqlite3.so.0.8.6",
        b"\x003.46.1\x00\x00",
        "3.46.1",
        "Debian libsqlite3-0 3.46.1-7+deb13u2",
    ),
    Sample(
        "usr/lib/x86_64-linux-gnu/libsqlite3.so.0.8.6",
        b"\x003.40.1\x00\x00",
        "3.40.1",
        "Debian libsqlite3-0 3.40.1-2+deb12u2",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
