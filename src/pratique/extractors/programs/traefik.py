"""Recognise the Traefik proxy, by the version its linker was given."""

from pratique.extractors.programs._program import RELEASE, Evidence, Program, Sample

NAME = "traefik"
VERSION = 1
PROGRAM = Program(
    name="traefik",
    names=("traefik",),
    module=b"github.com/traefik/traefik",
    evidence=(
        Evidence(
            b"/version.Version=",
            rb"traefik/(?:traefik|containous/traefik)?/?(?:v[0-9]/)?pkg/version\.Version=v?"
            + RELEASE,
            110,
        ),
        Evidence(b"", rb"(?<![0-9A-Za-z.])v?" + RELEASE + rb"\0"),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "traefik",
        b"\x00v1.7.34\x00\x00",
        "1.7.34",
        "published build traefik 1.7.34 (linux-amd64)",
    ),
    Sample(
        "traefik",
        b"\x002.10.7\x00\x00",
        "2.10.7",
        "published build traefik 2.10.7 (linux-amd64)",
    ),
    Sample(
        "traefik",
        b"\x002.9.6\x00\x00",
        "2.9.6",
        "published build traefik 2.9.6 (linux-amd64)",
    ),
    Sample(
        "traefik",
        b"\x003.0.4\x00\x00",
        "3.0.4",
        "published build traefik 3.0.4 (linux-riscv64)",
    ),
    Sample(
        "traefik",
        b"\x003.6.5\x00\x00",
        "3.6.5",
        "published build traefik 3.6.5 (linux-amd64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
