"""Recognise the Perl interpreter or its shared library, by the folder of its library."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "perl"
VERSION = 1
PROGRAM = Program(
    name="perl",
    names=("perl",),
    globs=("perl5.*", "libperl.so*"),
    evidence=(
        Evidence(b"/perl5/5.", rb"/perl5/(?P<version>5\.[0-9]{1,3}\.[0-9]{1,3})(?![0-9.])", 32),
        Evidence(
            b"/share/perl/5.", rb"/share/perl/(?P<version>5\.[0-9]{1,3}\.[0-9]{1,3})(?![0-9.])", 32
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/bin/perl5.32.1",
        b"\x00/share/perl/5.32.1\x00",
        "5.32.1",
        "Debian perl-base 5.32.1-4+deb11u3",
    ),
    Sample(
        "usr/bin/perl5.40.1",
        b"\x00/share/perl/5.40.1\x00",
        "5.40.1",
        "Debian perl-base 5.40.1-6+deb13u1",
    ),
    Sample(
        "usr/bin/perl",
        b"\x00/share/perl/5.36.0\x00",
        "5.36.0",
        "Debian perl-base 5.36.0-7+deb12u2",
    ),
    Sample(
        "perl",
        b"\x00/perl5/5.12.5\x00",
        "5.12.5",
        "published build perl 5.12.5 (linux-amd64)",
    ),
    Sample(
        "perl",
        b"\x00/perl5/5.37.8\x00",
        "5.37.8",
        "published build perl 5.37.8 (linux-amd64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
