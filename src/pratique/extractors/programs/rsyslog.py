"""Recognise the rsyslog daemon."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "rsyslog"
VERSION = 1
PROGRAM = Program(
    name="rsyslog",
    names=("rsyslogd",),
    evidence=(
        Evidence(
            b"rsyslogd ", rb"rsyslogd? (?P<version>8\.[0-9]{1,4}\.[0-9]{1,2}(?:\.master)?)", 64
        ),
        Evidence(b"x-info=", rb"\0(?P<version>8\.[0-9]{1,4}\.[0-9]{1,2})\0", 200),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/sbin/rsyslogd",
        b"\x00rsyslogd 8.2102.0\x00",
        "8.2102.0",
        "Debian rsyslog 8.2102.0-2+deb11u1",
    ),
    Sample(
        "usr/sbin/rsyslogd",
        b"\x00rsyslogd 8.2504.0\x00",
        "8.2504.0",
        "Debian rsyslog 8.2504.0-1+deb13u2",
    ),
    Sample(
        "usr/sbin/rsyslogd",
        b"\x00rsyslogd 8.2302.0 runtime debug",
        "8.2302.0",
        "Debian rsyslog 8.2302.0-1+deb12u1",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
