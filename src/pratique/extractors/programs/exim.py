"""Recognise the Exim mail server."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "exim"
VERSION = 1
PROGRAM = Program(
    name="exim",
    names=("exim", "exim4"),
    evidence=(
        Evidence(
            b"<<eximversion>>",
            rb"<<eximcnumber>>\0(?P<version>4\.[0-9]{2,3}(?:\.[0-9]{1,2})?(?:-RC[0-9])?)\0<<eximversion>>",
            64,
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/sbin/exim4",
        b"\x00<<eximcnumber>>\x004.94.2\x00<<eximversion>>\x00",
        "4.94.2",
        "Debian exim4-daemon-light 4.94.2-7+deb11u3",
    ),
    Sample(
        "usr/sbin/exim4",
        b"\x00<<eximcnumber>>\x004.98.2\x00<<eximversion>>\x00",
        "4.98.2",
        "Debian exim4-daemon-light 4.98.2-1+deb13u4",
    ),
    Sample(
        "usr/sbin/exim4",
        b"\x00<<eximcnumber>>\x004.96\x00<<eximversion>>\x00",
        "4.96",
        "Debian exim4-daemon-light 4.96-15+deb12u10",
    ),
    Sample(
        "usr/sbin/exim4",
        b"\x00<<eximcnumber>>\x004.100.1\x00<<eximversion>>\x00",
        "4.100.1",
        "Debian exim4-daemon-light 4.100.1-4",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
