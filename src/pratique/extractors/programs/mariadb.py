"""Recognise the MariaDB server and client."""

from pratique.extractors.programs._program import THREE, Evidence, Program, Sample

NAME = "mariadb"
VERSION = 1
PROGRAM = Program(
    name="mariadb",
    names=("mariadbd", "mariadb", "mysqld", "mysql"),
    evidence=(
        Evidence(b"-MariaDB", rb"(?<![0-9.])" + THREE + rb"-MariaDB", 48),
        Evidence(b"mariadb-", rb"/mariadb-" + THREE + rb"-", 48),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/sbin/mariadbd",
        b"\x0010.5.23-MariaDB\x00",
        "10.5.23",
        "Debian mariadb-server-core-10.5 1:10.5.23-0+deb11u1",
    ),
    Sample(
        "usr/bin/mariadb",
        b"\x0011.8.6-MariaDB\x00",
        "11.8.6",
        "Debian mariadb-client-core 1:11.8.6-0+deb13u1",
    ),
    Sample(
        "mariadb",
        b"\x0010.6.15-MariaDB\x00",
        "10.6.15",
        "published build mariadb 10.6.15 (linux-amd64)",
    ),
    Sample(
        "mariadb",
        b"\x00/mariadb-11.8.5-\x00",
        "11.8.5",
        "published build mariadb 11.8.5 (linux-amd64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
