"""
Recognise Zstandard, the program and its library.

The library where its name and its bytes tell one version.
"""

from pratique.extractors.programs._program import THREE, Evidence, Program, Sample

NAME = "zstd"
VERSION = 1
PROGRAM = Program(
    name="zstd",
    names=("zstd",),
    globs=("libzstd.so.*",),
    series=rb"(?:zstd|libzstd\.so\.(?P<series>[0-9.]{1,20}))\Z",
    evidence=(
        Evidence(b"Zstandard CLI", rb"\0v" + THREE + rb"\0Zstandard CLI", 64),
        Evidence(b"Yann Collet", rb"\0v?" + THREE + rb"\0.{0,80}Yann Collet", 96),
        Evidence(
            b"{series}\x00", rb"(?<![0-9.])(?P<version>(?={series})1\.[0-9]{1,2}\.[0-9]{1,2})\0", 32
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/bin/zstd",
        b"\x00\x00v1.4.8\x00zstd command line interface\x00*** %s %i-bits %s, by %s ***\n\x00Yann Collet\x00",
        "1.4.8",
        "Debian zstd 1.4.8+dfsg-2.1",
    ),
    Sample(
        "usr/bin/zstd",
        b"\x00\x00v1.5.7\x00Zstandard CLI\x00",
        "1.5.7",
        "Debian zstd 1.5.7+dfsg-1",
    ),
    Sample(
        "usr/bin/zstd",
        b"\x00\x00v1.5.4\x00Zstandard CLI\x00",
        "1.5.4",
        "Debian zstd 1.5.4+dfsg2-5",
    ),
    Sample(
        "zstd",
        b"\x00\x00v1.5.6\x00Zstandard CLI\x00",
        "1.5.6",
        "published build zstd 1.5.6 (linux-amd64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
