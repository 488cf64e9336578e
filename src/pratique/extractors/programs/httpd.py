"""Recognise the Apache HTTP server."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "httpd"
VERSION = 1
PROGRAM = Program(
    name="httpd",
    names=("httpd", "apache2"),
    evidence=(
        Evidence(b"Apache/", rb"\0Apache/(?P<version>[0-9]\.[0-9]{1,2}\.[0-9]{1,3})(?![0-9])", 48),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/sbin/apache2",
        b"\x00\x00Apache/2.4.62\x00",
        "2.4.62",
        "Debian apache2-bin 2.4.62-1~deb11u1",
    ),
    Sample(
        "usr/sbin/apache2",
        b"\x00\x00Apache/2.4.68\x00",
        "2.4.68",
        "Debian apache2-bin 2.4.68-1~deb13u1",
    ),
    Sample(
        "httpd",
        b"\x00\x00Apache/2.4.54\x00",
        "2.4.54",
        "published build httpd 2.4.54 (linux-amd64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
