"""Recognise the HAProxy load balancer."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "haproxy"
VERSION = 1
PROGRAM = Program(
    name="haproxy",
    names=("haproxy",),
    evidence=(
        Evidence(
            b"HA-Proxy version ",
            rb"HA-Proxy version (?P<version>[0-9]\.[0-9]{1,2}(?:\.|-dev|-rc)[0-9]{1,3})",
            64,
        ),
        Evidence(
            b", released ",
            rb"[Vv]ersion (?P<version>[0-9]\.[0-9]{1,2}(?:\.|-dev|-rc)[0-9]{1,3})[-+0-9a-z.~]{0,60}, released ",
            110,
        ),
        Evidence(
            b"HAProxy version ",
            rb"(?:\0|HAProxy version )(?P<version>[0-9]\.[0-9]{1,2}(?:\.|-dev|-rc)[0-9]{1,3})(?:[-+][-+0-9A-Za-z.~]{1,60})?(?:\0| )",
            110,
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/sbin/haproxy",
        b"\x00version 2.2.9-2+deb11u6, released \x00",
        "2.2.9",
        "Debian haproxy 2.2.9-2+deb11u6",
    ),
    Sample(
        "usr/sbin/haproxy",
        b"\x00version 3.0.11-1+deb13u3, released \x00",
        "3.0.11",
        "Debian haproxy 3.0.11-1+deb13u3",
    ),
    Sample(
        "haproxy",
        b"\x00HA-Proxy version 1.8.22\x00",
        "1.8.22",
        "published build haproxy 1.8.22 (linux-amd64)",
    ),
    Sample(
        "haproxy",
        b"\x00version 2.0.0, released \x00",
        "2.0.0",
        "published build haproxy 2.0.0 (linux-amd64)",
    ),
    Sample(
        "haproxy",
        b"\x00\x003.1-dev0-1eb0f22\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00HAProxy version follows\x00\x80\x00",
        "3.1-dev0",
        "published build haproxy 3.1-dev0 (linux-amd64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
