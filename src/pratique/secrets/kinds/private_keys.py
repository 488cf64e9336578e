"""
Private keys in every container people keep them in: PEM, OpenSSH, PGP, PuTTY, JWK, XML, age….

A PEM block counts with at least 40 characters of base64 in it; its lines may be indented, quoted or
joined by escaped line ends, as in YAML, JSON and source code. Public keys and certificates are no
secrets. Source: RFC 7468, RFC 4880 §6.2, RFC 7517, https://age-encryption.org/v1.
"""

from pratique.model.severity import Severity
from pratique.secrets.checksums import private_key_inside
from pratique.secrets.declare import pattern
from pratique.secrets.interface import Sample
from pratique.secrets.samples import text
from pratique.secrets.shapes import shape

NAME = "private-keys"
_ROTATE = "make a new key pair, replace the public key everywhere, and destroy this one"
_LINES = rb"(?:[\s\"'+,\\|>#*]|n(?=[A-Za-z0-9+/=\\-])){0,40}"
"""What stands between the dashes and the base64: line ends, also escaped, indent, quotes."""
_BODY = rb"[0-9A-Za-z+/=\s\"'\\,+:;.()@<>_-]{40,%d}"
_B64 = shape("{b64:64}\n{b64:64}\n{b64:40}=")
_FLAT = shape("MII{b64:200}")


def _pem(label: str, body: str = "{0}") -> str:
    return f"-----BEGIN {label}-----\n{body}\n-----END {label}-----\n"


_KEY = "PRIVATE KEY"
"""In two words, so that no sample line of this file is a key's first line."""

KINDS = (
    pattern(
        "private-key",
        "Private key without a passphrase",
        rb"(?P<secret>-----BEGIN (?:(?!ENCRYPTED|PGP)[A-Z0-9]{2,12} ){0,2}PRIVATE KEY-----"
        + _LINES
        + rb"(?!Proc-Type: ?4,ENCRYPTED)[0-9A-Za-z+/=]{32}"
        + _BODY % 12000
        + rb")",
        keywords=(b"private key-----",),
        severity=Severity.CRITICAL,
        placeholders_allowed=True,
        entropy=3.0,
        general=True,
        aliases=("rsa-private-key", "openssh-private-key", "ec-private-key", "pkcs8-private-key"),
        rotate=_ROTATE,
        true=(
            Sample(make=text(_pem("RSA " + _KEY), "pem", _B64), path="app/server.key"),
            Sample(make=text(_pem("OPENSSH " + _KEY), "pem2", _B64), path="root/.ssh/id_ed25519"),
            Sample(
                make=text('key = """\\\n' + _pem(_KEY) + '"""\n', "pem3", _B64),
                path="app/a.py",
                line=2,
            ),
            Sample(
                make=text(
                    '{{"key": "-----BEGIN EC ' + _KEY + '-----\\n{0}\\n-----END"}}', "pem4", _FLAT
                )
            ),
            Sample(
                make=text(
                    "tls:\n  key: |\n    -----BEGIN " + _KEY + "-----\n    {0}\n    -----END",
                    "pem5",
                    _FLAT,
                ),
                line=3,
            ),
        ),
        false=(
            Sample(make=text(_pem("PUBLIC KEY"), "pem6", _B64)),
            Sample(make=text(_pem("CERTIFICATE"), "pem7", _B64)),
            Sample(make=lambda: _pem(_KEY, "anything")),
            Sample(
                make=lambda: (
                    f'if line.startswith("-----BEGIN RSA {_KEY}-----"):\n    keys.append(line)\n'
                )
            ),
        ),
    ),
    pattern(
        "encrypted-private-key",
        "Private key behind a passphrase",
        rb"(?P<secret>-----BEGIN (?:ENCRYPTED PRIVATE KEY-----"
        + _LINES
        + rb"|(?:[A-Z0-9]{2,12} )?PRIVATE KEY-----"
        + _LINES
        + rb"Proc-Type: ?4,ENCRYPTED"
        + _LINES
        + rb"DEK-Info: ?[0-9A-Za-z,-]{1,80}"
        + _LINES
        + rb"|ENCRYPTED (?:SIGSTORE|COSIGN) PRIVATE KEY-----"
        + _LINES
        + rb")[0-9A-Za-z+/=]{32}"
        + _BODY % 12000
        + rb")",
        keywords=(b"private key-----",),
        severity=Severity.LOW,
        placeholders_allowed=True,
        entropy=3.0,
        rotate=_ROTATE,
        true=(
            Sample(make=text(_pem("ENCRYPTED " + _KEY), "enc", _B64)),
            Sample(
                make=text(
                    _pem(
                        "RSA " + _KEY, "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00FF\n\n{0}"
                    ),
                    "enc2",
                    _B64,
                )
            ),
            Sample(make=text(_pem("ENCRYPTED SIGSTORE " + _KEY), "enc3", _B64)),
        ),
        false=(
            Sample(make=text(_pem("RSA " + _KEY), "enc4", _B64)),
            Sample(make=lambda: _pem("ENCRYPTED " + _KEY, "...")),
        ),
    ),
    pattern(
        "pgp-private-key",
        "PGP private key",
        rb"(?P<secret>-----BEGIN PGP PRIVATE KEY BLOCK-----(?:\s{0,4}[A-Za-z]{3,20}: [^\r\n]{0,120}){0,4}"
        + _LINES
        + rb"[0-9A-Za-z+/=]{32}"
        + _BODY % 16000
        + rb")",
        keywords=(b"pgp private key block-----",),
        severity=Severity.CRITICAL,
        placeholders_allowed=True,
        entropy=3.0,
        aliases=("private-key",),
        rotate=_ROTATE,
        true=(
            Sample(make=text(_pem(f"PGP {_KEY} BLOCK", "\n{0}"), "pgp", _B64)),
            Sample(make=text(_pem(f"PGP {_KEY} BLOCK", "Version: GnuPG v2\n\n{0}"), "pgp2", _B64)),
        ),
        false=(
            Sample(make=text(_pem("PGP PUBLIC KEY BLOCK", "\n{0}"), "pgp3", _B64)),
            Sample(make=lambda: _pem(f"PGP {_KEY} BLOCK", "...")),
        ),
    ),
    pattern(
        "private-key-base64",
        "Private key in base64",
        rb"(?<![0-9A-Za-z+/])(?P<secret>LS0tLS1CRUdJTi[0-9A-Za-z+/]{60,16000}={0,2})",
        keywords=(b"ls0tls1crudjti",),
        severity=Severity.CRITICAL,
        check=private_key_inside,
        placeholders_allowed=True,
        rotate=_ROTATE,
        true=tuple(
            Sample(
                make=text(
                    "client-key-data: LS0tLS1CRUdJTi" + middle + "{0}\n",
                    "b64" + middle[:2],
                    shape("{b64:400}"),
                )
            )
            for middle in ("BSU0EgUFJJVkFURSBLRVktLS0tLQp", "BQUklWQVRFIEtFWS0tLS0tCk1J")
        ),
        false=(
            Sample(
                make=text(
                    "certificate-authority-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1J{0}\n",
                    "b64c",
                    shape("{b64:400}"),
                )
            ),
            Sample(
                make=text(
                    "key: LS0tLS1CRUdJTiBQVUJMSUMgS0VZLS0tLS0K{0}\n", "b64d", shape("{b64:400}")
                )
            ),
        ),
    ),
)
