"""
Private keys in formats of their own: PuTTY, age, JWK, XML, WireGuard, OpenVPN, DNSSEC, TSIG….

Source: RFC 7517, RFC 8945, https://age-encryption.org/v1,
https://tartarus.org/~simon/putty-snapshots/htmldoc/AppendixC.html, wg(8), dnssec-keygen(8).
"""

from pratique.model.severity import Severity
from pratique.secrets.checksums import bech32, bech32_made
from pratique.secrets.declare import pattern, token
from pratique.secrets.interface import Sample
from pratique.secrets.samples import text
from pratique.secrets.shapes import shape

NAME = "key-files"
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
        "putty-private-key",
        "PuTTY private key",
        rb"PuTTY-User-Key-File-[123]: [0-9a-z@.-]{5,60}\s{1,2}Encryption: none(?s:.{40,4000}?)Private-Lines: \d{1,3}\s{1,2}"
        rb"(?P<secret>[0-9A-Za-z+/=\s]{40,8000})",
        keywords=(b"putty-user-key-file-",),
        severity=Severity.CRITICAL,
        placeholders_allowed=True,
        rotate=_ROTATE,
        true=tuple(
            Sample(
                make=text(
                    f"PuTTY-User-Key-File-{version}: ssh-ed25519\nEncryption: none\nComment: me\nPublic-Lines: 1\n"
                    "{0}\nPrivate-Lines: 1\n{1}\nPrivate-MAC: {0}\n",
                    f"putty{version}",
                    shape("{b64:64}"),
                    shape("{b64:48}"),
                ),
                line=7,
            )
            for version in (2, 3)
        ),
        false=(
            Sample(
                make=text(
                    "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: aes256-cbc\nPublic-Lines: 1\n{0}\n",
                    "putty",
                    shape("{b64:64}"),
                )
            ),
            Sample(make=lambda: "PuTTY-User-Key-File-3: is the first line of a key\n"),
        ),
    ),
    token(
        "age-secret-key",
        "age secret key",
        "AGE-SECRET-KEY-1{HEX:0}{upper:58}",
        proof=bech32,
        make=bech32_made("AGE-SECRET-KEY-"),
        severity=Severity.CRITICAL,
        rotate=_ROTATE,
    ),
    pattern(
        "jwk-private-key",
        "Private key as a JSON web key",
        rb"\"kty\"\s{0,3}:\s{0,3}\"(?:RSA|EC|OKP)\"[^{}]{0,3000}?\"d\"\s{0,3}:\s{0,3}\"(?P<secret>[0-9A-Za-z_-]{40,1400})\"",
        keywords=(b'"kty"',),
        severity=Severity.CRITICAL,
        entropy=3.5,
        rotate=_ROTATE,
        true=(
            Sample(
                make=text(
                    '{{"kty": "OKP", "crv": "Ed25519", "x": "{0}", "d": "{0}"}}',
                    "jwk",
                    shape("{url:43}"),
                )
            ),
            Sample(
                make=text(
                    '{{"kty":"RSA","n":"{0}","e":"AQAB","d":"{1}"}}',
                    "jwk2",
                    shape("{url:342}"),
                    shape("{url:342}"),
                )
            ),
        ),
        false=(
            Sample(
                make=text(
                    '{{"kty": "OKP", "crv": "Ed25519", "x": "{0}"}}', "jwk3", shape("{url:43}")
                )
            ),
            Sample(make=lambda: '{"kty": "RSA", "d": "..."}'),
        ),
    ),
    pattern(
        "xml-rsa-private-key",
        "RSA private key in XML",
        rb"<RSAKeyValue>(?s:.{40,4000}?)<D>\s{0,20}(?P<secret>[0-9A-Za-z+/=\s]{80,1400})</D>",
        keywords=(b"<rsakeyvalue>",),
        severity=Severity.CRITICAL,
        rotate=_ROTATE,
        true=(
            Sample(
                make=text(
                    "<RSAKeyValue><Modulus>{0}</Modulus><Exponent>AQAB</Exponent><D>{0}</D></RSAKeyValue>",
                    "xml",
                    shape("{b64:172}"),
                )
            ),
            Sample(
                make=text(
                    "<RSAKeyValue>\n<Modulus>{0}</Modulus>\n<P>{1}</P>\n<D>{0}</D>\n</RSAKeyValue>",
                    "xml2",
                    shape("{b64:344}"),
                    shape("{b64:172}"),
                ),
                line=4,
            ),
        ),
        false=(
            Sample(
                make=text(
                    "<RSAKeyValue><Modulus>{0}</Modulus><Exponent>AQAB</Exponent></RSAKeyValue>",
                    "xml3",
                    shape("{b64:172}"),
                )
            ),
            Sample(make=lambda: "<RSAKeyValue><D></D></RSAKeyValue>"),
        ),
    ),
    pattern(
        "wireguard-private-key",
        "WireGuard private key",
        rb"\[Interface\](?s:.{0,400}?)PrivateKey\s{0,4}=\s{0,4}(?P<secret>[0-9A-Za-z+/]{43}=)",
        keywords=(b"privatekey",),
        severity=Severity.CRITICAL,
        entropy=3.7,
        rotate=_ROTATE,
        true=(
            Sample(
                make=text(
                    "[Interface]\nPrivateKey = {0}\nAddress = 10.0.0.1/24\n",
                    "wg",
                    shape("{b64:42}A="),
                ),
                line=2,
            ),
            Sample(
                make=text(
                    "[Interface]\nAddress = 10.0.0.1/24\nPrivateKey={0}\n",
                    "wg2",
                    shape("{b64:42}M="),
                ),
                line=3,
            ),
        ),
        false=(
            Sample(make=text("[Peer]\nPublicKey = {0}\n", "wg3", shape("{b64:42}A="))),
            Sample(make=lambda: "[Interface]\nPrivateKey = <your private key>\n"),
        ),
    ),
    pattern(
        "openvpn-static-key",
        "OpenVPN static key",
        rb"(?P<secret>-----BEGIN OpenVPN (?:Static key V1|tls-crypt-v2 (?:client|server) key)-----\s{1,4}[0-9A-Za-z+/=\s]{64,2000})",
        keywords=(b"-----begin openvpn ",),
        rotate=_ROTATE,
        true=tuple(
            Sample(
                make=text(
                    "-----BEGIN OpenVPN " + label + "-----\n{0}\n{0}\n-----END",
                    "ovpn" + label[:1],
                    shape("{hex:64}"),
                )
            )
            for label in ("Static key V1", "tls-crypt-v2 client key")
        ),
        false=(
            Sample(make=lambda: "-----BEGIN OpenVPN Static key V1-----\n...\n"),
            Sample(
                make=lambda: "# paste the lines after -----BEGIN OpenVPN Static key V1----- here\n"
            ),
        ),
    ),
    pattern(
        "dnssec-private-key",
        "DNSSEC private key",
        rb"Private-key-format: v1\.\d(?s:.{0,2000}?)(?:PrivateKey|PrivateExponent|Key): (?P<secret>[0-9A-Za-z+/=]{24,1400})",
        keywords=(b"private-key-format",),
        rotate=_ROTATE,
        true=(
            Sample(
                make=text(
                    "Private-key-format: v1.3\nAlgorithm: 13 (ECDSAP256SHA256)\nPrivateKey: {0}\n",
                    "dns",
                    shape("{b64:43}="),
                ),
                line=3,
            ),
            Sample(
                make=text(
                    "Private-key-format: v1.2\nAlgorithm: 157 (HMAC_MD5)\nKey: {0}\n",
                    "dns2",
                    shape("{b64:43}="),
                ),
                line=3,
            ),
        ),
        false=(
            Sample(make=lambda: "Private-key-format: v1.3\nAlgorithm: 13\n"),
            Sample(make=text("example. IN DNSKEY 257 3 13 {0}\n", "dns3", shape("{b64:86}=="))),
        ),
    ),
    pattern(
        "tsig-key",
        "DNS update key (TSIG)",
        rb"algorithm\s{1,4}\"?hmac-[0-9a-z-]{3,12}\"?\s{0,2};\s{0,8}secret\s{1,4}\"?(?P<secret>[0-9A-Za-z+/]{16,120}={0,2})\"?\s{0,2};",
        keywords=(b"hmac-",),
        entropy=3.3,
        rotate="tsig-keygen, then replace it in all servers",
        true=(
            Sample(
                make=text(
                    'key "k" {{\n algorithm hmac-sha256;\n secret "{0}";\n}};\n',
                    "tsig",
                    shape("{b64:43}="),
                ),
                line=3,
            ),
            Sample(
                make=text(
                    'key k {{ algorithm hmac-md5; secret "{0}"; }};\n', "tsig2", shape("{b64:22}==")
                )
            ),
        ),
        false=(
            Sample(make=lambda: 'key "k" { algorithm hmac-sha256; secret "..."; };\n'),
            Sample(make=lambda: "algorithm hmac-sha256;\n"),
        ),
    ),
    pattern(
        "minisign-secret-key",
        "minisign or signify secret key",
        rb"untrusted comment: (?:minisign (?:encrypted )?secret key|signify secret key|[^\r\n]{0,60} secret key)[^\r\n]{0,80}\r?\n"
        rb"(?P<secret>RW[0-9A-Za-z+/]{80,300}={0,2})",
        keywords=(b"untrusted comment:",),
        severity=Severity.MEDIUM,
        rotate=_ROTATE,
        true=(
            Sample(
                make=text(
                    "untrusted comment: minisign encrypted secret key\nRWRTY0Iy{0}=\n",
                    "mini",
                    shape("{b64:203}"),
                ),
                line=2,
            ),
            Sample(
                make=text(
                    "untrusted comment: signify secret key\nRWRCS{0}==\n",
                    "mini2",
                    shape("{b64:133}"),
                ),
                line=2,
            ),
        ),
        false=(
            Sample(
                make=text(
                    "untrusted comment: minisign public key 1\nRWQ{0}\n", "mini3", shape("{b64:53}")
                )
            ),
            Sample(make=lambda: "untrusted comment: signify secret key\n"),
        ),
    ),
    pattern(
        "nix-signing-key",
        "Nix store signing key",
        rb"(?<![0-9A-Za-z.-])[0-9a-z.-]{3,60}-\d{1,3}:(?P<secret>[0-9A-Za-z+/]{86}==)",
        keywords=(b"-1:", b"-2:", b"-3:"),
        entropy=4.0,
        rotate="nix key generate-secret",
        true=tuple(
            Sample(make=text("cache.site.test-1:{0}\n", f"nix{n}", shape("{b64:86}==")))
            for n in (1, 2)
        ),
        false=(
            Sample(make=text("cache.site.test-1:{0}\n", "nix3", shape("{b64:43}="))),
            Sample(make=lambda: "cache.site.test-1:" + "A" * 86 + "==\n"),
        ),
    ),
)
