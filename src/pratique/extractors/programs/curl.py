"""Recognise curl, the command and its library."""

from pratique.extractors.programs._program import THREE, Evidence, Program, Sample

NAME = "curl"
VERSION = 1
PROGRAM = Program(
    name="curl",
    names=("curl",),
    globs=("libcurl.so*", "libcurl-gnutls.so*"),
    evidence=(
        Evidence(b"curl ", rb"(?:\0|CLIENT lib)curl " + THREE + rb"(?: \(|\0|[^0-9.-])", 48),
        Evidence(b"libcurl/", rb"libcurl/" + THREE + rb"(?:-DEV)?(?![0-9.])", 48),
        Evidence(b"curl/", rb"\0curl/" + THREE + rb"\0", 48),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/lib/x86_64-linux-gnu/libcurl.so.4.7.0",
        b"\x00CLIENT libcurl 7.74.0\r\x00",
        "7.74.0",
        "Debian libcurl4 7.74.0-1.3+deb11u13",
    ),
    Sample(
        "usr/lib/x86_64-linux-gnu/libcurl.so.4.8.0",
        b"\x00CLIENT libcurl 8.14.1\r\x00",
        "8.14.1",
        "Debian libcurl4t64 8.14.1-2+deb13u5",
    ),
    Sample(
        "usr/bin/curl",
        b"\x00\x00curl 7.88.1 (\x00",
        "7.88.1",
        "Debian curl 7.88.1-10+deb12u14",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
