"""Recognise the Dropbear SSH server and client."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "dropbear"
VERSION = 1
PROGRAM = Program(
    name="dropbear",
    names=("dropbear", "dropbearmulti", "dbclient"),
    evidence=(
        Evidence(
            b"SSH-2.0-dropbear_", rb"SSH-2\.0-dropbear_(?P<version>20[0-9]{2}\.[0-9]{1,3})", 48
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/sbin/dropbear",
        b"\x00SSH-2.0-dropbear_2020.81\x00",
        "2020.81",
        "Debian dropbear-bin 2020.81-3+deb11u2",
    ),
    Sample(
        "usr/sbin/dropbear",
        b"\x00SSH-2.0-dropbear_2025.89\x00",
        "2025.89",
        "Debian dropbear-bin 2025.89-1~deb13u1",
    ),
    Sample(
        "usr/sbin/dropbear",
        b"\x00SSH-2.0-dropbear_2022.83\r\n\x00",
        "2022.83",
        "Debian dropbear-bin 2022.83-1+deb12u3",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
