"""Recognise HashiCorp Vault."""

from pratique.extractors.programs._program import RELEASE, Evidence, Program, Sample

NAME = "vault"
VERSION = 1
PROGRAM = Program(
    name="vault",
    names=("vault",),
    module=b"github.com/hashicorp/vault",
    evidence=(
        Evidence(
            b"vault/version.",
            rb"vault/(?:sdk/)?version\.(?:fullVersion|Version|GitDescribe)=v?" + RELEASE,
            110,
        ),
        Evidence(b"%s:revoke1.", rb"%s:revoke(?P<version>1\.[0-9]{2}\.[0-9]{1,2})(?![0-9.])", 48),
        Evidence(b"index_state1.", rb"index_state(?P<version>1\.[0-9]{2}\.[0-9]{1,2}-rc[0-9])", 48),
        Evidence(
            b"x%016x1.", rb"x%016x(?P<version>1\.1[1-8]\.[0-9]{1,2})(?:\n|1\.49\.22|123-abc)", 64
        ),
        Evidence(b"", rb"[^\x20-\x7e]v?(?P<version>1\.[0-9]{1,2}\.[0-9]{1,2})\0"),
    ),
)
PATTERNS = PROGRAM.patterns()
extract_file = PROGRAM.extractor(NAME)

SAMPLES = (
    Sample(
        "vault",
        b"\x00\x001.11.6\x00\x00",
        "1.11.6",
        "published build vault 1.11.6 (linux-amd64)",
    ),
    Sample(
        "vault",
        b"\x00x%016x1.13.13123-abc\x00",
        "1.13.13",
        "published build vault 1.13.13 (linux-amd64)",
    ),
    Sample(
        "vault",
        b"\x00x%016x1.14.3\n\x00",
        "1.14.3",
        "published build vault 1.14.3 (linux-amd64)",
    ),
    Sample(
        "vault",
        b"\x00%s:revoke1.19.4\x00",
        "1.19.4",
        "published build vault 1.19.4 (linux-arm64)",
    ),
    Sample(
        "vault",
        b"\x00index_state1.21.0-rc1\x00",
        "1.21.0-rc1",
        "published build vault 1.21.0-rc1 (linux-amd64)",
    ),
)
"""What published builds say of themselves, cut to the words that count."""
