"""Recognise Percona's build of MySQL."""

from pratique.extractors.programs._program import THREE, Evidence, Program, Sample

NAME = "percona_server"
VERSION = 1
PROGRAM = Program(
    name="percona-server",
    names=("mysqld", "mysql"),
    evidence=(
        Evidence(
            b"percona-server-",
            rb"percona-server-(?P<version>[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,5}(?:-[0-9]{1,3})?)/",
            64,
        ),
        Evidence(b"Percona-XtraDB-Cluster-", rb"Percona-XtraDB-Cluster-" + THREE, 64),
        Evidence(b"percona-xtradb-cluster-", rb"percona-xtradb-cluster-" + THREE, 64),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "mysql",
        b"\x00percona-server-8.0.35-27/\x00",
        "8.0.35-27",
        "published build percona-server 8.0.35 (linux-amd64)",
    ),
    Sample(
        "mysql",
        b"\x00Percona-XtraDB-Cluster-8.0.34\x00",
        "8.0.34",
        "published build percona-xtradb-cluster 8.0.34 (linux-amd64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
