"""Recognise the Julia runtime."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "julia_runtime"
VERSION = 1
PROGRAM = Program(
    name="julia",
    globs=("libjulia-internal.so*",),
    evidence=(
        Evidence(
            b"branch\x00",
            rb"(?<![0-9.])(?P<version>[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,5}(?:-(?:alpha|beta|rc)[0-9]{1,2})?)\0(?:verify_methods\0)?branch\0",
            96,
        ),
        Evidence(
            b"julia version",
            rb"(?<![0-9.])(?P<version>[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,5}(?:-(?:alpha|beta|rc)[0-9]{1,2})?)\0(?:verify_methods\0)?julia version",
            96,
        ),
        Evidence(
            b"BigInt\x00",
            rb"(?<![0-9.])(?P<version>[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,5}(?:-(?:alpha|beta|rc)[0-9]{1,2})?)\0(?:verify_methods\0)?BigInt\0",
            96,
        ),
        Evidence(
            b"verify_methods\x00",
            rb"(?<![0-9.])(?P<version>[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,5}(?:-(?:alpha|beta|rc)[0-9]{1,2})?)\0(?:verify_methods\0)?verify_methods\0",
            96,
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "libjulia-internal.so",
        b"\x001.10.11\x00verify_methods\x00\x00",
        "1.10.11",
        "published build julia 1.10.11 (linux-amd64)",
    ),
    Sample(
        "libjulia-internal.so",
        b"\x001.11.9\x00branch\x00\x00",
        "1.11.9",
        "published build julia 1.11.9 (linux-amd64)",
    ),
    Sample(
        "libjulia-internal.so",
        b"\x001.13.0-alpha2\x00branch\x00\x00",
        "1.13.0-alpha2",
        "published build julia 1.13.0-alpha2 (linux-amd64)",
    ),
    Sample(
        "libjulia-internal.so",
        b"\x001.13.0-beta3\x00branch\x00\x00",
        "1.13.0-beta3",
        "published build julia 1.13.0-beta3 (linux-amd64)",
    ),
    Sample(
        "libjulia-internal.so",
        b"\x001.9.0-alpha1\x00BigInt\x00\x00",
        "1.9.0-alpha1",
        "published build julia 1.9.0-alpha1 (linux-amd64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
