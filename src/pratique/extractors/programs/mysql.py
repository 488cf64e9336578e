"""Recognise the MySQL server and client."""

from pratique.extractors.programs._program import THREE, Evidence, Program, Sample

NAME = "mysql"
VERSION = 1
PROGRAM = Program(
    name="mysql",
    names=("mysqld", "mysql"),
    others=(
        b"-MariaDB",
        b"percona-",
        b"mariadb-",
    ),
    evidence=(
        Evidence(
            b"/mysql-",
            rb"/mysql-(?:cluster-gpl-|commercial-|cluster-commercial-)?"
            + THREE
            + rb"(?:-rc|-dmr|-ndb-[0-9.]+)?[/-]",
            96,
        ),
        Evidence(b"mysql_real_esc", rb"\0" + THREE + rb"\0+mysql_real_esc", 64),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "mysqld",
        b"\x00/mysql-cluster-gpl-9.7.0/\x00",
        "9.7.0",
        "published build mysql-cluster 9.7.0 (linux-amd64)",
    ),
    Sample(
        "mysql",
        b"\x00/mysql-5.6.51/\x00",
        "5.6.51",
        "published build mysql 5.6.51 (linux-amd64)",
    ),
    Sample(
        "mysql",
        b"\x00\x008.0.34\x00mysql_real_esc\x00",
        "8.0.34",
        "published build mysql 8.0.34 (linux-amd64)",
    ),
    Sample(
        "mysql",
        b"\x00\x008.0.37\x00\x00\x00\x00\x00\x00\x00mysql_real_esc\x00",
        "8.0.37",
        "published build mysql 8.0.37 (linux-amd64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
