"""Recognise OpenLDAP: server and client tools."""

from pratique.extractors.programs._program import THREE, Evidence, Program, Sample

NAME = "openldap"
VERSION = 1
PROGRAM = Program(
    name="openldap",
    names=("slapd", "ldapsearch"),
    evidence=(Evidence(b"$OpenLDAP: ", rb"\$OpenLDAP: (?:slapd|ldapsearch) " + THREE, 64),),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/sbin/slapd",
        b"\x00$OpenLDAP: slapd 2.4.57\x00",
        "2.4.57",
        "Debian slapd 2.4.57+dfsg-3+deb11u1",
    ),
    Sample(
        "usr/sbin/slapd",
        b"\x00$OpenLDAP: slapd 2.6.10\x00",
        "2.6.10",
        "Debian slapd 2.6.10+dfsg-1",
    ),
    Sample(
        "usr/sbin/slapd",
        b"\x00@(#) $OpenLDAP: slapd 2.5.13+dfsg-5 (",
        "2.5.13",
        "Debian slapd 2.5.13+dfsg-5",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
