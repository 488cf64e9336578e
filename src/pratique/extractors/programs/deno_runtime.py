"""Recognise the Deno JavaScript runtime."""

from pratique.extractors.programs._program import THREE, Evidence, Program, Sample

NAME = "deno_runtime"
VERSION = 1
PROGRAM = Program(
    name="deno",
    names=("deno",),
    evidence=(
        Evidence(b"Deno/", rb"(?<!-)Deno/" + THREE + rb"(?=Deno/|cli/|\+)", 48),
        Evidence(b"Deno/", rb"(?<!-)Deno/" + THREE + rb"(?![0-9.])", 48),
        Evidence(b"release/v", rb"deno-[0-9a-f]{40}release/v" + THREE, 96),
        Evidence(b"deno-", rb"deno-(?:canary/)?[0-9a-f]{40}" + THREE, 96),
        Evidence(
            b"DENO_UNSTABLE",
            rb"(?<![0-9.])(?P<version>[0-9]{1,2}\.[0-9]{1,3}\.[0-9])[0-9a-f]{40}DENO_UNSTABLE",
            96,
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "deno-2.9.8.data/scripts/deno",
        b"\x00Deno/2.9.8\x00",
        "2.9.8",
        "PyPI deno 2.9.8",
    ),
    Sample(
        "deno",
        b"\x001.10.31567c1013cc8ff12cf039137792da66a1d0015b5DENO_UNSTABLE\x00",
        "1.10.3",
        "published build deno 1.10.3 (linux-amd64)",
    ),
    Sample(
        "deno",
        b"\x00deno-ab286750a8c87215a9651efb11fcc620f29140051.16.4\x00",
        "1.16.4",
        "published build deno 1.16.4 (linux-amd64)",
    ),
    Sample(
        "deno",
        b"\x00Deno/1.41.0\x00",
        "1.41.0",
        "published build deno 1.41.0 (linux-amd64)",
    ),
    Sample(
        "deno",
        b"\x00Deno/2.9.2\x00",
        "2.9.2",
        "published build deno 2.9.2 (linux-amd64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
