"""Recognise the vsftpd server."""

from pratique.extractors.programs._program import THREE, Evidence, Program, Sample

NAME = "vsftpd"
VERSION = 1
PROGRAM = Program(
    name="vsftpd",
    names=("vsftpd",),
    evidence=(
        Evidence(b"vsftpd: version ", rb"vsftpd: version " + THREE + rb"\n?\0", 48),
        Evidence(b"(vsFTPd ", rb"\(vsFTPd " + THREE + rb"\)", 48),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/sbin/vsftpd",
        b"\x00vsftpd: version 3.0.3\n\x00\x00",
        "3.0.3",
        "Debian vsftpd 3.0.3-12+b1",
    ),
    Sample(
        "usr/sbin/vsftpd",
        b"\x00vsftpd: version 3.0.5\n\x00\x00",
        "3.0.5",
        "Debian vsftpd 3.0.5-0.2",
    ),
    Sample(
        "usr/sbin/vsftpd",
        b"\x00vsftpd: version 3.0.3\n\x00",
        "3.0.3",
        "Debian vsftpd 3.0.3-13+b2",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
