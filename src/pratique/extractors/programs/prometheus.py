"""Recognise the Prometheus server, by the version its linker was given."""

from pratique.extractors.programs._program import RELEASE, Evidence, Program, Sample

NAME = "prometheus"
VERSION = 1
PROGRAM = Program(
    name="prometheus",
    names=("prometheus",),
    evidence=(
        Evidence(
            b"common/version.Version=", rb"prometheus/common/version\.Version=v?" + RELEASE, 110
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "prometheus",
        b"\x00prometheus/common/version.Version=2.53.1\x00",
        "2.53.1",
        "built with Go 1.26.8 and the flags of the project",
    ),
    Sample(
        "prometheus",
        b"\x00prometheus/common/version.Version=2.45.0\x00",
        "2.45.0",
        "built with Go 1.26.8 and the flags of the project",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
