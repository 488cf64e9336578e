"""Recognise the Varnish HTTP cache."""

from pratique.extractors.programs._program import THREE, Evidence, Program, Sample

NAME = "varnish"
VERSION = 1
PROGRAM = Program(
    name="varnish",
    names=("varnishd",),
    evidence=(Evidence(b"varnish-", rb"varnish-" + THREE + rb" revision ", 64),),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/sbin/varnishd",
        b"\x00varnish-6.5.1 revision \x00",
        "6.5.1",
        "Debian varnish 6.5.1-1+deb11u3",
    ),
    Sample(
        "usr/sbin/varnishd",
        b"\x00varnish-7.7.0 revision \x00",
        "7.7.0",
        "Debian varnish 7.7.0-3+deb13u1",
    ),
    Sample(
        "usr/sbin/varnishd",
        b"\x00varnish-7.1.1 revision 7cee1c581bead20e",
        "7.1.1",
        "Debian varnish 7.1.1-2+deb12u1",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
