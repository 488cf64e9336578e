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
        # Debian strips the flags from the build information; the variable that they set remains.
        Evidence(b"+ds", rb"\0" + RELEASE + rb"\+ds[0-9]{0,2}\0", 48),
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
    Sample(
        "usr/bin/prometheus",
        b"\x00\x00\x00\x00\x00\x00\x002.24.1+ds\x00\x00",
        "2.24.1",
        "Debian prometheus 2.24.1+ds-1+b7",
    ),
    Sample(
        "usr/bin/prometheus",
        b"go1.19.8\x00\x00\x00\x00\x00\x00\x00\x002.42.0+ds\x00\x00\x00\x00\x00\x00\x00debian/sid\x00",
        "2.42.0",
        "Debian prometheus 2.42.0+ds-5+deb12u1",
    ),
    Sample(
        "usr/bin/prometheus",
        b"go1.24.4\x00\x00\x00\x00\x00\x00\x00\x002.53.3+ds1\x00\x00\x00\x00\x00\x00debian/sid\x00",
        "2.53.3",
        "Debian prometheus 2.53.3+ds1-2",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
