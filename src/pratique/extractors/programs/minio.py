"""
Recognise the MinIO server, by its release tag.

Proved on two builds only, made with the flags of the project: Debian has none, and no third
published build was at hand.
"""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "minio"
VERSION = 1
PROGRAM = Program(
    name="minio",
    names=("minio",),
    evidence=(
        Evidence(
            b"cmd.ReleaseTag=RELEASE.",
            rb"cmd\.ReleaseTag=(?P<version>RELEASE\.[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}-[0-9]{2}-[0-9]{2}Z)",
            64,
        ),
        Evidence(
            b"RELEASE.20",
            rb"(?P<version>RELEASE\.20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}-[0-9]{2}-[0-9]{2}Z)\0",
            64,
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "minio",
        b"\x00RELEASE.2024-03-10T02-53-48Z\x00\x00",
        "RELEASE.2024-03-10T02-53-48Z",
        "built with Go 1.26.8 and the flags of the project",
    ),
    Sample(
        "minio",
        b"\x00RELEASE.2023-09-04T19-57-37Z\x00\x00",
        "RELEASE.2023-09-04T19-57-37Z",
        "built with Go 1.26.8 and the flags of the project",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
