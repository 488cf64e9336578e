"""Recognise the Grafana server, by the version its linker was given."""

from pratique.extractors.programs._program import RELEASE, Evidence, Program, Sample

NAME = "grafana"
VERSION = 1
PROGRAM = Program(
    name="grafana",
    names=("grafana", "grafana-server"),
    module=b"github.com/grafana/grafana",
    evidence=(
        Evidence(
            b"main.version=",
            rb" -X main\.version=v?(?P<version>[0-9]{1,2}\.[0-9]{1,3}\.[0-9]{1,3}(?:-(?:alpha|beta|rc|ea)\.?[0-9]{1,2})?(?:-[0-9]{6,})?)",
            110,
        ),
        Evidence(b"release-", rb"\0release-" + RELEASE + rb"(?:\+security-[0-9]{2})?\0", 64),
        Evidence(b"HEAD\x00", rb"HEAD\0[^0-9]{0,60}" + RELEASE + rb"\0", 80),
        Evidence(b".x\x00", rb"(?<![0-9.])" + RELEASE + rb"\0+v[0-9]{1,2}\.[0-9]{1,2}\.x\0", 64),
        Evidence(
            b"",
            rb"[^\x20-\x7e](?P<version>(?:[6-9]|1[0-9])\.[0-9]{1,2}\.[0-9]{1,3}(?:-[0-9]{6,}|-preview|-test|-beta[0-9])?)(?:\+security-[0-9]{2})?\0",
        ),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "grafana",
        b"\x00\xc010.3.12\x00\x00",
        "10.3.12",
        "published build grafana 10.3.12 (linux-amd64)",
    ),
    Sample(
        "grafana",
        b"\x00HEAD\x00\x00\x00\x0012.0.0\x00\x00",
        "12.0.0",
        "published build grafana 12.0.0 (linux-amd64)",
    ),
    Sample(
        "grafana-server",
        b"\x00\x006.0.0-beta1\x00\x00",
        "6.0.0-beta1",
        "published build grafana 6.0.0-beta1 (linux-amd64)",
    ),
    Sample(
        "grafana-server",
        b"\x00HEAD\x00\x00\x00\x009.0.0\x00\x00",
        "9.0.0",
        "published build grafana 9.0.0 (linux-amd64)",
    ),
    Sample(
        "grafana",
        b"\x009.5.21\x00\x00v9.5.x\x00\x00",
        "9.5.21",
        "published build grafana 9.5.21 (linux-amd64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
