"""Recognise the Tor daemon."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "tor"
VERSION = 1
PROGRAM = Program(
    name="tor",
    names=("tor",),
    evidence=(
        Evidence(
            b" (on Tor ",
            rb" \(on Tor (?P<version>0\.[0-9]\.[0-9]{1,2}\.[0-9]{1,2}(?:-(?:alpha|beta|rc))?) ",
            64,
        ),
        Evidence(b"0.4.", rb"\0(?:tor )?(?P<version>0\.4\.[0-9]{1,2}\.[0-9]{1,2})\0", 48),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/bin/tor",
        b"\x00 (on Tor 0.4.5.16 )\x00",
        "0.4.5.16",
        "Debian tor 0.4.5.16-1",
    ),
    Sample(
        "usr/bin/tor",
        b"not supported by Tor 0.1.2.17 and later\x00 (on Tor 0.4.9.11 )\x00",
        "0.4.9.11",
        "Debian tor 0.4.9.11-0+deb13u1",
    ),
    Sample(
        "usr/bin/tor",
        b"\x00 (on Tor 0.4.8.14 )\x00",
        "0.4.8.14",
        "Debian tor 0.4.8.14-1~bpo12+1",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
