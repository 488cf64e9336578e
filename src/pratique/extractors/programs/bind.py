"""Recognise the BIND name server."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "bind"
VERSION = 1
PROGRAM = Program(
    name="bind",
    names=("named",),
    globs=("libdns-9*.so", "libisc-9*.so"),
    evidence=(
        Evidence(
            b"BIND ", rb"BIND (?P<version>9\.[0-9]{1,2}\.[0-9]{1,3}(?:-S[0-9])?)(?![0-9])", 64
        ),
        Evidence(
            b"9.",
            rb"\0(?P<version>9\.(?:9|1[0-9]|2[0-9])\.[0-9]{1,3})(?:-P[0-9])?(?:-[0-9]{1,3}[-+~A-Za-z0-9.]{1,40})?\0",
            48,
        ),
        # The libraries of 9.18 state their version in their own names alone.
        Evidence(
            b"\0libisc-9.",
            rb"\0libisc-(?P<version>9\.[0-9]{1,2}\.[0-9]{1,3})(?:-[-+~A-Za-z0-9.]{1,40})?\.so\0",
            64,
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/sbin/named",
        b"\x00BIND 9.16.50\x00",
        "9.16.50",
        "Debian bind9 1:9.16.50-1~deb11u2",
    ),
    Sample(
        "usr/sbin/named",
        b"\x00BIND 9.20.26\x00",
        "9.20.26",
        "Debian bind9 1:9.20.26-1~deb13u1",
    ),
    Sample(
        "usr/sbin/named",
        b"\x00named version: BIND 9.18.49-1~deb12u1-Debian\x00",
        "9.18.49",
        "Debian bind9 1:9.18.49-1~deb12u1",
    ),
    Sample(
        "usr/lib/x86_64-linux-gnu/libisc-9.18.49-1~deb12u1-Debian.so",
        b"\x00libisc-9.18.49-1~deb12u1-Debian.so\x00GLIBC_2.3\x00",
        "9.18.49",
        "Debian bind9-libs 1:9.18.49-1~deb12u1",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
