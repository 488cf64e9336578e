"""Recognise the Mosquitto MQTT broker."""

from pratique.extractors.programs._program import THREE, Evidence, Program, Sample

NAME = "mosquitto"
VERSION = 1
PROGRAM = Program(
    name="mosquitto",
    names=("mosquitto",),
    evidence=(
        Evidence(
            b"mosquitto version ",
            rb"\0(?P<version>[12]\.[0-9]{1,2}\.[0-9]{1,2}[a-z]?)\0mosquitto version %s",
            64,
        ),
        Evidence(b"mosquitto version ", rb"mosquitto version " + THREE + rb"(?![0-9.])", 64),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/sbin/mosquitto",
        b"\x00\x002.0.11\x00mosquitto version %s\x00",
        "2.0.11",
        "Debian mosquitto 2.0.11-1+deb11u1",
    ),
    Sample(
        "usr/sbin/mosquitto",
        b"\x00\x002.0.21\x00mosquitto version %s\x00",
        "2.0.21",
        "Debian mosquitto 2.0.21-1",
    ),
    Sample(
        "usr/sbin/mosquitto",
        b"\x002.1.2\x00mosquitto version %s\n\n\x00",
        "2.1.2",
        "Debian mosquitto 2.1.2-3",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
