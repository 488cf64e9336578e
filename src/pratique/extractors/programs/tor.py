"""Recognise the Tor daemon."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "tor"
VERSION = 1
PROGRAM = Program(
    name="tor",
    names=("tor",),
    evidence=(
        Evidence(
            b"Tor ",
            rb"Tor (?P<version>0\.[0-9]\.[0-9]{1,2}\.[0-9]{1,2}(?:-(?:alpha|beta|rc))?)(?![0-9.])",
            64,
        ),
        Evidence(
            b"0.4.", rb"\0(?P<version>0\.4\.[0-9]{1,2}\.[0-9]{1,2}(?:-(?:alpha|beta|rc))?)\0", 48
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/bin/tor",
        b"\x00Tor 0.4.5.16\x00",
        "0.4.5.16",
        "Debian tor 0.4.5.16-1",
    ),
    Sample(
        "usr/bin/tor",
        b"\x00Tor 0.1.2.17\x00",
        "0.1.2.17",
        "Debian tor 0.4.9.11-0+deb13u1",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
