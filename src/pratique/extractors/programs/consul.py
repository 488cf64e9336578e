"""Recognise HashiCorp Consul."""

from pratique.extractors.programs._program import RELEASE, Evidence, Program, Sample

NAME = "consul"
VERSION = 1
PROGRAM = Program(
    name="consul",
    names=("consul",),
    module=b"github.com/hashicorp/consul",
    evidence=(
        Evidence(b"CONSUL_VERSION: ", rb"CONSUL_VERSION: " + RELEASE, 48),
        Evidence(b"consul/version.", rb"consul/version\.(?:GitDescribe|Version)=v?" + RELEASE, 110),
        Evidence(b"", rb"(?<![0-9A-Za-z.])v?" + RELEASE + rb"\0"),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "consul",
        b"\x00consul/version.GitDescribe=1.12.9\x00",
        "1.12.9",
        "published build consul 1.12.9 (linux-amd64)",
    ),
    Sample(
        "consul",
        b"\x00CONSUL_VERSION: 1.15.2\x00",
        "1.15.2",
        "published build consul 1.15.2 (linux-amd64)",
    ),
    Sample(
        "consul",
        b"\x00v1.7.14\x00\x00",
        "1.7.14",
        "published build consul 1.7.14 (linux-amd64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
