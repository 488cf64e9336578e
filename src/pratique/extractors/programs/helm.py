"""Recognise Helm."""

from pratique.extractors.programs._program import RELEASE, Evidence, Program, Sample

NAME = "helm"
VERSION = 1
PROGRAM = Program(
    name="helm",
    names=("helm",),
    module=b"helm.sh/helm",
    evidence=(
        Evidence(b"internal/version.version=", rb"internal/version\.version=v?" + RELEASE, 110),
        Evidence(b"pkg/version.Version=", rb"pkg/version\.Version=v?" + RELEASE, 110),
        Evidence(
            b"",
            rb"(?<![0-9A-Za-z.])v(?P<version>[0-9]{1,2}\.[0-9]{1,3}\.[0-9]{1,3}(?:-(?:alpha|beta|rc)\.[0-9]{1,2})?)\0",
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "helm",
        b"\x00v2.0.0-beta.2\x00\x00",
        "2.0.0-beta.2",
        "published build helm 2.0.0-beta.2 (linux-amd64)",
    ),
    Sample(
        "helm",
        b"\x00v2.17.0-rc.1\x00\x00",
        "2.17.0-rc.1",
        "published build helm 2.17.0-rc.1 (linux-amd64)",
    ),
    Sample(
        "helm",
        b"\x00v3.10.3\x00\x00",
        "3.10.3",
        "published build helm 3.10.3 (linux-amd64)",
    ),
    Sample(
        "helm",
        b"\x00v3.12.0\x00\x00",
        "3.12.0",
        "published build helm 3.12.0 (linux-s390x)",
    ),
    Sample(
        "helm",
        b"\x00v4.1.4\x00\x00",
        "4.1.4",
        "published build helm 4.1.4 (linux-s390x)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
