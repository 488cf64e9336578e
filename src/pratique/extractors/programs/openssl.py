"""Recognise OpenSSL: the program and its two libraries."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "openssl"
VERSION = 1
PROGRAM = Program(
    name="openssl",
    names=("openssl",),
    globs=("libcrypto.so*", "libssl.so*"),
    evidence=(
        Evidence(
            b"OpenSSL ",
            rb"OpenSSL (?P<version>[0-9]\.[0-9]\.[0-9]{1,2}(?:[a-z]{1,2}|-(?:alpha|beta|pre|rc)[0-9]{1,2})?)(?:-dev)?(?:\+[a-z]+)?(?:[- ]fips)? {1,2}(?:[0-9]{1,2} [A-Z][a-z]{2} |xx XXX )",
            64,
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/bin/openssl",
        b"\x00OpenSSL 1.1.1w  11 Sep \x00",
        "1.1.1w",
        "Debian openssl 1.1.1w-0+deb11u1",
    ),
    Sample(
        "usr/bin/openssl",
        b"\x00OpenSSL 3.5.7 9 Jun \x00",
        "3.5.7",
        "Debian openssl 3.5.7-1~deb13u2",
    ),
    Sample(
        "usr/bin/openssl",
        b"\x00OpenSSL 3.0.19 27 Jan \x00",
        "3.0.19",
        "Debian openssl 3.0.19-1~deb12u2",
    ),
    Sample(
        "openssl",
        b"\x00OpenSSL 1.1.1zb  16 Oct \x00",
        "1.1.1zb",
        "published build openssl 1.1.1zb (linux-arm64)",
    ),
    Sample(
        "openssl",
        b"\x00OpenSSL 3.1.4 24 Oct \x00",
        "3.1.4",
        "published build openssl 3.1.4 (linux-amd64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
