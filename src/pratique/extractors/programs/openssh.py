"""Recognise OpenSSH: server, client and key tools."""

from pratique.extractors.programs._program import Evidence, Program, Sample

NAME = "openssh"
VERSION = 1
PROGRAM = Program(
    name="openssh",
    names=("sshd", "ssh", "sshd-session", "ssh-keygen", "ssh-agent"),
    evidence=(
        Evidence(b"OpenSSH_", rb"OpenSSH_(?P<version>[0-9]{1,2}\.[0-9]{1,2}p[0-9])(?![0-9])", 48),
        Evidence(
            b"OpenSSH_", rb"OpenSSH_(?P<version>[0-9]{1,2}\.[0-9]{1,2}(?:p[0-9])?)(?:\0|[- ])", 48
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "usr/sbin/sshd",
        b"\x00OpenSSH_8.4p1 \x00",
        "8.4p1",
        "Debian openssh-server 1:8.4p1-5+deb11u3",
    ),
    Sample(
        "usr/bin/ssh",
        b"\x00OpenSSH_10.0p2\x00\x00",
        "10.0p2",
        "Debian openssh-client 1:10.0p1-7+deb13u4",
    ),
    Sample(
        "usr/sbin/sshd",
        b"\x00OpenSSH_10.0\x00\x00OpenSSH_10.0p2 Debian\x00",
        "10.0p2",
        "Debian openssh-server 1:10.0p1-7+deb13u4",
    ),
    Sample(
        "usr/bin/ssh",
        b"\x00OpenSSH_9.2p1 \x00",
        "9.2p1",
        "Debian openssh-client 1:9.2p1-2+deb12u6",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
