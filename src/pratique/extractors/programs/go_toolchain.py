"""Recognise the Go toolchain, by the VERSION file of its root."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "go_toolchain"
VERSION = 1
PROGRAM = Program(
    name="go",
    globs=("go/VERSION", "go-1.*/VERSION", "toolchain@v0.0.1-go*/VERSION"),
    heads=(),
    evidence=(
        Evidence(
            b"go1",
            rb"\A[a-z -]{0,40}go(?P<version>1\.[0-9]{1,3}(?:\.[0-9]{1,3})?(?:(?:beta|rc)[0-9]{1,2})?)(?![0-9.])",
            64,
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/lib/go-1.15/VERSION",
        b"go1.15.15",
        "1.15.15",
        "Debian golang-1.15-go 1.15.15-1~deb11u4",
    ),
    Sample(
        "usr/lib/go-1.24/VERSION",
        b"go1.24.4",
        "1.24.4",
        "Debian golang-1.24-go 1.24.4-1",
    ),
    Sample(
        "usr/local/go/VERSION",
        b"go1.26.8",
        "1.26.8",
        "Go release",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
