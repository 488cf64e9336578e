"""Recognise Rust's standard library as a shared library."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "rust_std"
VERSION = 1
PROGRAM = Program(
    name="rust",
    globs=("libstd-*.so",),
    evidence=(
        Evidence(
            b"rustc version ",
            rb"\(rustc version (?P<version>[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,5}(?:-(?:beta\.[0-9]{1,2}|nightly))?) \(?",
            64,
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "libstd-d1237ef7159db0a2.so",
        b"\x00(rustc version 1.95.0 (\x00",
        "1.95.0",
        "rustup toolchain",
    ),
    Sample(
        "libstd-ac9480c40695dcba.so",
        b"\x00(rustc version 1.97.0-nightly (\x00",
        "1.97.0-nightly",
        "rustup toolchain",
    ),
    Sample(
        "libstd-86aefecbddda356d.so",
        b"\x00(rustc version 1.67.1 (\x00",
        "1.67.1",
        "published build rust-libstd-musl 1.67.1 (linux-amd64)",
    ),
    Sample(
        "libstd-6f77337c1826707d.so",
        b"\x00(rustc version 1.50.0 (\x00",
        "1.50.0",
        "published build rust-libstd 1.50.0 (linux-amd64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
