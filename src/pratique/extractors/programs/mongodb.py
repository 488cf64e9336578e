"""Recognise the MongoDB server."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "mongodb"
VERSION = 1
PROGRAM = Program(
    name="mongodb",
    names=("mongod", "mongos"),
    evidence=(
        Evidence(
            b"tcmalloc",
            rb"\0(?P<version>[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,5}(?:-(?:rc|alpha|beta)[0-9]{1,3})?)\0+tcmalloc\0",
            48,
        ),
        Evidence(
            b"heap_size",
            rb"\0(?P<version>[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,5}(?:-(?:rc|alpha|beta)[0-9]{1,3})?)\0+heap_size\0",
            48,
        ),
        Evidence(
            b"cppdefines",
            rb"\0(?P<version>[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,5}(?:-(?:rc|alpha|beta)[0-9]{1,3})?)\0+cppdefines\0",
            48,
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "mongod",
        b"\x00\x004.4.30\x00tcmalloc\x00\x00",
        "4.4.30",
        "published build mongodb 4.4.30 (linux-amd64)",
    ),
    Sample(
        "mongod",
        b"\x00\x005.0.32\x00tcmalloc\x00\x00",
        "5.0.32",
        "published build mongodb 5.0.32 (linux-amd64)",
    ),
    Sample(
        "mongod",
        b"\x00\x006.0.27\x00tcmalloc\x00\x00",
        "6.0.27",
        "published build mongodb 6.0.27 (linux-amd64)",
    ),
    Sample(
        "mongod",
        b"\x00\x007.0.28\x00heap_size\x00\x00",
        "7.0.28",
        "published build mongodb 7.0.28 (linux-amd64)",
    ),
    Sample(
        "mongod",
        b"\x00\x008.0.17\x00cppdefines\x00\x00",
        "8.0.17",
        "published build mongodb 8.0.17 (linux-amd64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
