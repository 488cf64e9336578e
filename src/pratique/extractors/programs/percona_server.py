"""
Recognise Percona's build of MySQL.

Proved on the words of published builds as others quote them, not on whole files: Debian has none.
"""

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
    Sample(
        "usr/sbin/mysqld",
        b"/rpmbuild/BUILD/percona-server-8.0.26-16/percona-server-8.0.26-16/storage/innobase/eval/eval0eval.cc\x00",
        "8.0.26-16",
        "published build percona-server 8.0.26-16 (RPM), from a backtrace of it",
    ),
    Sample(
        "usr/sbin/mysqld",
        b"/rpmbuild/BUILD/percona-server-5.7.28-31/percona-server-5.7.28-31/storage/innobase/btr/btr0sea.cc\x00",
        "5.7.28-31",
        "published build percona-server 5.7.28-31 (RPM), from its InnoDB status",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
