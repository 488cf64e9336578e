"""Recognise MIT Kerberos 5, by its library."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "krb5"
VERSION = 1
PROGRAM = Program(
    name="krb5",
    globs=("libkrb5.so*",),
    evidence=(
        Evidence(
            b"KRB5_BRAND: krb5-",
            rb"KRB5_BRAND: krb5-[^\s\0]{1,30} (?P<version>1\.[0-9]{1,2}(?:\.[0-9]{1,2})?)[ \0]",
            96,
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/lib/x86_64-linux-gnu/libkrb5.so.3.3",
        b"\x00KRB5_BRAND: krb5-1.18.3-final 1.18.3 \x00",
        "1.18.3",
        "Debian libkrb5-3 1.18.3-6+deb11u5",
    ),
    Sample(
        "usr/lib/x86_64-linux-gnu/libkrb5.so.3.3",
        b"\x00KRB5_BRAND: krb5-1.21.3-final 1.21.3 \x00",
        "1.21.3",
        "Debian libkrb5-3 1.21.3-5+deb13u1",
    ),
    Sample(
        "usr/lib/x86_64-linux-gnu/libkrb5.so.3.3",
        b"\x00KRB5_BRAND: krb5-1.20.1-final 1.20.1 \x00",
        "1.20.1",
        "Debian libkrb5-3 1.20.1-2+deb12u3",
    ),
    Sample(
        "libkrb5.so.3.3",
        b"\x00KRB5_BRAND: krb5-1.17-final 1.17 \x00",
        "1.17",
        "published build krb5 1.17 (linux-amd64)",
    ),
    Sample(
        "libkrb5.so.3.3",
        b"\x00KRB5_BRAND: krb5-1.18.4-final 1.18.4 \x00",
        "1.18.4",
        "published build krb5 1.18.4 (linux-amd64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
